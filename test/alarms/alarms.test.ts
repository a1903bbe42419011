import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../../cli/flag-of.ts';
import { chargedMetrics } from '../../lib/metrics.ts';
import { breakAt } from '../package/stack/break-at.ts';
import { NO_FAULTS } from '../simulation/fault-load.ts';
import { ALARM_RULES } from './alarm-rules.ts';
import { ALARMS_PAGE, withAlarmTables } from './alarms-page.ts';
import type { MetricName } from './cloudwatch/metrics.ts';
import { findCommand } from './find-command.ts';
import { sumOf, watchingItems } from './fixed-sum.ts';
import { liveDay, ORDINARY_FAULTS } from './live-day.ts';
import { FILTERED_METRICS } from './metric-filters.ts';
import { ALARMS_FILE, readAlarms } from './read-alarms.ts';
import { readWidgets, shownMetrics } from './read-dashboard.ts';
import { readResources } from './read-template.ts';
import { playScene } from './scene.ts';
import { SCENES } from './scenes.ts';
import { createWatchedWorld, MINUTE } from './watched-world.ts';

const ALARMS = readAlarms();
/** Of the runbook, by anchor. */
const SECTIONS = new Map(
  readFileSync('docs/operating.md', 'utf8')
    .split(/^#+ /m)
    .map((text) => [text.split('\n')[0]?.toLowerCase().replaceAll(' ', '-'), text]),
);
const HOUR = 60 * MINUTE;
const NAMES = ALARMS.map(({ name }) => name);

describe('an alarm', () => {
  it.each(SCENES)('$alarm rings: $fault', async (scene) => {
    const { minutes, before } = await playScene(scene);
    expect(before).toEqual([]);
    expect(minutes).toBeGreaterThan(0);
    expect(minutes).toBeLessThanOrEqual(scene.within);
  });

  it('has a fault that makes it ring, each of them', () => {
    expect(SCENES.map(({ alarm }) => alarm)).toEqual(NAMES);
  });

  it('stands in docs/alarms.md with its fault and its time', () => {
    const page = readFileSync(ALARMS_PAGE, 'utf8');
    expect(withAlarmTables(page)).toBe(page);
  });

  it.each(ALARMS)('$name names a command that there is, with options that it takes', ({ command }) => {
    const [, ...words] = command.split(' ');
    const options = findCommand(words)?.options ?? expect.fail(`There is no ${command}.`);
    const given = words.filter((word) => word.startsWith('--'));
    expect(given).toContain('--stage');
    expect(Object.keys(options).map(flagOf)).toEqual(expect.arrayContaining(given));
  });

  it.each(ALARMS)('$name names a section of the runbook that has its command', ({ section, command }) => {
    const text = SECTIONS.get(section) ?? expect.fail(`docs/operating.md has no section for #${section}.`);
    expect(text).toContain(`npx ${command.replace('dev', 'prod')}`);
  });
});

// `npm run alarms` plays both whole.
describe('no alarm rings', () => {
  it.each([
    ['on a quiet day', { hours: 2, messages: 10, conversations: 5, faults: NO_FAULTS }, 5],
    ['on a busy one', { hours: 0.5, messages: 150, conversations: 30, faults: ORDINARY_FAULTS }, 120],
  ])('%s, however late its data come', async (_, day, leastReplies) => {
    const { rings, replies } = await liveDay(day);
    expect(replies).toBeGreaterThan(leastReplies);
    expect(rings.map(({ lag, alarms }) => [lag, alarms])).toEqual([
      [0, []],
      [1, []],
      [3, []],
    ]);
  });

  it.each([
    ['a conversation', 1],
    ['each of ten conversations', 10],
  ])('where %s is deleted after its customer was answered', async (_, count) => {
    const { world, scheduler, rings } = await createWatchedWorld();
    const sids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
      sids.push(String(conversation['sid']));
      await world.service.customer.write({ conversationSid: sids[n] ?? '', body: 'one 1' });
    }
    await scheduler.run(scheduler.now() + 2 * MINUTE);
    for (const sid of sids) await world.program.request('DELETE', `/Conversations/${sid}`);
    await scheduler.run(scheduler.now() + HOUR);
    expect(rings.map(({ alarm }) => alarm.name)).toEqual([]);
  });
});

describe('the metrics', () => {
  const keyOf = ({ name, dimensions }: MetricName) => [name, ...Object.values(dimensions)].join(' ');
  const ours = (metrics: readonly MetricName[]) =>
    new Set(metrics.filter(({ namespace }) => namespace === 'parley/dev').map(keyOf));
  const used = ours([
    ...ALARMS.flatMap(({ queries }) => queries.map(({ metric }) => metric)),
    ...shownMetrics(),
  ]);
  const counted = new Set([
    ...chargedMetrics().map(({ metric, reason }) =>
      [metric, ...(reason === undefined ? [] : [reason])].join(' '),
    ),
    ...FILTERED_METRICS.map(keyOf),
  ]);

  it('are each watched by an alarm or shown by a line of the dashboard', () => {
    expect([...counted].filter((metric) => !used.has(metric))).toEqual([]);
  });

  it('are those that alarms watch and the dashboard shows', () => {
    expect([...used].filter((metric) => !counted.has(metric))).toEqual([]);
  });

  it('cost at most 15 dollars a month, with the alarms and the dashboard', () => {
    expect(sumOf(watchingItems())).toBeLessThanOrEqual(15);
  });
});

describe('the dashboard', () => {
  const widgets = readWidgets();

  it('shows customers, webhooks, queue, Twilio, reconciler and what was quarantined last', () => {
    expect(widgets.map(({ properties }) => properties.title.split(':')[0])).toEqual([
      'Customers',
      'Customers',
      'Webhooks',
      'Queue',
      'Twilio',
      'Reconciler',
      'The last twenty quarantined',
    ]);
    expect(widgets.at(-1)?.properties.query).toMatch(/outcome = 'quarantined'.*\| limit 20$/);
  });

  it('has each widget in a place of its own, on a grid of 24 columns', () => {
    const taken = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)}/${y + Math.floor(at / width)}`),
    );
    expect(new Set(taken).size).toBe(taken.length);
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
  });
});

describe('stack/alarms.yml', () => {
  const stack = { Resources: readResources(ALARMS_FILE), Outputs: {} };
  const breaks = ALARM_RULES.flatMap(({ find, breaks }) =>
    breaks.map(([path, value, finding]) => ({ find, path, value, finding })),
  );

  it.each(ALARM_RULES)('keeps the rule: $name', ({ find }) => {
    expect(find(stack)).toEqual([]);
  });

  it.each(breaks)('is found out when $path is $value', ({ find, path, value, finding }) => {
    expect(find(breakAt(stack, path, value))).toContainEqual(expect.stringMatching(finding));
  });
});
