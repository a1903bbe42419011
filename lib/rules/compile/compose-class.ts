import type { AST } from '@eslint-community/regexpp';
import { composePlainly, isInvisible } from '../../text/compose.ts';
import { composeMembers, splitLetters } from './marked-letters.ts';
import { charactersOf, escapeMember, escapePattern } from './pattern-text.ts';

/** What a character class takes of a composed message. */
interface Members {
  /** Single characters, as a class has them. */
  inside: string;
  /** What is several characters, such as 1⁄2 of ½, or क़. */
  readonly longer: Set<string>;
  /** A member became nothing, as joiners do. */
  unseen: boolean;
}

/** A range that both begins and ends with what is composed, such as ①-⑨, and has no more members than this. */
const LONGEST_RANGE = 512;
/** Letters of some scripts, and digits. */
const WORDS = 'abcdefghijklmnopqrstuvwxyz0123456789éябعאकあ漢한ก';
/** Listed by themselves. */
const MARKS = /^\p{M}+$/u;
/** What belongs to an emoji, and is never a member by itself. */
const JOINED = /[\u200D\uFE0F]/u;

/** @param quantifier where the class is repeated */
export function composeClass(node: AST.CharacterClass, quantifier?: AST.Quantifier): string {
  const times = quantifier === undefined ? '' : quantifier.raw.slice(node.raw.length);
  const { inside, longer, unseen } = readMembers(node);
  const set = `[${node.negate ? '^' : ''}${inside}]`;
  if (node.negate) {
    return longer.size === 0 ? set + times : `(?:(?!${alternatives(longer)})${set})${times}`;
  }
  if (inside === '' && longer.size === 0) return node.elements.length === 0 ? node.raw + times : '';
  const others =
    quantifier === undefined ? longer : new Set([...longer].filter((text) => !coveredBy(set, text)));
  const whole = others.size === 0 ? set : `(?:${alternatives(others)}${inside === '' ? '' : `|${set}`})`;
  return whole + (unseen && !coversAny(set, WORDS) ? optional(times) : times);
}

function readMembers({ elements }: AST.CharacterClass): Members {
  const members: Members = { inside: '', longer: new Set(), unseen: false };
  let run: AST.Character[] = [];
  for (const element of elements) {
    if (element.type === 'Character') {
      run.push(element);
      continue;
    }
    addRun();
    members.inside += element.raw;
    if (element.type === 'CharacterClassRange') addRange(element);
  }
  addRun();
  if (members.inside !== '') members.inside += composeMembers(members.inside);
  return members;

  function addRun(): void {
    const written = String.fromCodePoint(...run.map(({ value }) => value));
    const isPlain = composePlainly(written) === written && splitLetters(written).every(isOne);
    if (isPlain) members.inside += run.map(({ raw }) => raw).join('');
    else for (const character of charactersOf(written)) addWritten(character);
    run = [];
  }

  function addRange({ min, max }: AST.CharacterClassRange): void {
    if (max.value - min.value >= LONGEST_RANGE || !isChanged(min.value) || !isChanged(max.value)) return;
    for (let code = min.value; code <= max.value; code++) {
      if (isChanged(code)) addCharacter(String.fromCodePoint(code));
    }
  }

  function addWritten(character: string): void {
    const seen = [...character].filter((part) => JOINED.test(part) || !isInvisible(part)).join('');
    if (seen !== character) members.unseen = true;
    addCharacter(seen);
  }

  function addCharacter(character: string): void {
    const composed = composePlainly(character);
    if (composed === '') return;
    const isList = MARKS.test(composed) || [...composed].every((part) => character.includes(part));
    for (const letter of isList ? splitLetters(composed) : [composed]) {
      if (isOne(letter)) members.inside += escapeMember(letter);
      else members.longer.add(letter);
    }
  }
}

function isOne(text: string): boolean {
  return [...text].length === 1;
}

function isChanged(code: number): boolean {
  const character = String.fromCodePoint(code);
  return composePlainly(character) !== character;
}

function alternatives(texts: ReadonlySet<string>): string {
  return [...texts].map(escapePattern).join('|');
}

/** Then repeating the class takes the text as well, and an alternative would only be a second way to do so. */
function coveredBy(set: string, text: string): boolean {
  return new RegExp(`^${set}+$`, 'iu').test(text);
}

function coversAny(set: string, characters: string): boolean {
  return new RegExp(set, 'iu').test(characters);
}

/** A joiner among spaces or dashes is one way of writing nothing; among letters it was never alone. */
function optional(times: string): string {
  if (times === '') return '?';
  return times
    .replace(/^\+/, '*')
    .replace(/^\{(\d+)\}/, '{0,$1}')
    .replace(/^\{\d+,/, '{0,');
}
