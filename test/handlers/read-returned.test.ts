import { describe, expect, it } from 'vitest';
import { handover, media, tag, text } from '../../lib/handlers/build-actions.ts';
import { type Allowed, readReturned } from '../../lib/handlers/read-returned.ts';
import { ReturnedError } from '../../lib/handlers/returned-error.ts';

const SID = `HX${'a'.repeat(32)}`;
const ALLOWED: Allowed = {
  templates: { order: { sid: SID, variables: ['number', 'day'] }, hello: { sid: SID, variables: [] } },
  remembers: ['day'],
  goesOn: undefined,
  keywords: [],
};

const read = (returned: unknown, allowed: Partial<Allowed> = {}) =>
  readReturned(returned, { ...ALLOWED, ...allowed });
const template = (name: string, variables: Record<string, unknown> = {}) => ({
  kind: 'template',
  template: name,
  variables,
});

/** Why it cannot be done. */
function faultOf(returned: unknown, allowed: Partial<Allowed> = {}): string {
  try {
    return JSON.stringify(read(returned, allowed));
  } catch (error) {
    return (error as ReturnedError).message;
  }
}

function fail(): never {
  throw new Error('words');
}

function gone(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

describe('what a handler returns', () => {
  it('is done as the rules would do it, with nothing in it that is a slot', () => {
    expect(
      read([
        text('Hi {{ author }}'),
        template('order', { number: '1', day: 'Mon' }),
        media(`ME${'b'.repeat(32)}`, 'Look'),
        { kind: 'remember', values: { day: 'Mon' } },
        { kind: 'forget', names: ['day'] },
        tag({ topic: 'x' }),
        handover({ hours: 0.5, back: ['Bot!', 'bot', ' '], invite: ['dana', 'dana'] }),
      ]),
    ).toEqual([
      { kind: 'text', Body: ['Hi {{ author }}'], split: false },
      {
        kind: 'template',
        template: 'order',
        ContentSid: SID,
        ContentVariables: { number: ['1'], day: ['Mon'] },
      },
      { kind: 'media', MediaSid: `ME${'b'.repeat(32)}`, Body: ['Look'] },
      { kind: 'remember', values: { day: ['Mon'] } },
      { kind: 'forget', names: ['day'] },
      { kind: 'tag', attributes: { topic: ['x'] } },
      { kind: 'handover', forMs: 1_800_000, back: ['bot'], invite: ['dana'] },
    ]);
  });

  it('leaves to its rule a keyword of the file that is a word back only without its accents', () => {
    const returned = handover({ hours: 1, back: ['Pará', 'bot'] });
    expect(read(returned, { keywords: ['para', 'pará', 'bot'] })).toMatchObject([
      { back: ['para', 'bot'], keywords: ['para'] },
    ]);
  });

  it('may be nothing', () => {
    expect([read(undefined), read(null), read([])]).toEqual([[], [], []]);
  });

  it.each<[what: string, returned: unknown, fault: string]>([
    ['a text', 'hello', 'what it returned is not an action.'],
    ['a number', 7, 'what it returned is not an action.'],
    ['a function', () => text('x'), 'what it returned is not an action.'],
    ['a list of texts', ['hello'], 'what it returned is not an action at place 1.'],
    [
      'a number as text',
      { kind: 'text', text: 7, split: false },
      '"text" of the action "text" must be text of at most 8000 characters.',
    ],
    [
      'a text of which nothing says whether it is split',
      { kind: 'text', text: 'x' },
      '"split" of the action "text" must be true or false.',
    ],
    ['an unknown action', { kind: 'go_to', rule: 'x' }, 'is not an action'],
    [
      'a file by another name',
      media('https://shop.example/a.png'),
      '"media" of the action "media" must be the SID',
    ],
    [
      'a handover for ever',
      handover({ hours: 721 }),
      '"hours" of the action "handover" must be a number above 0 and at most 720.',
    ],
    [
      'a handover to nobody',
      [text('x'), handover({ invite: [' '] })],
      '"invite" of the action "handover" at place 2 must be at most 10 identities',
    ],
    ['a handover for no time', handover({ hours: Number.NaN }), '"hours" of the action "handover" must be'],
    ['too many actions', Array.from({ length: 11 }, () => text('x')), 'it returned 11 actions; at most 10'],
    [
      'more than all messages hold',
      text('x'.repeat(8_001), { split: true }),
      '"text" of the action "text" must be text of at most 8000 characters.',
    ],
    ['an unknown template', template('nope'), 'it names a template that the rules file does not have'],
    ['one of every object', template('constructor'), 'it names a template that the rules file does not have'],
    [
      'a template without a variable of it',
      template('order', { number: '1' }),
      'the template "order" takes number, day, each of them and no other',
    ],
    [
      'a template with one more',
      template('hello', { x: '1' }),
      'the template "hello" takes no variable, each of them and no other',
    ],
    [
      'a number in a variable',
      template('order', { number: 1, day: 'x' }),
      '"variables" of the action "template" must be text for each name.',
    ],
    [
      'a variable that a service left out',
      template('order', { number: '1', day: undefined }),
      '"variables" of the action "template" must be text for each name.',
    ],
    [
      'another name to remember',
      { kind: 'remember', values: { other: 'x' } },
      'it remembers, or forgets, other names than the call "remembers": day',
    ],
    ['another name to forget', { kind: 'forget', names: ['other'] }, 'other names than the call "remembers"'],
    ['the bot’s own tag', tag({ parley: '{}' }), '"parley" is kept for the bot itself'],
    [
      'a tag that no object is sure to hold',
      tag({ ['__proto__']: 'x' }),
      '"attributes" of the action "tag" must be text for each name',
    ],
    [
      'a variable of that name',
      template('hello', { ['__proto__']: 'x' }),
      '"variables" of the action "template" must be',
    ],
    ['long tags', tag({ a: 'ä'.repeat(2_100) }), 'its tags are longer than 4096 bytes'],
    ['a handover with something behind it', [handover(), text('x')], 'a handover comes last'],
  ])('may not be %s', (_, returned, fault) => {
    expect(faultOf(returned)).toContain(fault);
  });

  it('hands nothing over where the rules below decide as well', () => {
    expect(faultOf(handover(), { goesOn: 'continue' })).toContain('its rule has "continue"');
  });

  it('hands nothing over where its rule does more behind it', () => {
    expect(faultOf(handover(), { goesOn: 'actions' })).toContain('a handover comes last');
  });

  it.each<[what: string, returned: unknown]>([
    [
      'a getter that throws',
      {
        get kind() {
          throw new Proxy(new Error('words'), { getPrototypeOf: () => fail() });
        },
      },
    ],
    ['a list that throws', new Proxy([], { get: () => fail() })],
    ['a list that is gone', gone()],
  ])('is an error of ours where it is %s', (_, returned) => {
    expect(() => read(returned)).toThrow(ReturnedError);
    expect(faultOf(returned)).toContain('reading what it returned fails');
  });

  it('is read once, so that it is what was checked', () => {
    let reads = 0;
    const shifty = {
      kind: 'text',
      split: false,
      get text() {
        reads += 1;
        return reads === 1 ? 'first' : 'x'.repeat(1e6);
      },
    };
    expect(read(shifty)).toEqual([{ kind: 'text', Body: ['first'], split: false }]);
  });

  it('is not gone through where it says that it is endless', () => {
    const endless = new Proxy([], { get: (_, key) => (key === 'length' ? 1e9 : text('x')) });
    expect(faultOf(endless)).toContain('it returned 1000000000 actions');
  });

  it('is named in no error but by what the rules file says', () => {
    const words = 'secretwords';
    const all: readonly unknown[] = [
      words,
      { kind: words },
      template(words),
      template('order', { [words]: words }),
      { kind: 'remember', values: { [words]: words } },
      tag({ parley: words }),
      { kind: 'text', text: { [words]: words } },
      { kind: 'text', [words]: words },
      { kind: 'tag', attributes: { [words]: 7 } },
      { kind: 'constructor', name: words },
    ];
    expect(all.map((one) => faultOf(one)).filter((fault) => fault.includes(words))).toEqual([]);
  });
});
