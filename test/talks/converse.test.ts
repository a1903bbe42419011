import { converse } from 'parley/testing';
import { describe, expect, it } from 'vitest';
import handlers from '../../bot/handlers.ts';
import { loadRules } from '../../build/load-rules.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';

const compiled = await loadRules('bot/rules.yaml');
if (!compiled.ok) throw new RulesError(compiled.problems);
const shop = { rules: compiled.book, handlers };
const ORDERS = 'https://shop.example/orders';

describe('a conversation with a bot and its handlers', () => {
  it('asks what is recorded, and says what came of it', async () => {
    const customer = converse(shop, {
      json: {
        [`${ORDERS}/100`]: { state: 'sent', day: 'Monday' },
        [`${ORDERS}/200`]: { state: 'packed', day: 'Monday' },
        [`${ORDERS}/300`]: undefined,
        [`${ORDERS}/400`]: () => ({ status: 503 }),
      },
    });
    expect((await customer.says('order 100')).replies).toEqual([
      { rule: 'order', kind: 'text', text: 'Order 100 is on its way. It comes on Monday.' },
    ]);
    await customer.says('order 200');
    expect(customer.replies).toMatchObject([{ template: 'order_status', variables: { order: '200' } }]);
    await customer.says('order 300');
    expect(customer.replies).toMatchObject([{ text: expect.stringContaining('There is no order 300') }]);
    const { replies, called } = await customer.says('order 400');
    expect(replies).toMatchObject([{ text: expect.stringContaining('We cannot look that up') }]);
    expect(called).toEqual([
      { handler: 'orderStatus', ended: 'thrown', problem: 'The service answered with HTTP 503.' },
    ]);
    expect(customer.decision).toMatchObject({ outcome: 'reply', rule: 'order' });
  });

  it('remembers, waits and taps', async () => {
    const customer = converse(shop, { json: { [`${ORDERS}/555`]: { state: 'packed', day: 'Monday' } } });
    await customer.says('hi');
    expect((await customer.taps('Browse plants')).replies).toMatchObject([{ template: 'plants' }]);
    await expect(customer.taps('Buy')).rejects.toThrow('The bot has offered nothing called "Buy" to tap.');
    await customer.says('where is my order');
    customer.waits('2h');
    await customer.says('555');
    expect(customer.memory).toEqual({ order: '555' });
    customer.waits('31d');
    expect(customer.memory).toEqual({});
    expect(() => customer.waits('soon')).toThrow('"soon" is not a duration.');
  });

  it('has people, files and silence', async () => {
    const customer = converse(shop, { agents: ['dana'] });
    expect((await customer.sends('image/jpeg')).replies).toMatchObject([{ rule: 'photo' }]);
    await customer.agent('dana', 'I take over.');
    expect(await customer.says('hi')).toMatchObject({ replies: [], reason: 'person' });
  });

  it('fails where a handler asks what is not recorded', async () => {
    await expect(converse(shop).says('order 100')).rejects.toThrow(
      `A handler asks ${ORDERS}/100, and no answer is recorded for that. Those there are: none. Write: json: { '${ORDERS}/100': { … } }`,
    );
  });

  it.each([
    ['a URL that is not whole', 'shop.example/orders', {}],
    ['a body that is a form', ORDERS, { body: new URLSearchParams('a=1') }],
    ['a method that is none', ORDERS, { method: 'HEAD' as 'GET' }],
    ['a header of two lines', ORDERS, { headers: { 'x-a': 'b\r\nEvil: 1' } }],
  ])('answers %s no more than a service does', async (_, url, options) => {
    const orderStatus: (typeof handlers)[string] = (__, { json }) => json(url, options);
    const customer = converse({ rules: compiled.book, handlers: { orderStatus } }, { json: { [url]: {} } });
    expect((await customer.says('order 100')).called).toMatchObject([{ ended: 'thrown' }]);
  });

  it('tells a recorded answer how it is asked', async () => {
    const asked: unknown[] = [];
    const answer = (request: object) => {
      asked.push(request);
      return { body: {} };
    };
    const orderStatus: (typeof handlers)[string] = async (_, { json }) => {
      await json(ORDERS);
      await json(ORDERS, { body: { a: 1 } });
      await json(ORDERS, { method: 'patch', body: 'a' });
    };
    await converse({ ...shop, handlers: { orderStatus } }, { json: { [ORDERS]: answer } }).says('order 100');
    expect(asked).toEqual([
      { url: ORDERS, method: 'GET' },
      { url: ORDERS, method: 'POST', body: { a: 1 } },
      { url: ORDERS, method: 'PATCH', body: 'a' },
    ]);
  });

  it('ends the call of a handler that never returns, as Lambda does', async () => {
    const forever = { orderStatus: () => new Promise(() => undefined) };
    const customer = converse({ ...shop, handlers: forever }, { patienceMs: 0 });
    const { replies, called } = await customer.says('order 100');
    expect(called).toEqual([{ handler: 'orderStatus', ended: 'late' }]);
    expect(replies).toMatchObject([{ text: expect.stringContaining('We cannot look that up') }]);
  });

  it('takes the text of a rules file too, and says what is wrong with it', async () => {
    const rules =
      'version: 1\nrules:\n  - { id: a, when: { keyword: a }, then: { call: x, else: { text: b } } }\n';
    const { replies, called } = await converse({ rules }).says('a');
    expect(replies).toMatchObject([{ text: 'b' }]);
    expect(called).toEqual([{ handler: 'x', ended: 'missing' }]);
    expect(() => converse({ rules: 'version: 2' })).toThrow('The rules cannot be used');
  });
});
