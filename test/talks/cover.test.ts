import { describe, expect, it } from 'vitest';
import { cover } from '../../talks/cover/cover.ts';
import { showCoverage } from '../../talks/cover/show-coverage.ts';
import { bookOf } from '../rules/support.ts';
import { play, talkOf } from './support.ts';

const RULES = `version: 1
rules:
  - { id: quiet, when: { keyword: quiet }, then: { ignore: true } }
  - { id: again, when: { keyword: hi, once: 1h }, then: { text: Hello. } }
  - { id: ask, when: { keyword: ask }, then: { text: How many?, wait: 1d }, otherwise: [ { when: { misses: 1 }, then: { go_to: bye } }, { then: { text: A number. } } ] }
  - { id: many, when: { after: ask, answer: number }, then: { go_to: bye } }
  - { id: bye, then: { text: Bye. } }
  - { id: reminder, then: { text: Come tomorrow., wait: 1d } }
  - { id: coming, when: { after: reminder, answer: yes }, then: { go_to: bye } }
  - { id: pre, when: { includes: sale }, then: { text: No sale., continue: true } }
otherwise: { text: Sorry? }
`;
const book = bookOf(RULES);
const covered = async (...steps: string[]) =>
  cover(book, await Promise.all(steps.map((some) => play(book, talkOf(some)))));

describe('the coverage of talks', () => {
  it('names every rule and item that answers in none', async () => {
    expect(await covered('- says: ask\n- bot: How many?')).toMatchObject({
      all: 11,
      unreached: [
        'quiet',
        'again',
        'ask.otherwise.1',
        'ask.otherwise.2',
        'many',
        'bye',
        'reminder',
        'coming',
        'pre',
        'otherwise',
      ],
    });
  });

  it('counts whoever answers first, in vain, on purpose, by go_to or for a program', async () => {
    const { unreached } = await covered(
      '- says: quiet\n- silence: ignored',
      '- says: a sale?\n- bot: [ No sale., Sorry? ]',
      '- says: ask\n- bot: How many?\n- says: 3\n- bot: Bye.',
      '- program: reminder',
    );
    expect(unreached).toEqual(['again', 'ask.otherwise.1', 'ask.otherwise.2', 'coming']);
  });

  it('names the conditions that held whenever they were asked', async () => {
    const { neverFailed } = await covered(
      '- says: hi\n- bot: Hello.',
      '- says: ask\n- bot: How many?\n- says: 3\n- bot: Bye.',
    );
    expect(neverFailed).toEqual([
      { rule: 'again', condition: 'once' },
      // What asks stands above it, so it was not asked then.
      { rule: 'many', condition: 'after' },
      { rule: 'many', condition: 'answer' },
    ]);
  });

  it('lets a condition be shown by a message for which it did not hold', async () => {
    const { neverFailed } = await covered(
      '- says: hi\n- bot: Hello.\n- says: hi\n- bot: Sorry?',
      '- says: ask\n- bot: How many?\n- says: few\n- bot: A number.\n- says: 3\n- bot: Bye.\n- says: 3\n- bot: Sorry?',
    );
    expect(neverFailed).toEqual([]);
  });

  it('asks nothing of rules below the one that answers, nor of any where a guard spoke', async () => {
    const { neverFailed } = await covered(
      '- says: quiet\n- silence: ignored\n- agent: { dana: Hi }\n- says: x\n- silence: person',
    );
    expect(neverFailed).toEqual([{ rule: 'quiet', condition: 'keyword' }]);
  });

  it('is told in lines', () => {
    const coverage = { all: 3, unreached: ['bye'], neverFailed: [{ rule: 'again', condition: 'once' }] };
    expect(showCoverage(coverage)).toEqual([
      '2 of 3 rules and items of an "otherwise" answer in a talk.',
      '  no talk reaches bye',
      'Conditions that held whenever they were asked, so no talk shows what they are for:',
      '  again: once',
    ]);
  });
});
