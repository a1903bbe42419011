import { quote, type Slip } from './slip.ts';
import { inOneLine, keyBefore, type Token, type Written } from './written.ts';

/** What hardly anybody begins a comment with: `#12`, `#plants`, `#(`, `# 1`; but not a ruler such as `#----`. */
const LIKE_TEXT = /^#(?:[^\s#=*~_!-]| \d)/u;

/** Comments that were meant as text. */
export function* findComments(written: Written): Generator<Slip> {
  const { tokens } = written;
  for (const [index, comment] of tokens.entries()) {
    const before = tokens[index - 1];
    if (comment.kind !== 'comment' || !inOneLine(before, comment) || before === undefined) continue;
    const after = tokens.slice(index + 1).find(({ kind }) => kind !== 'comment');
    if (before.kind === 'plain') yield* behindText(written, index, before, after);
    else if (before.kind === 'map-value-ind' || before.kind === 'seq-item-ind') {
      yield* insteadOfText(written, index, before, after);
    }
  }
}

function* behindText(
  written: Written,
  index: number,
  before: Token,
  after: Token | undefined,
): Generator<Slip> {
  const { text: comment, to } = written.tokens[index] as Token;
  const { from, depth, text } = before;
  const cut = after?.kind === 'plain' && after.depth === depth && after.column > 1 && !isKey(written, after);
  if (cut) {
    const whole = `${text} ${comment.trimEnd()} ${after.text}`.replace(/\s+/g, ' ');
    const message = `${said(comment)}, and ends the text before it. Put the whole text in quotes: ${fix(written, index - 1, whole)}`;
    yield { from: to - comment.length, to, breaks: true, message };
  } else if (LIKE_TEXT.test(comment)) {
    const whole = written.text.slice(from, to).trimEnd();
    const message =
      `${said(comment)}, so all that is left is ${JSON.stringify(text)}. ` +
      `If it belongs to the text, write: ${fix(written, index - 1, whole)}`;
    yield { from, to, note: true, message };
  }
}

/** `text: #1 in town`: nothing is left. */
function* insteadOfText(
  written: Written,
  index: number,
  before: Token,
  after: Token | undefined,
): Generator<Slip> {
  const { text: comment, to } = written.tokens[index] as Token;
  const key = before.kind === 'map-value-ind' ? written.tokens[index - 2] : before;
  if (key === undefined || (after !== undefined && after.depth === before.depth && after.column > key.column))
    return;
  const message = `${said(comment)}, so there is no value. Put a text that begins with # in quotes: ${fix(written, index, comment.trimEnd())}`;
  yield { from: key.from, to, message };
}

function said(comment: string): string {
  return `${JSON.stringify(comment.trimEnd())} is a comment: # after a space begins one`;
}

function fix(written: Written, index: number, whole: string): string {
  const key = keyBefore(written, index);
  return `${key === undefined ? '' : `${key}: `}${quote(whole)}`;
}

function isKey({ tokens }: Written, token: Token): boolean {
  return tokens[tokens.indexOf(token) + 1]?.kind === 'map-value-ind';
}
