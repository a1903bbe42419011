import { describe, expect, it } from 'vitest';
import type { MessageAdded } from '../../../lib/event/event-types.ts';
import type { RenderOptions } from '../../../lib/rules/actions/action.ts';
import { render } from '../../../lib/rules/actions/render.ts';
import { decide } from '../../../lib/rules/decide.ts';
import {
  BlankTextError,
  TextTooLongError,
  VariableError,
  VariablesTooLongError,
} from '../../../lib/rules/render/render-errors.ts';
import type { PlannedStep, ReplyAction, RuleBook, Share } from '../../../lib/rules/types.ts';
import { bookOf, bookWith, messageAdded } from '../support.ts';

const ME = `ME${'a'.repeat(32)}`;
const HX = `HX${'a'.repeat(32)}`;
const NOW = Date.UTC(2026, 10, 20, 22, 30, 5);

function answer(
  book: RuleBook,
  fields: Partial<MessageAdded>,
  options?: Partial<RenderOptions>,
): readonly PlannedStep[] {
  const event = messageAdded(fields);
  const read = { participant: null, conversation: null };
  const decision = decide(book, event, {}, NOW, read);
  if (decision.outcome !== 'reply') throw new Error(decision.outcome);
  return render(book, decision, { event, now: NOW }, options).steps;
}

/** Renders without a rule, for what no checked rule can hold. */
function renderAction(action: ReplyAction, match: Share['match'] = {}, options?: Partial<RenderOptions>) {
  const shares = [{ rule: 'rule', match, actions: [action] }];
  const decision = { shares, once: [], language: 'en' };
  return render({}, decision, { event: messageAdded(), now: NOW }, options).steps;
}

const variable = (value: string, options?: Partial<RenderOptions>) =>
  renderAction(
    { kind: 'template', template: 't', ContentSid: HX, ContentVariables: { x: [{ path: 'match.x' }] } },
    { x: value },
    options,
  )[0];

describe('render', () => {
  it('makes one message an action, in order', () => {
    const book = bookWith('{}', `[{ text: one }, { media: ${ME} }, { media: ${ME}, text: two }]`);
    expect(answer(book, {})).toEqual([
      { kind: 'text', Body: 'one' },
      { kind: 'media', MediaSid: ME },
      { kind: 'media', MediaSid: ME, Body: 'two' },
    ]);
  });

  it('fills a template’s variables from the pattern', () => {
    const book = bookOf(`
version: 1
templates: { order_status: { sid: ${HX}, variables: [order, '1'] } }
rules:
  - id: order
    when: { pattern: '^order (?<number>[0-9]{1,9})$' }
    then: { template: order_status, variables: { order: 'No. {{ match.number }}', '1': '{{ now.date }}' } }
`);
    expect(answer(book, { Body: 'order 12345' })).toEqual([
      {
        kind: 'template',
        template: 'order_status',
        ContentSid: HX,
        ContentVariables: { order: 'No. 12345', '1': '2026-11-20' },
      },
    ]);
  });

  it('puts values into a text just as they are', () => {
    const book = bookWith("{ pattern: '^say (?<what>[^]*)$' }", "{ text: '{{ match.what }}' }");
    expect(answer(book, { Body: 'say  a\n{{ now }} $& <b>' })).toEqual([
      { kind: 'text', Body: ' a\n{{ now }} $& <b>' },
    ]);
  });

  it('takes the default for what is absent', () => {
    const book = bookWith(
      "{ pattern: '^hi(?: (?<name>[a-z]{1,20}))?$' }",
      `{ text: 'Hi {{ match.name | default: "you" }}' }`,
    );
    expect(answer(book, { Body: 'hi' })).toEqual([{ kind: 'text', Body: 'Hi you' }]);
    expect(answer(book, { Body: 'hi Ada' })).toEqual([{ kind: 'text', Body: 'Hi Ada' }]);
  });
});

describe('render, long texts', () => {
  const grown = (length: number) => ({ Body: `say ${'word '.repeat(length / 5)}` });
  const plain = bookWith("{ pattern: '^say (?<what>.*)$' }", "{ text: '{{ match.what }}.' }");
  const split = bookWith("{ pattern: '^say (?<what>.*)$' }", "{ text: '{{ match.what }}.', split: true }");

  it('sends exactly 1,600 characters as one message', () => {
    expect(answer(plain, { Body: `say ${'x'.repeat(1_599)}` })).toEqual([
      { kind: 'text', Body: `${'x'.repeat(1_599)}.` },
    ]);
  });

  it('refuses 1,601 and names the field, the limit and the length', () => {
    const tooLong = () => answer(plain, { Body: `say ${'x'.repeat(1_600)}` });
    expect(tooLong).toThrow(TextTooLongError);
    expect(tooLong).toThrow(
      expect.objectContaining({
        code: 'text_too_long',
        field: 'Body',
        limit: 1_600,
        length: 1_601,
        retryable: false,
      }),
    );
    expect(tooLong).toThrow(
      'Body is 1601 characters long; Twilio takes at most 1600. Give the text `split: true`, or bound what its pattern takes in, as in (?<name>.{1,200}).',
    );
  });

  it('never quotes the customer’s words in an error', () => {
    expect(() => answer(plain, { Body: `say ${'CANARY '.repeat(300)}` })).not.toThrow(/CANARY/);
  });

  it('sends it in parts when the rule says split', () => {
    const messages = answer(split, grown(4_000));
    expect(messages.map((message) => message.kind)).toEqual(['text', 'text', 'text']);
    const bodies = messages.map((message) => (message.kind === 'text' ? message.Body : ''));
    expect(bodies.join('')).toBe(`${'word '.repeat(800).trim()}.`);
    expect(Math.max(...bodies.map((body) => body.length))).toBeLessThanOrEqual(1_600);
  });

  it('sends no part that is nothing but space', () => {
    const messages = renderAction({
      kind: 'text',
      Body: [`${'a'.repeat(1_600)}${' '.repeat(2_000)}b`],
      split: true,
    });
    expect(messages.map((message) => message.kind === 'text' && message.Body.trim() !== '')).toEqual([
      true,
      true,
    ]);
  });

  it('refuses a caption that grew too long', () => {
    expect(() =>
      renderAction({ kind: 'media', MediaSid: ME, Body: [{ path: 'match.x' }] }, { x: 'x'.repeat(1_601) }),
    ).toThrow(TextTooLongError);
  });

  it('refuses a text with nothing to read in it', () => {
    const blank = () =>
      renderAction({ kind: 'text', Body: [{ path: 'match.x' }, ' '], split: false }, { x: '\n' });
    expect(blank).toThrow(BlankTextError);
    expect(blank).toThrow(expect.objectContaining({ code: 'text_blank', field: 'Body' }));
    expect(blank).toThrow(
      'Body is blank after its values were put in. Give the values a default that says something.',
    );
  });
});

describe('render, template variables', () => {
  it.each([
    ['a line break', 'one\r\ntwo', 'one two'],
    ['a tab', 'one\ttwo', 'one two'],
    ['many spaces', 'one      two', 'one two'],
    ['a control character', 'one\u0000\u0007two', 'one two'],
    ['an unusual line break', 'one\u2028two\u0085three', 'one two three'],
    ['surrounding space', '\n one ', 'one'],
  ])('puts a value with %s on one line', (_, value, oneLine) => {
    expect(variable(value)).toMatchObject({ ContentVariables: { x: oneLine } });
  });

  it('takes the default for a value that is nothing but space', () => {
    const action: ReplyAction = {
      kind: 'template',
      template: 't',
      ContentSid: HX,
      ContentVariables: { x: [{ path: 'match.x', default: 'none' }] },
    };
    expect(renderAction(action, { x: ' \n ' })).toMatchObject([{ ContentVariables: { x: 'none' } }]);
  });

  it('takes 256 characters and refuses 257, cutting nothing', () => {
    expect(variable('x'.repeat(256))).toMatchObject({ ContentVariables: { x: 'x'.repeat(256) } });
    const tooLong = () => variable('x'.repeat(257));
    expect(tooLong).toThrow(VariableError);
    expect(tooLong).toThrow(
      expect.objectContaining({
        code: 'variable_invalid',
        field: 'ContentVariables.x',
        limit: 256,
        length: 257,
      }),
    );
    expect(tooLong).toThrow(
      'Variable x of template t is 257 characters long; at most 256 are allowed. Bound what its pattern takes in, as in (?<name>.{1,100}).',
    );
  });

  it('can be told another limit', () => {
    expect(variable('x'.repeat(1_600), { maxVariableValue: 1_600 })).toBeDefined();
  });

  it('refuses an empty value', () => {
    expect(() => variable(' ')).toThrow(
      'Variable x of template t is empty, which WhatsApp refuses. Give its value a default.',
    );
  });

  it('refuses variables that are too long together', () => {
    const many = Array.from({ length: 100 }, (_, index) => [`variable${index}`, ['"'.repeat(256)]] as const);
    const action: ReplyAction = {
      kind: 'template',
      template: 't',
      ContentSid: HX,
      ContentVariables: Object.fromEntries(many),
    };
    const tooLong = () => renderAction(action);
    expect(tooLong).toThrow(VariablesTooLongError);
    expect(tooLong).toThrow(
      expect.objectContaining({
        code: 'variables_too_long',
        field: 'ContentVariables',
        limit: 27_801,
        length: 52_791,
      }),
    );
    expect(tooLong).toThrow(
      'The variables of template t are 52791 characters long as JSON; Twilio takes at most 27801. Put less into them, or fewer quotes and backslashes.',
    );
  });

  it('keeps within the total whenever each value is within its own limit and holds no quotes', () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => [`v${index}`.padEnd(16, 'x'), ['x'.repeat(256)]] as const,
    );
    const action: ReplyAction = {
      kind: 'template',
      template: 't',
      ContentSid: HX,
      ContentVariables: Object.fromEntries(many),
    };
    expect(renderAction(action)).toHaveLength(1);
  });
});
