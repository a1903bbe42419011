import { formatProblem } from '../../lib/rules/compile/problem.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { type Played, playTalk } from '../../talks/play/play-talk.ts';
import { readTalks } from '../../talks/read/read-talks.ts';
import { findFailure } from '../../talks/tell/find-failure.ts';
import { bookOf } from '../rules/support.ts';

/** A talk of these steps, in YAML; `keys` stand before them. */
export function talkOf(steps: string, keys = ''): string {
  return `- talk: a talk\n${keys
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `  ${line}\n`)
    .join('')}  steps:\n${steps.replaceAll(/^(?=.)/gm, '    ')}\n`;
}

const books = new Map<string, RuleBook>();

/** Compiled once. */
function compiled(rules: string): RuleBook {
  const book = books.get(rules) ?? bookOf(rules);
  books.set(rules, book);
  return book;
}

/** Plays the only talk of a file. */
export async function play(rules: string | RuleBook, text: string): Promise<Played> {
  const book = typeof rules === 'string' ? compiled(rules) : rules;
  const { talks, problems } = readTalks({ file: 'talks.yaml', text }, book);
  const [talk] = talks;
  if (talk === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return playTalk(talk, book);
}

/** Where and how a talk of these steps went otherwise, as `line: message`; undefined when it went as it is written. */
export async function failureOf(rules: string, steps: string, keys = ''): Promise<string | undefined> {
  const failure = findFailure(await play(rules, talkOf(steps, keys)));
  return failure && `${failure.place.line}: ${failure.message}`;
}

/** What is wrong with a file of talks, as `line: message`. */
export function problemsOf(text: string, rules = RULES): readonly string[] {
  const { problems } = readTalks({ file: 'talks.yaml', text }, compiled(rules));
  return problems.map(({ line, message }) => `${line}: ${message}`);
}

const HX = `HX${'a'.repeat(32)}`;

/** A bot that can do a bit of everything. */
export const RULES = `version: 1
languages: [en, de]
quiet_after_person: 1h
templates:
  welcome: { sid: ${HX} }
  status: { sid: ${HX}, variables: [order] }
rules:
  - { id: joined, when: { event: onParticipantAdded }, then: { text: 'Welcome, {{ participant.identity | default: "you" }}!' } }
  - { id: begun, when: { event: onConversationAdded }, then: { text: A new conversation. } }
  - { id: quiet, when: { keyword: quiet }, then: { ignore: true } }
  - { id: both, when: { keyword: both }, then: [ { text: First. }, { text: Second. } ] }
  - { id: note, when: { keyword: note }, then: { remember: { noted: 'true' } } }
  - { id: german, when: { keyword: deutsch }, then: [ { remember: { language: de } }, { text: { en: English now., de: Deutsch jetzt. } } ] }
  - { id: forget, when: { keyword: forget }, then: { forget: all } }
  - { id: tag, when: { keyword: tag }, then: [ { tag: { topic: refund } }, { text: Tagged. } ] }
  - { id: welcome, when: { keyword: welcome }, then: { template: welcome } }
  - { id: status, when: { pattern: '^order (?<n>\\d+)$' }, then: { template: status, variables: { order: '{{ match.n }}' } } }
  - { id: photo, when: { media: image/* }, then: { text: A picture. } }
  - { id: person, when: { keyword: person }, then: [ { text: Somebody comes. }, { handover: { for: 8h, back: [bot], invite: [dana] } } ] }
  - { id: ask, when: { keyword: ask }, then: { text: How many?, wait: 1d }, otherwise: { text: A number. } }
  - { id: many, when: { after: ask, answer: number }, then: [ { remember: { many: '{{ answer }}' } }, { text: 'So {{ answer }}.' } ] }
  - { id: tier, when: { keyword: tier, where: { participant.attributes.tier: gold } }, then: { text: Gold. } }
  - { id: sms, when: { keyword: where, channel: sms }, then: { text: By SMS. } }
  - { id: chat, when: { keyword: where, channel: chat }, then: { text: On chat. } }
  - { id: menu, when: { keyword: menu }, then: { go_to: both } }
otherwise: { text: Sorry? }
`;
