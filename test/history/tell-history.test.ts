import { describe, expect, it } from 'vitest';
import type { MessageAdded } from '../../lib/event/event-types.ts';
import { markerAttributes } from '../../lib/event/marker.ts';
import { parseNames } from '../../lib/guards/names.ts';
import type { ListedParticipant } from '../../lib/history/read-from-twilio.ts';
import { tellHistory } from '../../lib/history/tell-history.ts';
import type { Mark } from '../../lib/record/since.ts';
import { RateLimitedError, RejectedError } from '../../lib/twilio/twilio-errors.ts';
import { messageAdded } from '../rules/support.ts';

const AT = Date.UTC(2026, 0, 2);
const ROLE = `RL${'1'.repeat(32)}`;
const LOOKED: Mark = { since: AT - 30_000 };
const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };
const marked = { Attributes: markerAttributes({ in_reply_to: 'IM1', part: '1/1' }) };

/** Each message by its author, who takes part as MB and that name, a minute before AT or as told. */
function messages(...authors: readonly (string | Partial<MessageAdded>)[]): readonly MessageAdded[] {
  return authors.map((one, Index) => {
    const over = typeof one === 'string' ? { Author: one } : one;
    const DateCreated = new Date(AT - 60_000 + Index).toISOString();
    const { Source: _, ...event } = messageAdded({ Index, DateCreated });
    return { ...event, ParticipantSid: `MB${over.Author}`, ...over };
  });
}

/** What becomes of each, and how often the participants were listed. */
async function tell(
  before: readonly MessageAdded[],
  options: {
    agents?: string;
    mark?: Mark;
    at?: number;
    byChannel?: boolean;
    shown?: readonly ListedParticipant[];
    fails?: Error;
  } = {},
) {
  const { agents = '', mark = LOOKED, at = AT, byChannel = false, shown = [], fails } = options;
  let lists = 0;
  const participants = async () => {
    lists += 1;
    if (fails !== undefined) throw fails;
    return shown;
  };
  const names = {
    botAuthor: 'parley',
    agents: parseNames(agents ? [agents] : []),
    programs: parseNames(['crm']),
  };
  const ports = { ...names, read: { participants } };
  const missed = await tellHistory(ports, before, { address, mark, at, byChannel });
  const told = missed.map(({ isHistory, isPassedOver }) =>
    isPassedOver ? 'passed over' : isHistory ? 'person' : 'missed',
  );
  return [told.join(', '), lists];
}

describe('what was written before a look and may still come', () => {
  it('is not asked about where nothing is older than the mark', async () => {
    expect(await tell(messages('bob', 'ana'), { agents: ROLE, mark: { since: 0 } })).toEqual([
      'missed, missed',
      0,
    ]);
  });

  // Cause: only what the account's key had said counted as said to it.
  it.each<[string, string | Partial<MessageAdded>, Parameters<typeof tell>[1], string]>([
    ['a person by name', 'ana', { agents: 'ana' }, 'person'],
    ['a person by role', 'ana', { agents: ROLE, shown: [{ sid: 'MBana', role_sid: ROLE }] }, 'person'],
    ['a chat identity beside a channel', 'ana', { byChannel: true }, 'person'],
    ['a program that takes part', 'crm', {}, 'passed over'],
    ['another bot that takes part', { Author: 'helper', ...marked }, {}, 'passed over'],
    ['the account’s key', { Author: 'helper', ParticipantSid: undefined as never }, {}, 'passed over'],
  ])('is history where %s has said something since', async (_, author, options, then) => {
    const customer = 'whatsapp:+15550100001';
    const [told] = await tell(messages(customer, author, customer), options);
    expect(told).toBe(`passed over, ${then}, missed`);
  });

  it('waits for its turn where nobody but customers has', async () => {
    expect(await tell(messages('bob', 'cleo'), { agents: 'ana' })).toEqual(['missed, missed', 0]);
  });

  it('waits behind a chat identity too, unless a message beside it shows a channel', async () => {
    const customer = 'whatsapp:+15550100001';
    expect(await tell(messages('bob', 'ana', 'bob'))).toEqual(['missed, missed, missed', 0]);
    expect(await tell(messages(customer, 'ana', customer))).toEqual(['passed over, person, missed', 1]);
  });

  it('waits longer than a sweep of the spool where the mark was set on hearing of a message', async () => {
    const since = AT - 50_000;
    const late = messages('bob').map((event) => ({
      ...event,
      DateCreated: new Date(since - 1).toISOString(),
    }));
    const at = since + 60_000;
    expect(await tell(late, { mark: { since, heard: true }, at })).toEqual(['missed', 0]);
    expect(await tell(late, { mark: { since }, at })).toEqual(['passed over', 0]);
    expect(await tell(late, { mark: { since }, at: at - 1 })).toEqual(['missed', 0]);
  });
});

describe('of history', () => {
  const past = { mark: { since: AT - 1_000 } };

  it('the latest message of a person is enough', async () => {
    const [told] = await tell(messages('ana', 'bob', 'ana', 'bob'), { ...past, agents: 'ana' });
    expect(told).toBe('passed over, passed over, person, missed');
  });

  it('all is told by one list, however many wrote it', async () => {
    const many = Array.from({ length: 150 }, (_, i) => `bob${i}`);
    const [told, lists] = await tell(messages(...many, 'crm'), { ...past, agents: ROLE });
    expect([new Set(String(told).split(', ')), lists]).toEqual([new Set(['passed over']), 1]);
  });

  // Cause: where customers come by a channel, whoever is not shown passed for a person.
  it('nobody has a role who has left, and the person before them is known', async () => {
    const shown = [{ sid: 'MBana', identity: 'ana', role_sid: ROLE }];
    const options = { ...past, agents: ROLE, byChannel: true, shown };
    expect(await tell(messages('ana', 'bob', 'crm'), options)).toEqual([
      'person, passed over, passed over',
      1,
    ]);
  });

  it.each<[string, Parameters<typeof tell>[1]]>([
    ['AGENTS names them', { agents: 'ana' }],
    ['AGENTS is empty, and customers come by a channel', {}],
  ])('a person is known though they have left, where %s', async (_, options) => {
    expect(await tell(messages('ana'), { ...past, byChannel: true, ...options })).toEqual(['person', 1]);
  });

  it('a person is known by name where the API key may list nobody', async () => {
    const refused = new RejectedError({ status: 403 }, false);
    const options = { ...past, agents: 'ana', byChannel: true };
    expect(await tell(messages('ana'), { ...options, fails: refused })).toEqual(['person', 1]);
    const overrun = new RateLimitedError({ status: 429 }, undefined);
    await expect(tell(messages('ana'), { ...options, fails: overrun })).rejects.toBe(overrun);
  });
});
