import { describe, expect, it } from 'vitest';
import { bookOf } from './support.ts';
import { Talk } from './talk.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A question with its own words, and rules beside it. */
const ASK = `
version: 1
rules:
  - { id: hush, when: { keyword: hush }, then: { ignore: true } }
  - { id: aside, when: { includes: aside }, then: { text: By the way., continue: true } }
  - { id: faq, when: { keyword: faq }, then: { text: An answer. } }
  - { id: person, when: { keyword: person }, then: [{ text: Somebody comes. }, { handover: true }] }
  - id: ask
    when: { keyword: ask }
    then: { text: Which number?, wait: 1h }
    otherwise:
      - { when: { keyword: away }, then: { go_to: bye } }
      - { when: { keyword: again }, then: { go_to: ask } }
      - { when: { keyword: shh }, then: { ignore: true } }
      - { when: { misses: 2 }, then: { text: A number is needed. } }
      - { when: { unless: { keyword: nothing } }, then: { text: Just a number. } }
  - { id: ask-other, when: { keyword: other }, then: { text: Which other?, wait: 1h } }
  - { id: other, when: { after: ask-other, answer: number }, then: { text: 'Other {{ answer }}.' } }
  - { id: number, when: { after: ask, answer: number }, then: { text: 'Number {{ answer }}.' } }
  - { id: bye, then: { text: Bye. } }
otherwise: { text: Sorry? }
`;

const asked = () => {
  const talk = new Talk(bookOf(ASK));
  talk.says('ask');
  return talk;
};

describe('the open question', () => {
  it('opens when an answer ends in "wait", to the one who wrote, at the last message that asked', () => {
    const talk = new Talk(bookOf(ASK));
    expect(talk.says('ask', { from: 'ana' }).decision).toMatchObject({
      question: { opens: 'ask', to: expect.stringMatching(/^MB/) },
    });
    expect(talk.memory.question).toMatchObject({ rule: 'ask', index: talk.index, at: talk.now, misses: 0 });
  });

  it('opens by a program’s message, to any customer', () => {
    const talk = new Talk(bookOf(ASK)).program('ask');
    expect(talk.says('7', { from: 'whoever' }).rule).toBe('number');
  });

  it('is open to the one who joined, where a welcome asks', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: welcome, when: { event: onParticipantAdded }, then: { text: Your number?, wait: 1d } }
  - { id: number, when: { after: welcome, answer: number }, then: { text: Thanks. } }
`);
    const talk = new Talk(book);
    expect(talk.joins('ben').said).toEqual(['Your number?']);
    expect(talk.says('7', { from: 'ana' }).rule).toBe('no_rule');
    expect(talk.says('7', { from: 'ben' }).rule).toBe('number');
  });

  it('is open to anybody where a conversation began', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: welcome, when: { event: [onConversationAdded, onParticipantAdded] }, then: { text: Your number?, wait: 1d } }
  - { id: number, when: { after: welcome, answer: number }, then: { text: Thanks. } }
`);
    expect(book.rules[0]?.waits).toEqual({ ms: DAY });
  });

  describe('closes', () => {
    it('by an answer to it', () => {
      const talk = asked();
      expect(talk.says('7').said).toEqual(['Number 7.']);
      expect(talk.says('7').rule).toBe('otherwise');
    });

    it('by another question', () => {
      const talk = asked();
      talk.says('other');
      expect(talk.says('7').rule).toBe('other');
    });

    it('by go_to out of its otherwise to a rule that does not wait', () => {
      const talk = asked();
      expect(talk.says('away')).toMatchObject({ rule: 'ask.otherwise.1', said: ['Bye.'] });
      expect(talk.says('7').rule).toBe('otherwise');
    });

    it('by a handover', () => {
      const talk = asked();
      expect(talk.says('person').rule).toBe('person');
      expect(talk.asks).toBeUndefined();
    });

    it.each(['Stop!', `STOP ${'😡'.repeat(100)}`])(
      'by %j of the one asked, which no otherwise answers',
      (stop) => {
        const talk = asked();
        expect(talk.says(stop).decision).toMatchObject({ outcome: 'suppressed', reason: 'stop_word' });
        expect(talk.asks).toBeUndefined();
      },
    );

    it('when its time is over, from the last thing said on it; the very moment is in time', () => {
      expect(
        asked()
          .wait(HOUR - 20_000)
          .says('7').rule,
      ).toBe('number');
      expect(
        asked()
          .wait(HOUR - 19_999)
          .says('7').rule,
      ).toBe('otherwise');
      const missed = asked().wait(HOUR - 20_000);
      expect(missed.says('what?').rule).toBe('ask.otherwise.5');
      expect(missed.wait(HOUR - 20_000).says('7').rule).toBe('number');
      const left = asked().wait(HOUR - 60_000);
      expect(left.says('faq').rule).toBe('faq');
      expect(left.wait(HOUR - 60_000).says('7').rule).toBe('otherwise');
    });

    it.each([
      [
        'gone',
        ASK.replaceAll('ask,', 'asks,')
          .replaceAll('id: ask\n', 'id: asks\n')
          .replaceAll(': ask }', ': asks }'),
      ],
      [
        'waiting no more',
        'version: 1\nrules: [{ id: ask, when: { keyword: ask }, then: { text: x } }]\notherwise: { text: y }\n',
      ],
    ])('when its rule is %s', (_, yaml) => {
      const { memory } = asked();
      const talk = new Talk(bookOf(yaml), { memory });
      talk.index = 9;
      const { decision, rule } = talk.says('7');
      expect(rule).toBe('otherwise');
      expect(decision).not.toHaveProperty('question');
    });
  });

  describe('stays', () => {
    it.each([
      ['any other rule', 'faq', 'faq'],
      ['ignore', 'hush', 'ignored'],
      ['its otherwise that ignores', 'shh', 'ignored'],
      ['its own otherwise', 'what?', 'ask.otherwise.5'],
      ['the file’s otherwise', 'nothing', 'otherwise'],
    ])('through %s', (_, body, rule) => {
      const talk = asked();
      const before = talk.memory.question;
      const turn = talk.says(body);
      expect(turn.rule).toBe(rule);
      expect(talk.memory.question).toMatchObject({ rule: 'ask', index: before?.index });
      expect(talk.says('7').rule).toBe('number');
    });

    it('through "continue", with whatever decides below it', () => {
      const talk = asked();
      expect(talk.says('an aside')).toMatchObject({
        rule: 'ask.otherwise.5',
        said: ['By the way.', 'Just a number.'],
      });
      expect(talk.says('7').rule).toBe('number');
    });

    it('through messages of other customers', () => {
      const talk = asked();
      expect(talk.says('7', { from: 'ben' }).rule).toBe('otherwise');
      expect(talk.says('what?', { from: 'ben' }).rule).toBe('otherwise');
      expect(talk.says('7', { from: 'ana' }).rule).toBe('number');
    });

    it('through a stop word of another customer', () => {
      const talk = asked();
      talk.says('stop', { from: 'ben' });
      expect(talk.says('7').rule).toBe('number');
    });

    it('and what was written before it is not an answer, nor a miss', () => {
      const talk = asked();
      expect(talk.says('7', { before: true }).rule).toBe('otherwise');
      expect(talk.says('what?', { before: true }).rule).toBe('otherwise');
      expect(talk.memory.question?.misses).toBe(0);
      expect(talk.says('7').rule).toBe('number');
    });
  });

  describe('its otherwise', () => {
    it('comes after all rules and before the file’s', () => {
      const talk = asked();
      expect(talk.says('faq').rule).toBe('faq');
      expect(talk.says('?').rule).toBe('ask.otherwise.5');
    });

    it('answers photos and voice too', () => {
      const Media = [{ Sid: `ME${'a'.repeat(32)}`, ContentType: 'audio/ogg' }];
      expect(asked().says('', { Media }).rule).toBe('ask.otherwise.5');
    });

    it('leaves a message that none of its items takes to the file’s, and counts no miss', () => {
      const talk = asked();
      expect(talk.says('nothing').rule).toBe('otherwise');
      expect(talk.memory.question?.misses).toBe(0);
    });

    it('counts its misses, and begins anew where it is asked from elsewhere', () => {
      const talk = asked();
      expect(talk.says('a').rule).toBe('ask.otherwise.5');
      expect(talk.says('b').rule).toBe('ask.otherwise.5');
      expect(talk.says('c').rule).toBe('ask.otherwise.4');
      talk.says('ask');
      expect(talk.says('d').rule).toBe('ask.otherwise.5');
    });

    it('counts on where it goes to its own question', () => {
      const talk = asked();
      expect(talk.says('again')).toMatchObject({ rule: 'ask.otherwise.2', said: ['Which number?'] });
      expect(talk.memory.question?.misses).toBe(1);
      expect(talk.says('again').rule).toBe('ask.otherwise.2');
      expect(talk.says('c').rule).toBe('ask.otherwise.4');
    });

    it('counts on where it comes back by way of another rule', () => {
      const book = bookOf(`
version: 1
rules:
  - { id: ask, when: { keyword: ask }, then: { text: What?, wait: 1d }, otherwise: { go_to: again } }
  - { id: again, then: [{ text: Once more. }, { go_to: ask }] }
  - { id: number, when: { after: ask, answer: number }, then: { text: Yes. } }
`);
      const talk = new Talk(book);
      talk.says('ask');
      expect(talk.says('x').said).toEqual(['Once more.', 'What?']);
      expect(talk.says('x').rule).toBe('ask.otherwise');
      expect(talk.memory.question?.misses).toBe(2);
      expect(talk.says('1').rule).toBe('number');
    });

    it('begins another question with no misses', () => {
      const book = bookOf(`
version: 1
rules:
  - { id: ask, when: { keyword: ask }, then: { text: What?, wait: 1d }, otherwise: { go_to: other } }
  - { id: other, then: { text: And?, wait: 1d }, otherwise: { text: Hm. } }
  - { id: number, when: { after: [ask, other], answer: number }, then: { text: Yes. } }
`);
      const talk = new Talk(book);
      talk.says('ask');
      talk.says('x');
      expect(talk.memory.question).toMatchObject({ rule: 'other', misses: 0 });
    });
  });

  describe('kept, as a menu', () => {
    const MENU = bookOf(`
version: 1
rules:
  - id: menu
    when: { keyword: menu }
    then: { text: 1 or 2?, wait: { for: 1h, keep: true } }
    otherwise: { text: 1 or 2! }
  - { id: one, when: { after: menu, keyword: 1 }, then: { text: One. } }
  - { id: two, when: { after: menu, keyword: 2 }, then: { text: And?, wait: 1h } }
  - { id: two-text, when: { after: two, answer: text }, then: { text: Thanks. } }
`);

    it('stays open by an answer, which begins its time and its misses anew', () => {
      const talk = new Talk(MENU);
      talk.says('menu');
      talk.says('what?');
      talk.wait(HOUR - 20_000);
      expect(talk.says('1').rule).toBe('one');
      expect(talk.memory.question).toMatchObject({ rule: 'menu', misses: 0, at: talk.now });
      talk.wait(HOUR - 20_000);
      expect(talk.says('1').rule).toBe('one');
    });

    it('is replaced by another question', () => {
      const talk = new Talk(MENU);
      talk.says('menu');
      talk.says('2');
      expect(talk.says('1').rule).toBe('two-text');
      expect(talk.says('1').rule).toBe('no_rule');
    });
  });
});

describe('go_to', () => {
  it('says its own actions first, then those of the rule, and does not ask its "when" and "once"', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: from, when: { keyword: a }, then: [{ text: First. }, { go_to: to }] }
  - { id: to, when: { keyword: b, once: 1d }, then: { text: Then. } }
`);
    const talk = new Talk(book);
    expect(talk.says('a').said).toEqual(['First.', 'Then.']);
    expect(talk.says('a').said).toEqual(['First.', 'Then.']);
  });

  it('counts for the "once" of the rule it goes on to', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: from, when: { keyword: a }, then: { go_to: to } }
  - { id: to, when: { keyword: b, once: 1h }, then: { text: Then. } }
`);
    const talk = new Talk(book);
    talk.says('a');
    expect(talk.says('b').rule).toBe('no_rule');
    expect(talk.wait(HOUR).says('b').rule).toBe('to');
  });

  it('goes on to five rules, one after the other', () => {
    const chain = (count: number) => `
version: 1
rules:
  - { id: r0, when: { keyword: a }, then: { go_to: r1 } }
${Array.from({ length: count }, (_, index) => {
  const then = index === count - 1 ? '{ text: end }' : `[{ text: t${index + 1} }, { go_to: r${index + 2} }]`;
  return `  - { id: r${index + 1}, then: ${then} }`;
}).join('\n')}
`;
    expect(new Talk(bookOf(chain(5))).says('a').said).toEqual(['t1', 't2', 't3', 't4', 'end']);
    expect(() => bookOf(chain(6))).toThrow(
      'This goes on to 6 rules, r1 → r2 → r3 → r4 → r5 → r6; at most 5 are allowed.',
    );
  });

  it('hands on what was matched and answered', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: from, when: { pattern: '^order (?<n>[0-9]{1,9})$' }, then: { go_to: to } }
  - { id: to, then: { text: 'Order {{ match.n | default: "?" }}.' } }
`);
    expect(new Talk(book).says('order 7').said).toEqual(['Order 7.']);
  });

  it('ignores where the rule it goes on to does, and leaves the question', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: ask, when: { keyword: ask }, then: { text: What?, wait: 1d }, otherwise: { go_to: hush } }
  - { id: number, when: { after: ask, answer: number }, then: { text: Yes. } }
  - { id: hush, when: { keyword: hush }, then: { ignore: true } }
`);
    const talk = new Talk(book);
    talk.says('ask');
    expect(talk.says('x').decision).toMatchObject({ outcome: 'ignored', rule: 'ask.otherwise' });
    expect(talk.says('1').rule).toBe('number');
  });

  it('may be named by the file’s otherwise alone', () => {
    const book = bookOf(`
version: 1
rules: [{ id: help, then: { text: I can help. } }]
otherwise: { go_to: help }
`);
    expect(new Talk(book).says('x')).toMatchObject({ rule: 'otherwise', said: ['I can help.'] });
  });
});

describe('continue', () => {
  const book = bookOf(`
version: 1
rules:
  - { id: a, when: { includes: a, once: 1h }, then: { text: A., continue: true } }
  - { id: b, when: { includes: b }, then: [{ text: B. }, { remember: { b: seen }, continue: true }] }
  - { id: c, when: { includes: c }, then: { text: C., continue: true } }
  - { id: d, when: { includes: d }, then: { text: D., continue: true } }
  - { id: hush, when: { includes: hush }, then: { ignore: true } }
  - { id: last, when: { includes: last }, then: { text: 'Last {{ remembered.b | default: "unseen" }}.' } }
`);

  it('is said first, in the order of the file, and the rules below decide', () => {
    expect(new Talk(book).says('b c last')).toMatchObject({ rule: 'last', said: ['B.', 'C.', 'Last seen.'] });
  });

  it('is said also if nothing else answers', () => {
    expect(new Talk(book).says('b c')).toMatchObject({ rule: 'c', said: ['B.', 'C.'] });
  });

  it('is said also if the rule that decides ignores', () => {
    expect(new Talk(book).says('b hush')).toMatchObject({ rule: 'b', said: ['B.'] });
  });

  it('is said three times at most', () => {
    const talk = new Talk(book);
    expect(talk.says('a b c d last').said).toEqual(['A.', 'B.', 'C.', 'Last seen.']);
    expect(talk.says('a b c d last').said).toEqual(['B.', 'C.', 'D.', 'Last seen.']);
  });

  it('keeps to its "once"', () => {
    const talk = new Talk(book);
    expect(talk.says('a').said).toEqual(['A.']);
    expect(talk.says('a').rule).toBe('no_rule');
    expect(talk.wait(HOUR).says('a').said).toEqual(['A.']);
  });

  it('alone takes no stop word', () => {
    const stop = bookOf(`
version: 1
rules: [{ id: all, when: {}, then: { text: Hi., continue: true } }]
otherwise: { text: Sorry? }
`);
    const talk = new Talk(stop);
    expect(talk.says('stop').decision).toMatchObject({ outcome: 'suppressed', reason: 'stop_word' });
    expect(talk.says('go on').said).toEqual(['Hi.', 'Sorry?']);
  });

  it('does not answer the question that it is after', () => {
    const ask = bookOf(`
version: 1
rules:
  - { id: ask, when: { keyword: ask }, then: { text: What?, wait: 1d } }
  - { id: noted, when: { after: ask, answer: number }, then: { remember: { n: '{{ answer }}' }, continue: true } }
  - { id: big, when: { after: ask, answer: 100.. }, then: { text: 'Big {{ remembered.n | default: "" }}.' } }
`);
    const talk = new Talk(ask);
    talk.says('ask');
    expect(talk.says('7').rule).toBe('noted');
    expect(talk.asks).toBe('ask');
    expect(talk.says('700').said).toEqual(['Big 700.']);
    expect(talk.asks).toBeUndefined();
  });
});

describe('what is remembered', () => {
  const book = bookOf(`
version: 1
rules:
  - id: name
    when: { pattern: '^i am (?<name>[a-z]{1,20})$' }
    then: [{ remember: { name: '{{ match.name }}' } }, { text: 'Hi {{ remembered.name | default: "you" }}.' }]
  - id: forget
    when: { keyword: forget }
    then: [{ forget: name }, { text: 'Bye {{ remembered.name | default: "you" }}.' }]
  - id: forget-all
    when: { keyword: forget all }
    then: [{ remember: { x: 1 } }, { forget: all }, { remember: { y: 2 } }, { text: '{{ remembered.x | default: "-" }}{{ remembered.y | default: "-" }}' }]
  - { id: known, when: { has: remembered.name }, then: { text: 'I know {{ remembered.name | default: "?" }}.' } }
`);

  it('is seen by the later actions of the answer that remembers it, and by later messages', () => {
    const talk = new Talk(book);
    expect(talk.says('i am Ana').said).toEqual(['Hi Ana.']);
    expect(talk.says('who?').said).toEqual(['I know Ana.']);
    expect(talk.says('forget').said).toEqual(['Bye you.']);
    expect(talk.says('who?').rule).toBe('no_rule');
  });

  it('is not seen by the conditions of the answer that remembers it', () => {
    const both = bookOf(`
version: 1
rules:
  - { id: a, when: {}, then: { remember: { x: 1 }, continue: true } }
  - { id: b, when: { has: remembered.x }, then: { text: Seen. } }
`);
    const talk = new Talk(both);
    expect(talk.says('x').rule).toBe('a');
    expect(talk.says('x').rule).toBe('b');
  });

  it('is forgotten all at once, but for what is remembered after that', () => {
    const talk = new Talk(book);
    talk.says('i am Ana');
    expect(talk.says('forget all').said).toEqual(['-2']);
    expect(talk.memory.values).toEqual({ y: '2' });
  });

  it('is gone a month after the customer’s last message, from texts too', () => {
    const talk = new Talk(book);
    talk.says('i am Ana');
    talk.wait(30 * DAY - 20_000);
    expect(talk.says('who?').rule).toBe('known');
    talk.wait(30 * DAY - 19_999);
    expect(talk.says('who?').rule).toBe('no_rule');
    const text = bookOf(`version: 1
rules:
  - { id: r, when: { keyword: name }, then: { remember: { name: Ana } } }
  - { id: s, when: {}, then: { text: '{{ remembered.name | default: "nobody" }}' } }
`);
    const other = new Talk(text);
    other.says('name');
    other.wait(31 * DAY);
    expect(other.says('who?').said).toEqual(['nobody']);
  });
});
