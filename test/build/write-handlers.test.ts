import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handlersModule } from '../../build/write-handlers.ts';
import { bookOf } from '../rules/support.ts';

const call = (name: string, beside = '') => `{ call: ${name}, else: { text: not now }${beside} }`;

/** A question needs somebody who answers it. */
const ANSWERS = '  - { id: answers, when: { after: asks }, then: { text: Thanks. } }\n';

/** What the module says of the handlers that these rules call, one a line. */
function callsOf(rules: string, more = ''): readonly string[] {
  const lines = handlersModule(bookOf(`version: 1\nrules:\n${rules}${more}`)).split('\n');
  return lines.filter((line) => line.includes('readonly event:')).map((line) => line.trim());
}

const called = (name: string, event = '"onMessageAdded"') =>
  `readonly "${name}": { readonly with: never; readonly event: ${event} };`;

describe('the module of the handlers', () => {
  it('has those of a rule whose question only a program asks, and so their file', () => {
    const rules = `  - { id: asks, then: ${call('look', ', wait: true')} }\n${ANSWERS}`;
    expect(callsOf(rules)).toEqual([called('look')]);
    expect(handlersModule(bookOf(`version: 1\nrules:\n${rules}`))).toContain("from './handlers.ts'");
  });

  it('has those of every other place, with the events that lead there', () => {
    const rules = `  - { id: welcome, when: { event: onConversationAdded }, then: { go_to: asks } }
  - { id: joined, when: { event: onParticipantAdded }, then: ${call('joined')} }
  - { id: asks, then: ${call('asks', ', wait: true')}, otherwise: [{ when: { misses: 2 }, then: ${call('missed')} }, { then: { text: x } }] }
${ANSWERS}`;
    expect(callsOf(rules, `otherwise: ${call('last')}\n`)).toEqual([
      called('asks', '"onConversationAdded"'),
      called('joined', '"onParticipantAdded"'),
      called('missed'),
      called('last'),
    ]);
  });

  it('has what the type tests stand on', () => {
    const sid = `HX${'0'.repeat(32)}`;
    const rules = `version: 1
templates:
  welcome: { sid: ${sid} }
  order_status: { sid: ${sid}, variables: [order] }
  parcel: { sid: ${sid}, variables: [order] }
  visit: { sid: ${sid}, variables: [day] }
rules:
  - id: look
    when: { keyword: look }
    then: { call: look, with: { number: '1', day: '2' }, remembers: [day, time], else: { text: not now } }
  - { id: joined, when: { event: onParticipantAdded }, then: ${call('greet')} }
`;
    const typesOf = (module: string) =>
      module.slice(module.indexOf('  interface Bot {'), module.indexOf('\n}'));
    expect(typesOf(handlersModule(bookOf(rules)))).toBe(
      typesOf(readFileSync('test/types/own-bot/bot.generated.ts', 'utf8')),
    );
  });

  it('takes none where no rule calls any', () => {
    const none = handlersModule(bookOf('version: 1\nrules: []\n'));
    expect(none).toContain('handlers: Handlers | undefined = undefined');
    expect(none).not.toContain("from './handlers.ts'");
  });
});
