import type { YAMLError } from 'yaml';
import { missingColon } from './missing-colon.ts';
import { missingComma } from './missing-comma.ts';
import { TAB } from './tab.ts';
import type { Written } from './written.ts';

/** What a fault of the parser means to somebody who knows no YAML, and where it is best shown. */
export interface Explained {
  readonly offset: number;
  readonly message: string;
}

export const TOO_DEEP = 'This is nested too deeply. Put fewer { }, [ ] and lists inside of each other.';

/** For faults that no slip explains (find-slips.ts). */
export function explainFault({ code, message, pos: [offset] }: YAMLError, written: Written): Explained {
  const tab = tabAt(offset, written.text);
  if (tab !== undefined) return { offset: tab, message: TAB };
  switch (code) {
    case 'MULTIPLE_DOCS':
      return { offset, message: 'A second document begins here. Remove the line "---".' };
    case 'RESOURCE_EXHAUSTION':
      return { offset, message: TOO_DEEP };
    case 'TAB_AS_INDENT':
      return { offset, message: TAB };
    case 'BAD_INDENT':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'UNEXPECTED_TOKEN':
      return outOfLine(offset, written) ?? { offset, message: other(message) };
    case 'MISSING_CHAR':
      if (message.startsWith('Missing , ')) return noComma(offset, written);
      return (
        outOfLine(offset, written) ??
        strayText(message, offset, written) ?? { offset, message: other(message) }
      );
    case 'MULTILINE_IMPLICIT_KEY':
      return (
        outOfLine(offset, written) ??
        strayText(message, offset, written) ?? { offset, message: other(message) }
      );
    default:
      return { offset, message: other(message) };
  }
}

function noComma(offset: number, { text, tokens }: Written): Explained {
  const [, next = ''] = /^("[^"]*"|'[^']*'|[^\s:,"'{}[\]]+|\S?)/.exec(text.slice(offset)) ?? [];
  const within = tokens.find(({ from }) => from === offset)?.within ?? '{';
  return { offset, message: missingComma(/^["']/.test(next) ? next : `"${next}"`, within) };
}

/** A tab among the spaces with which the line begins. */
function tabAt(offset: number, text: string): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [, spaces] = /^( *)\t/.exec(text.slice(start)) ?? [];
  return spaces === undefined ? undefined : start + spaces.length;
}

function other(message: string): string {
  return `This is not YAML: ${message}.`;
}

interface Line {
  readonly number: number;
  /** Where in the text it begins after its spaces. */
  readonly offset: number;
  /** From 1; that of the dash where it begins with one. */
  readonly column: number;
  /** The columns in which keys and items of it begin. */
  readonly columns: readonly number[];
  readonly isItem: boolean;
  /** Its first word, to name it. */
  readonly word: string;
}

/** The line of a fault begins in a column in which nothing above it begins that is still open. */
function outOfLine(offset: number, { text, place }: Written): Explained | undefined {
  const lines = readLines(text);
  const line = lines.find(({ number }) => number === place(offset).line);
  if (line === undefined) return undefined;
  const above = openAbove(lines.filter(({ number }) => number < line.number));
  const inColumn = above.find(({ columns }) => columns.includes(line.column));
  if (inColumn !== undefined) return inColumnOf(line, inColumn);
  const kin = above.filter(({ isItem }) => isItem === line.isItem);
  const [near = above[0]] = kin.toSorted((a, b) => distance(a, line) - distance(b, line));
  if (near === undefined) return undefined;
  const right = near.columns.toSorted((a, b) => Math.abs(a - line.column) - Math.abs(b - line.column))[0];
  return {
    offset: line.offset,
    message:
      `"${line.word}" begins in column ${line.column}, in line with nothing above it. ` +
      `Put it in column ${right}, beside "${near.word}" in line ${near.number}.`,
  };
}

/** In line with something, and one of them is an item of a list and the other is not. */
function inColumnOf(line: Line, above: Line): Explained | undefined {
  const isItemAbove = above.isItem && above.column === line.column;
  if (line.isItem === isItemAbove) return undefined;
  const where = `line ${above.number}`;
  const message = isItemAbove
    ? `"${line.word}" stands in line with the list in ${where}, whose items begin with "- ". Put "- " before it, or indent it by two more spaces.`
    : `An item of a list stands in line with the key "${above.word.replace('- ', '')}" in ${where}. Indent it under the key to which it belongs, or write a list only.`;
  return { offset: line.offset, message };
}

/** One line or several that are neither keys nor items. */
function strayText(message: string, offset: number, written: Written): Explained | undefined {
  const { text, place } = written;
  if (!message.startsWith('Implicit')) return undefined;
  const line = readLines(text).find(({ number }) => number === place(offset).line);
  const found = text.slice(offset).split(/\r?\n/, 1)[0]?.trim();
  if (line === undefined || found === undefined) return undefined;
  const colon = missingColon(found, written);
  if (colon !== undefined) return { offset, message: colon };
  return {
    offset,
    message: `${JSON.stringify(found)} is neither a key nor part of a text. Write a colon after a key; indent a text that goes on by two spaces more than its key.`,
  };
}

function distance(line: Line, { column }: Line): number {
  return Math.min(...line.columns.map((one) => Math.abs(one - column)));
}

/** Of the lines above, those in whose columns something may go on: the last ones, each further left than the next. */
function openAbove(lines: readonly Line[]): readonly Line[] {
  const open: Line[] = [];
  for (const line of lines.toReversed()) {
    if (open.every(({ column }) => line.column < column)) open.push(line);
  }
  return open;
}

function readLines(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').flatMap((line, index): readonly Line[] => {
    const offset = start;
    start += line.length + 1;
    const [all = '', indent = '', dashes = ''] = /^( *)((?:-\s+)*)/.exec(line) ?? [];
    const rest = line.slice(all.length);
    if (rest === '' || rest.startsWith('#')) return [];
    const columns = [...dashes.matchAll(/-/g)].map((dash) => indent.length + dash.index + 1);
    return [
      {
        number: index + 1,
        offset: offset + indent.length,
        column: indent.length + 1,
        columns: [...columns, all.length + 1],
        isItem: dashes !== '',
        word: `${dashes === '' ? '' : '- '}${/^["']?([^\s:,"'{}[\]]*)/.exec(rest)?.[1] ?? ''}`,
      },
    ];
  });
}
