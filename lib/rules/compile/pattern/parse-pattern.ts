import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

const parser = new RegExpParser({ ecmaVersion: 2025 });

/**
 * Reads the source of a RegExp. It must have compiled with the flags `iu` before.
 * @throws SyntaxError-like when this library does not know what the engine knows, and RangeError when it is nested
 * thousands of times
 */
export function parsePattern(source: string): AST.Pattern {
  return parser.parsePattern(source, 0, source.length, { unicode: true });
}

/** The alternatives of a pattern or group, each as the parts it has in a row. */
export function partsOf({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }) {
  return alternatives.map(({ elements }) => elements);
}

/** The first group that changes flags, such as `(?-i:x)`. */
export function findFlags(pattern: AST.Pattern): string | undefined {
  let found: string | undefined;
  visitRegExpAST(pattern, {
    onGroupEnter: ({ modifiers, raw }) => {
      if (modifiers !== null) found ??= raw;
    },
  });
  return found;
}
