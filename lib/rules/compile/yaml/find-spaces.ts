import { meantFrom, quote, type Slip } from './slip.ts';
import { inOneLine, keyBefore, type Token, type Written } from './written.ts';

const ODD_SPACE = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/;
const PAIRS = /^(?:“[^“”]*”|„[^„“”]*[“”]|‘[^‘]*’|«[^«»]*»|‚[^‚‘’]*[‘’]|”[^“”]*”|’[^‘’]*’)$/;

/** Missing spaces, and characters that look like what YAML knows. */
export function* findSpaces(written: Written): Generator<Slip> {
  const { tokens } = written;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'plain') continue;
    const before = tokens[index - 1];
    const isValue = before?.kind === 'map-value-ind' && inOneLine(before, token);
    if (isValue) yield* typographicQuotes(written, index, token);
    else {
      yield* missingSpace(written, token, tokens[index + 1]);
      yield* typographicQuotes(written, index, token);
      yield* strangers(token);
    }
  }
}

function* missingSpace(written: Written, token: Token, next: Token | undefined): Generator<Slip> {
  const { from, to, text, line, lastLine } = token;
  const [first = ''] = text.split(/\r?\n/, 1);
  const [all, dash = '', key = '', value = ''] = /^(-?)([a-z_]+)(?::(\S.*))?$/i.exec(first) ?? [];
  const isKnown = written.keys.has(key) || (line < lastLine && next?.kind === 'map-value-ind');
  if (all === undefined || !isKnown || value.startsWith('//')) return;
  const meant = meantFrom(written, token);
  if (dash !== '' && (value !== '' || next?.kind === 'map-value-ind')) {
    const message = `A space is missing after the dash. Write: - ${meant.slice(1).replace(/:(?=\S)/, ': ')}`;
    yield { from, to, breaks: true, message };
  } else if (value !== '') {
    yield {
      from,
      to,
      breaks: true,
      message: `A space is missing after the colon. Write: ${key}: ${meant.slice(key.length + 1)}`,
    };
  }
}

function* strangers({ from, to, text }: Token): Generator<Slip> {
  const [first = ''] = text.split(/\r?\n/, 1);
  const odd = /^\S*?[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/.exec(first)?.[0];
  if (odd !== undefined) {
    const at = from + odd.length - 1;
    const code = (ODD_SPACE.exec(odd)?.[0] ?? '').codePointAt(0) ?? 0;
    const message = `This looks like a space and is another character (U+${code.toString(16).toUpperCase().padStart(4, '0')}). Type an ordinary space instead.`;
    yield { from, to, at, breaks: true, message };
  }
  const [, bullet] = /^([•·▪–—])\s/.exec(first) ?? [];
  if (bullet !== undefined) {
    yield {
      from,
      to,
      breaks: true,
      message: `An item of a list begins with a hyphen and a space, not with ${bullet}`,
    };
  }
  const [, key] = /^([a-z_]+)\s?：/i.exec(first) ?? [];
  if (key !== undefined) {
    const message = `This colon is not the one that YAML knows. Write: ${key}: and a space.`;
    yield { from, to, breaks: true, message };
  }
}

/** “ and ” are part of the text, and would be sent. */
function* typographicQuotes(written: Written, index: number, token: Token): Generator<Slip> {
  const { from, depth } = token;
  const [line = ''] = written.text.slice(from).split(/\r?\n/, 1);
  const pieces = depth > 0 ? [token.text, upToClosing(line)] : [token.text, line.trimEnd()];
  const whole = pieces.find((piece) => PAIRS.test(piece));
  if (whole === undefined) return;
  const key = keyBefore(written, index);
  const inside = quote(whole.slice(1, -1).trim());
  const message =
    `YAML does not know the quotes ${whole.slice(0, 1)} and ${whole.slice(-1)}: they are part of the text. ` +
    `Write straight ones: ${key === undefined ? '' : `${key}: `}${inside}`;
  yield { from, to: from + whole.length, breaks: true, note: true, message };
}

function upToClosing(line: string): string {
  return /^.[^“”‘’«»]*./u.exec(line)?.[0] ?? line;
}
