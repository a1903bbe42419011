import type { Slot, TextTemplate } from '../render/text-template.ts';

/** A text with its `{{ }}` taken apart, and what is wrong with them. */
export interface ParsedText {
  readonly text: TextTemplate;
  readonly faults: readonly string[];
}

const HOLE = /\{\{([^{}]*)\}\}/g;
const SLOT = /^\s*([\w.-]+)\s*(?:\|\s*default\s*:\s*(?:"([^"]*)"|'([^']*)')\s*)?$/;

/** Takes a text apart at its `{{ path }}` and `{{ path | default: "text" }}`. */
export function parseText(source: string): ParsedText {
  const text: (string | Slot)[] = [];
  const faults: string[] = [];
  let end = 0;
  const addLiteral = (literal: string) => {
    if (literal.includes('{{'))
      faults.push('A "{{" is not closed. Write {{ path }} or {{ path | default: "text" }}.');
    if (literal !== '') text.push(literal);
  };
  for (const hole of source.matchAll(HOLE)) {
    addLiteral(source.slice(end, hole.index));
    end = hole.index + hole[0].length;
    const slot = parseSlot(hole[1] ?? '');
    if (slot === undefined)
      faults.push(`${hole[0]} is not understood. Write {{ path }} or {{ path | default: "text" }}.`);
    else text.push(slot);
  }
  addLiteral(source.slice(end));
  return { text, faults };
}

function parseSlot(inside: string): Slot | undefined {
  const parts = SLOT.exec(inside);
  if (parts?.[1] === undefined) return undefined;
  const fallback = parts[2] ?? parts[3];
  return fallback === undefined ? { path: parts[1] } : { path: parts[1], default: fallback };
}
