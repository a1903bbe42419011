import { describe, expect, it } from 'vitest';
import { confirm } from '../../../cli/deploy/confirm.ts';
import { nextSteps } from '../../../cli/deploy/next-steps.ts';
import { rulesDifference } from '../../../cli/deploy/rules-difference.ts';
import { tellChanges } from '../../../cli/deploy/tell-changes.ts';
import type { Template } from '../../../cli/deploy/template.ts';
import { deployedWith, NAMES, plannedWith, templateWith } from './support.ts';

type Deployed = ReturnType<typeof deployedWith>;

function tell(deployed: Deployed | undefined, template: Template, hasFile = true) {
  const lines: string[] = [];
  const out = (line: string) => lines.push(line);
  const question = tellChanges(plannedWith({ deployed, template }), { names: NAMES, hasFile }, { out });
  return { lines, question };
}

describe('what a deployment changes', () => {
  it('is nothing where the settings are the same, be it by their defaults', () => {
    const deployed = deployedWith({ BOT_MODE: 'live', MAX_CONCURRENCY: '20' });
    const { lines, question } = tell(deployed, templateWith({ MAX_CONCURRENCY: '20' }));
    expect(lines).toEqual(['parley-prod keeps its settings and rules.']);
    expect(question).toBeUndefined();
  });

  it('is said with both values, and asked where one falls back to its default', () => {
    const deployed = deployedWith({ BOT_MODE: 'dry-run', AGENTS: 'desk-*' });
    expect(tell(deployed, templateWith({ AGENTS: 'team-*' }))).toEqual({
      lines: [
        'What changes for parley-prod:',
        '  AGENTS "desk-*" → "team-*"',
        '  BOT_MODE "dry-run" → "live" (default)',
      ],
      question: 'BOT_MODE is no longer set, and falls back to the default.',
    });
  });

  it('is told from what runs, which somebody may have changed by hand', () => {
    const deployed = deployedWith({ BOT_MODE: 'live' }, { BOT_MODE: 'off' });
    expect(tell(deployed, templateWith({ BOT_MODE: 'live' })).lines).toContain('  BOT_MODE "off" → "live"');
    const inOneFunction = { ...deployed.environments, receive: { BOT_MODE: 'live' } };
    const { lines } = tell({ ...deployed, environments: inOneFunction }, templateWith({ BOT_MODE: 'live' }));
    expect(lines).toContain('  BOT_MODE "off" → "live"');
  });

  it('holds a table or an address that takes the place of the own one of the stack', () => {
    const own = { TABLE_NAME: 'restored', PUBLIC_URL: 'https://bot.example.com/webhook' };
    expect(tell(deployedWith({}), templateWith(own)).lines.slice(1)).toEqual([
      '  PUBLIC_URL (made by the stack) → "https://bot.example.com/webhook"',
      '  TABLE_NAME (made by the stack) → "restored"',
    ]);
  });

  it('is all values without a file, and is asked', () => {
    const { lines, question } = tell(undefined, templateWith({ BOT_MODE: 'off' }), false);
    expect(lines).toContain('  BOT_MODE "off"');
    expect(lines).toContain('  TABLE_NAME (made by the stack) (default)');
    expect(lines.at(-1)).toBe('parley-prod is new.');
    expect(question).toBe('These are the settings of the bot.');
  });

  it('names rules that are new, gone, other than before, or in another order', () => {
    expect(rulesDifference({ a: '1', b: '1', c: '1' }, { c: '1', a: '2', d: '1' })).toEqual([
      'Rules, new: d.',
      'Rules, gone: b.',
      'Rules, other than before: a.',
      'The rules come in another order.',
    ]);
    expect(rulesDifference({ a: '1' }, { a: '1' })).toEqual([]);
  });
});

describe('what has to be agreed to', () => {
  it('is not asked with --yes, and not done where nobody can be asked or somebody says no', async () => {
    await expect(confirm('Why.', true, {})).resolves.toBeUndefined();
    await expect(confirm('Why.', false, {})).rejects.toThrow('add --yes. Nothing was changed.');
    await expect(confirm('Why.', false, { ask: async () => '' })).rejects.toThrow('Nothing was changed.');
    await expect(confirm('Why.', false, { ask: async () => 'y' })).resolves.toBeUndefined();
  });
});

describe('what is next', () => {
  it('is to point Twilio at a new stack, and to let a quiet bot speak', () => {
    const template = templateWith({ BOT_MODE: 'dry-run' });
    expect(nextSteps(plannedWith({ template }), 'https://a.example.com/webhook').join('\n')).toMatch(
      /^Webhook: https:\/\/a\.example\.com\/webhook\nNext:\n {2}npx parley webhooks set --stage prod .*BOT_MODE=live/s,
    );
    const heard = { BOT_MODE: 'live', ALARM_PAGE: 'on-call@example.com', ALARM_TICKET: 'team@example.com' };
    const deployed = deployedWith({});
    expect(nextSteps(plannedWith({ deployed, settings: heard }), 'x')).toEqual(['Webhook: x']);
  });

  it('is to say who hears of alarms', () => {
    const settings = { BOT_MODE: 'live', ALARM_PAGE: '', ALARM_TICKET: '' };
    expect(nextSteps(plannedWith({ deployed: deployedWith({}), settings }), 'x').slice(1)).toEqual([
      expect.stringMatching(/^Nobody is called .*: set ALARM_PAGE in /),
      expect.stringMatching(/^Nobody hears .*: set ALARM_TICKET in /),
    ]);
  });
});
