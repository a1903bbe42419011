import { lazily } from '../../lazily.ts';
import { compose, PLAIN } from '../../text/compose.ts';
import { endWithout } from '../../text/trim.ts';

/** Characters: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1, https://www.rfc-editor.org/rfc/rfc1035 */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
const LONGEST_LABEL = 63;

/** Where an address ends among other characters. */
interface Edges {
  /** One character that may stand before the `@`. */
  readonly local: RegExp;
  /** All that may be the host, from its beginning. */
  readonly host: RegExp;
  /** What leads an address without being of it: quotes, markup, the dots of a pause. */
  readonly leading: RegExp;
}

const SIGNS = ".!#$%&'*+\\-\\/=?^_`\\{\\|\\}~";
const WORD = '\\p{L}\\p{M}\\p{N}';
/** Written without spaces, or with endings: an address stands right among the words, as in メールはana@example.comです. */
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}ー\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';

const PLAIN_EDGES: Edges = {
  local: new RegExp(`[a-z0-9${SIGNS}]`, 'i'),
  host: /^[a-z0-9\-.]+/i,
  leading: /^[^a-z0-9_]+/i,
};
const LOCAL = lazily(() => new RegExp(`[${WORD}${SIGNS}]`, 'v'));
const SPACED_LOCAL = lazily(() => new RegExp(`[[${WORD}${SIGNS}]--[${UNSPACED}]]`, 'v'));
const HOST = lazily(() => new RegExp(`^[${WORD}\\-.]+`, 'v'));
const SPACED_HOST = lazily(() => new RegExp(`^[[${WORD}\\-.]--[${UNSPACED}]]+`, 'v'));
const LEADING = lazily(() => new RegExp(`^[^${WORD}_]+`, 'v'));
const ENDS_UNSPACED = lazily(() => new RegExp(`[${UNSPACED}]$`, 'v'));
const STARTS_UNSPACED = lazily(() => new RegExp(`^[${UNSPACED}]`, 'v'));

/** Allowed, and yet as likely a sign of something else: `email=ana@…`, `https://…?to=ana@…`. */
const DOUBTFUL = /[/=?^`{|}]|\.\.|\.$|^$/;

/**
 * The one e-mail address of a message as the customer wrote it, without invisible characters and what stands around it:
 * `<ana@example.com>`, `mailto:ana@example.com`, `*ana@example.com*`, the full stop of the sentence. Undefined where
 * there is none or more than one; the same one twice, in any case, counts once. Letters of any script may be in it;
 * quotes, comments and numeric hosts may not.
 */
export function readEmail(body: string): string | undefined {
  const text = compose(body);
  const isPlain = PLAIN.test(text);
  let found: string | undefined;
  let previous = -1;
  for (const { index } of text.matchAll(/@/g)) {
    const edges = isPlain
      ? PLAIN_EDGES
      : edgesIn(text.slice(previous + 1, index), text.slice(index + 1, index + 3));
    const address = readAround(text, previous + 1, index, edges);
    previous = index;
    if (address === undefined) continue;
    if (found !== undefined && found.toLowerCase() !== address.toLowerCase()) return undefined;
    found ??= address;
  }
  return found;
}

/** @param from where to stop on the left: right after the `@` before, so that each character is looked at once */
function readAround(text: string, from: number, at: number, edges: Edges): string | undefined {
  const start = from + endWithout(text.slice(from, at), edges.local);
  const run = edges.host.exec(text.slice(at + 1))?.[0] ?? '';
  const next = text.charAt(at + 1 + run.length);
  // Neither the name of somebody on another service (@ana@example.com) nor any other chain is an address.
  if (text.charAt(start - 1) === '@' || next === '@') return undefined;
  const host = run.slice(0, endWithout(run, /[.-]/));
  const local = text
    .slice(start, at)
    .replace(edges.leading, '')
    .replace(next === '_' ? /^_/ : '', '');
  const address = `${local}@${host}`;
  if (address.length > LONGEST || local.length > LONGEST_LOCAL || DOUBTFUL.test(local)) return undefined;
  return isHost(host) ? address : undefined;
}

/** A script without spaces belongs to the address where it touches the `@`, and to the sentence otherwise. */
function edgesIn(before: string, after: string): Edges {
  return {
    local: ENDS_UNSPACED().test(before) ? LOCAL() : SPACED_LOCAL(),
    host: STARTS_UNSPACED().test(after) ? HOST() : SPACED_HOST(),
    leading: LEADING(),
  };
}

function isHost(host: string): boolean {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  const isName = last.length > 1 && (!/[\p{N}-]/u.test(last) || /^xn--/i.test(last));
  return isName && labels.length > 1 && labels.every(isLabel);
}

function isLabel(label: string): boolean {
  const { length } = label;
  return 0 < length && length <= LONGEST_LABEL && !label.startsWith('-') && !label.endsWith('-');
}
