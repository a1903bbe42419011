import { DONE, FAILED, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { type AuditPorts, writeAudit } from './audit.ts';
import type { ChangeValues, ShowTextValues } from './stage-options.ts';

/** What a command would change, found out before it changes anything. */
export interface Change<T> {
  /** The command's words, for the audit: `dead drop`. */
  readonly command: string;
  /** One line an item, as an order: `Mute CH… until 10:30.` They are kept: SIDs only, no address, name or text. */
  readonly items: readonly string[];
  /** Asks however few they are, because nothing brings back what is gone. @default false */
  readonly asksAlways?: boolean;
  /** @param why as `--reason` or whoever was asked says */
  readonly act: (why: string) => Promise<Acted<T>>;
}

/** What came of it; of several things that of those which were done. */
export interface Acted<T> {
  readonly result: T;
  readonly stopped?: Stopped | undefined;
}

/** Where a change of several things ended before it was through. */
export interface Stopped {
  /** Orders, as somebody has agreed to them. */
  readonly done: readonly string[];
  readonly failed: string;
  readonly error: unknown;
  readonly notTried: readonly string[];
}

export type Changed<T> =
  | { readonly ended: 'done'; readonly result: T }
  | { readonly ended: 'failed'; readonly result: T; readonly stopped: Stopped }
  | { readonly ended: 'dry_run' | 'declined' | 'nothing'; readonly would: readonly string[] };

/** More than these are not changed without a question. */
const ASKS_ABOVE = 10;
export const MOST_SHOWN = 20;

/**
 * The one way in which a command changes something. It says what it would do, asks where there is much of it, asks why
 * where `--reason` does not say so, and leaves an audit. With `--json` it prints nothing but its question, with what that is
 * about: what was done, or would be, is in the command's own object (tell-changed.ts). What is changed one thing after the
 * other goes through changeEach (change-each.ts).
 *
 * @throws CommandError when it may not go on and there is nobody to ask
 */
export async function change<T>(
  stage: AuditPorts,
  values: ChangeValues & { readonly json: boolean },
  terminal: Terminal,
  { command, items, asksAlways = false, act }: Change<T>,
): Promise<Changed<T>> {
  const say = values.json ? () => undefined : terminal.out;
  if (items.length === 0) {
    say('Nothing to do.');
    return { ended: 'nothing', would: items };
  }
  const asks = asksAlways || items.length > ASKS_ABOVE;
  const isAsked = !values.dryRun && ((asks && !values.yes) || values.reason === undefined);
  const show = values.json && isAsked && terminal.ask !== undefined ? terminal.err : say;
  for (const line of items.slice(0, MOST_SHOWN)) show(line);
  if (items.length > MOST_SHOWN) show(`… and ${items.length - MOST_SHOWN} more.`);
  if (values.dryRun) {
    say('Nothing was done: this is what it would do.');
    return { ended: 'dry_run', would: items };
  }
  const why = await agree(values, terminal, {
    question: items.length === 1 ? 'Do it?' : `Do all ${items.length}?`,
    asks,
  });
  if (why === undefined) {
    say('Nothing was done.');
    return { ended: 'declined', would: items };
  }
  const { result, stopped } = await audited(stage, { command, what: items, why }, act);
  return stopped === undefined ? { ended: 'done', result } : { ended: 'failed', result, stopped };
}

/** DONE unless somebody said no, or it ended before it was through. */
export function statusOf({ ended }: Pick<Changed<unknown>, 'ended'>): number {
  return ended === 'declined' || ended === 'failed' ? FAILED : DONE;
}

/**
 * Whether what people wrote may be printed: with `--show-text`, after one question, and with an audit.
 *
 * @param subjects the SIDs of what is shown
 */
export async function mayShowText(
  stage: AuditPorts,
  values: ShowTextValues,
  terminal: Terminal,
  { command, subjects }: { readonly command: string; readonly subjects: readonly string[] },
): Promise<boolean> {
  if (!values.showText) return false;
  const question = 'Show what people wrote?';
  const why = await agree(values, terminal, { question, asks: true });
  if (why === undefined) return false;
  await audited(
    stage,
    { command, what: subjects.map((sid) => `Show the text of ${sid}.`), why },
    async () => ({ result: undefined }),
  );
  return true;
}

async function audited<T>(
  stage: AuditPorts,
  audit: Parameters<typeof writeAudit>[1],
  act: (why: string) => Promise<Acted<T>>,
): Promise<Acted<T>> {
  const close = await writeAudit(stage, audit);
  // Without its end an audit still says who, what and why; and what was done, or why it failed, is not to be hidden by that.
  const end = (ended: 'done' | 'failed') => close(ended).catch(() => undefined);
  let acted: Acted<T>;
  try {
    acted = await act(audit.why);
  } catch (error) {
    await end('failed');
    throw error;
  }
  await end(acted.stopped === undefined ? 'done' : 'failed');
  return acted;
}

/**
 * One question at most: whoever says why has agreed.
 *
 * @returns why; undefined when somebody said no
 */
async function agree(
  { yes, reason }: Pick<ChangeValues, 'yes' | 'reason'>,
  { ask }: Terminal,
  { question, asks }: { readonly question: string; readonly asks: boolean },
): Promise<string | undefined> {
  const mustAsk = asks && !yes;
  if (reason !== undefined && !mustAsk) return reason;
  if (ask === undefined) throw nobodyToAsk(mustAsk, reason);
  if (reason !== undefined)
    return /^y(es)?$/i.test((await ask(`${question} (y/N) `)).trim()) ? reason : undefined;
  const before = mustAsk ? `${question} ` : '';
  const why = (await ask(`${before}Say why, for the audit (an empty line: do nothing): `)).trim();
  return why === '' ? undefined : why.slice(0, 200);
}

function nobodyToAsk(mustAsk: boolean, reason: string | undefined): CommandError {
  const missing = [...(mustAsk ? ['--yes'] : []), ...(reason === undefined ? ['--reason <text>'] : [])];
  return new CommandError(
    MISUSED,
    `Nothing was done: there is nobody to ask, since standard input is not a terminal: add ${missing.join(' and ')}, or look with --dry-run.`,
  );
}
