import type { Slot, TextTemplate } from '../render/text-template.ts';

/** A text with its `{{ }}` taken apart, and what is wrong with them. */
export interface ParsedText {
  readonly text: TextTemplate;
  readonly faults: readonly string[];
}

const QUOTED = `(?:"([^"]*)"|'([^']*)')`;
/** `{{ "{{" }}` */
const LITERAL = new RegExp(`\\{\\{\\s*${QUOTED}\\s*\\}\\}`, 'y');
const SLOT = new RegExp(`\\{\\{\\s*([\\w.-]+)\\s*(?:\\|\\s*default\\s*:\\s*${QUOTED}\\s*)?\\}\\}`, 'y');
const BROKEN = /\{\{[^{}]*\}\}/y;
const WRITE = 'Write {{ path }} or {{ path | default: "text" }}.';

/**
 * Takes a text apart at its `{{ path }}` and `{{ path | default: "text" }}`. What stands in quotes alone is meant as it
 * is: `{{ "{{" }}` writes the braces.
 */
export function parseText(source: string): ParsedText {
  const text: (string | Slot)[] = [];
  const faults: string[] = [];
  const addLiteral = (literal: string) => {
    const last = text.at(-1);
    if (typeof last === 'string') text[text.length - 1] = last + literal;
    else if (literal !== '') text.push(literal);
  };
  let end = 0;
  for (let start = source.indexOf('{{'); start !== -1; start = source.indexOf('{{', end)) {
    addLiteral(source.slice(end, start));
    const hole = readHole(source, start);
    end = start + hole.length;
    if ('literal' in hole) addLiteral(hole.literal);
    else if ('slot' in hole) text.push(hole.slot);
    else faults.push(hole.fault);
  }
  addLiteral(source.slice(end));
  return { text, faults };
}

type Hole = { readonly length: number } & (
  | { readonly literal: string }
  | { readonly slot: Slot }
  | { readonly fault: string }
);

function readHole(source: string, start: number): Hole {
  const literal = matchAt(LITERAL, source, start);
  if (literal !== undefined) return { length: literal[0].length, literal: literal[1] ?? literal[2] ?? '' };
  const slot = matchAt(SLOT, source, start);
  if (slot !== undefined) {
    const [{ length }, path = '', ...fallbacks] = slot;
    const fallback = fallbacks.find((one) => one !== undefined);
    return { length, slot: fallback === undefined ? { path } : { path, default: fallback } };
  }
  const broken = matchAt(BROKEN, source, start);
  return broken === undefined
    ? { length: '{{'.length, fault: `A "{{" is not closed. ${WRITE}` }
    : { length: broken[0].length, fault: `${broken[0]} is not understood. ${WRITE}` };
}

function matchAt(pattern: RegExp, source: string, start: number): RegExpExecArray | undefined {
  pattern.lastIndex = start;
  return pattern.exec(source) ?? undefined;
}
