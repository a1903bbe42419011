import { describe, expect, it } from 'vitest';
import { participantAdded } from '../../support.ts';
import { ask, holds, problemsOf } from './ask.ts';

const rules = ['{ id: a, when: { keyword: a }, then: { remember: { order: 1, name: x } } }'];
const knowing = (values: Readonly<Record<string, string>>) => ({ rules, memory: { values } });

describe('has', () => {
  it('holds where the value is there, or one of a list', () => {
    expect(holds('{ has: remembered.order }', 'x', knowing({ order: '7' }))).toBe(true);
    expect(holds('{ has: remembered.order }', 'x', knowing({}))).toBe(false);
    expect(holds('{ has: [remembered.order, remembered.name] }', 'x', knowing({ name: 'Ana' }))).toBe(true);
  });

  it('asks for attributes, and takes an empty one for absent', () => {
    const read = (attributes: object) => ({
      rules,
      read: { participant: { attributes: JSON.stringify(attributes) } },
    });
    expect(ask('{ has: participant.attributes.tier }', 'x', { rules })).toBeUndefined();
    expect(holds('{ has: participant.attributes.tier }', 'x', read({ tier: 0 }))).toBe(true);
    expect(holds('{ has: participant.attributes.tier }', 'x', read({ tier: '' }))).toBe(false);
    expect(holds('{ has: participant.attributes.tier }', 'x', read({ tier: null }))).toBe(false);
    expect(holds('{ has: participant.attributes.tier }', 'x', { rules, read: { participant: null } })).toBe(
      false,
    );
    expect(
      holds(
        '{ event: onParticipantAdded, has: participant.attributes.tier }',
        participantAdded({ Attributes: { tier: 'a' } }),
        { rules },
      ),
    ).toBe(true);
  });

  it('names the value, not what it is', () => {
    expect(ask('{ has: remembered.order }', 'x', knowing({ order: 'CANARY' }))?.why).toBe(
      'has: remembered.order is there',
    );
    expect(ask('{ has: [remembered.order, remembered.name] }', 'x', knowing({ name: 'CANARY' }))?.why).toBe(
      'has: remembered.name is there',
    );
    expect(ask('{ has: remembered.order }', 'x', knowing({}))?.why).toBe('has: remembered.order is absent');
    expect(ask('{ has: [remembered.order, remembered.name] }', 'x', knowing({}))?.why).toBe(
      'has: none of remembered.order, remembered.name is there',
    );
  });

  it.each([
    ['remembered.ordr', 'Nothing remembers "ordr". Allowed: order, name. Did you mean "order"?'],
    ['answer', '"answer" is taken from the message by this very rule, so it cannot be asked about here.'],
    ['match.x', '"match.x" is taken from the message by this very rule, so it cannot be asked about here.'],
    ['hours.shop.next', 'There are no hours "shop". The file has none.'],
    ['[]', 'This list is empty. Give at least one item, or leave the key out.'],
  ])('refuses %s', (path, problem) => {
    expect(problemsOf(`{ has: ${path} }`, { rules })).toEqual([problem]);
  });
});
