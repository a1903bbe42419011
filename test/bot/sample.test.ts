import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { PlannedStep, RuleBook } from '../../lib/rules/types.ts';
import { conversationAdded, decideOn, messageAdded, participantAdded } from '../rules/support.ts';

const compiled = await loadRules('bot/rules.yaml');
if (!compiled.ok) throw new Error('npx parley rules check says what is wrong');
const book: RuleBook = compiled.book;

const NOW = Date.UTC(2026, 10, 20, 22, 30);
const IMAGE = { Sid: `ME${'a'.repeat(32)}`, ContentType: 'image/jpeg' };
const PDF = { Sid: `ME${'a'.repeat(32)}`, ContentType: 'application/pdf' };

function ruleFor(event: ConversationEvent): string {
  const decision = decideOn(book, event);
  return 'rule' in decision ? decision.rule : decision.outcome;
}

function answer(event: ConversationEvent, attributes = '{}'): readonly PlannedStep[] {
  const read = { participant: { attributes }, conversation: null };
  const decision = decide(book, event, {}, NOW, read);
  return decision.outcome === 'reply' ? render(book, decision, { event, now: NOW, read }).steps : [];
}

const says = (Body: string, fields: Partial<MessageAdded> = {}) => messageAdded({ Body, ...fields });

describe('the sample shop', () => {
  it.each([
    ['hi', 'greeting'],
    ['Hello!', 'greeting'],
    ['order 12345', 'order'],
    ['Track #12345', 'order'],
    ['order', 'order-help'],
    ['hours', 'opening-hours'],
    ['Plants', 'plants'],
    ['Boston Fern', 'plant'],
    ['I want a refund please', 'refund'],
    ['can I send back the fern', 'refund'],
    ['catalogue', 'catalogue'],
    ['thanks!', 'thanks'],
    ['care', 'care'],
    ['This is an automatic reply.', 'automatic-reply'],
    ['what is the meaning of life', 'otherwise'],
    ['STOP', 'suppressed'],
    ['help', 'otherwise'],
  ])('meets %j with %s', (Body, rule) => {
    expect(ruleFor(says(Body))).toBe(rule);
  });

  it('asks its own service for an order, with the number', () => {
    const decision = decideOn(book, says('order 12345'));
    expect(decision.outcome === 'reply' && decision.shares).toMatchObject([
      { match: { number: '12345' }, actions: [{ kind: 'call', handler: 'orderStatus' }] },
    ]);
    expect(answer(says('order 12345'))).toEqual([
      { kind: 'text', Body: 'We cannot look that up just now. Please try again in a minute.' },
    ]);
  });

  it('needs nothing but the event for what people try first', () => {
    for (const Body of ['hi', 'order 12345', 'hours', 'what?']) {
      expect(decide(book, says(Body)).outcome).toBe('reply');
    }
  });

  it('tells the time', () => {
    expect(answer(says('hours'))).toEqual([
      { kind: 'text', Body: 'Today: 09:00–18:00.\nOur clock says 23:30.' },
    ]);
  });

  it('sends a text and a template for a refund, in this order', () => {
    expect(answer(says('refund')).map(({ kind }) => kind)).toEqual(['text', 'template']);
  });

  it('sends a link by SMS where the others get the picture', () => {
    expect(ruleFor(says('catalogue', { Author: '+15550100001' }))).toBe('catalogue-by-sms');
    expect(answer(says('catalogue'))).toMatchObject([
      { kind: 'template', ContentVariables: { 1: '2026-11-20' } },
    ]);
  });

  it('tells a picture from another file, and a file with words that match from both', () => {
    expect(ruleFor(says('', { Media: [IMAGE] }))).toBe('photo');
    expect(ruleFor(says('', { Media: [PDF] }))).toBe('file');
    expect(ruleFor(says('order 12345', { Media: [PDF] }))).toBe('order');
  });

  it('knows the customer by name, or does not', () => {
    expect(answer(says('thanks'), '{"name":"Ada"}')).toEqual([
      { kind: 'text', Body: 'You are welcome, Ada!' },
    ]);
    expect(answer(says('thanks'))).toEqual([{ kind: 'text', Body: 'You are welcome, friend of plants!' }]);
  });

  it('welcomes whoever joins a chat, and nobody else', () => {
    expect(answer(participantAdded({ Identity: 'ada' }))).toMatchObject([
      { Body: expect.stringMatching(/^Welcome to Fern & Clay, ada!/) },
    ]);
    expect(ruleFor(participantAdded({ 'MessagingBinding.Address': ['+15550100001'] }))).toBe('no_rule');
    expect(ruleFor(conversationAdded())).toBe('no_rule');
  });

  it('sends the long text in parts that each fit', () => {
    const parts = answer(says('care')).map((message) => (message.kind === 'text' ? message.Body : ''));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.length <= 1_600)).toBe(true);
    expect(parts.join('')).toMatch(/^Watering\..*we like to help\.\n$/s);
  });
});

/** What tapping sends back: the title. Its id never reaches a Conversations webhook. */
function titlesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, title, item } = value as Record<string, unknown>;
  const own = [type === 'QUICK_REPLY' ? title : undefined, item].filter((text) => typeof text === 'string');
  return [...own, ...Object.values(value).flatMap(titlesIn)];
}

describe('the sample’s templates', () => {
  const definitions = Object.keys(book.templates).map(
    (name) =>
      [
        name,
        JSON.parse(readFileSync(`bot/templates/${name}.json`, 'utf8')) as { readonly types: object },
      ] as const,
  );

  it('show several content types', () => {
    const types = definitions.flatMap(([, { types }]) => Object.keys(types));
    expect([...new Set(types)].sort()).toEqual([
      'twilio/call-to-action',
      'twilio/card',
      'twilio/list-picker',
      'twilio/media',
      'twilio/quick-reply',
      'twilio/text',
    ]);
  });

  it.each(
    definitions.flatMap(([name, definition]) => titlesIn(definition).map((title) => [title, name] as const)),
  )('lead on: tapping %j in %s is understood', (title) => {
    expect(['otherwise', 'no_rule', 'suppressed']).not.toContain(ruleFor(says(title)));
  });

  it('are all used by a rule or a handler', () => {
    const used = book.rules
      .flatMap(({ then }) => (then === 'ignore' ? [] : then.actions))
      .flatMap((action) => (action.kind === 'template' ? [action.template] : []));
    const returned = [...readFileSync('bot/handlers.ts', 'utf8').matchAll(/template\('(\w+)'/g)];
    used.push(...returned.map(([, name = '']) => name));
    expect([...new Set(used)].sort()).toEqual(Object.keys(book.templates).sort());
  });
});
