import type { LogLine, Model } from './model.ts';

/**
 * What a step of its own tells (received, handed back, finished, a receipt) has an outcome or counts an attempt; the line that
 * says it again is not shown twice. Nothing is ever learnt from a line.
 */
const TOLD_BY_STEPS = ['outcome', 'attempt'];

/** Shows a line of the bot's log with the message that it names, or else with what the bot is at. */
export function applyLog(model: Model, { line, at }: { readonly line: string; readonly at: number }): void {
  const fields = parseLine(line);
  if (fields === undefined || TOLD_BY_STEPS.some((name) => name in fields)) return;
  const conversation = model.conversations.get(String(fields['conversationSid']));
  const turn = conversation?.turns.get(String(fields['messageSid'])) ?? conversation?.atWork;
  turn?.steps.push({ kind: 'log', at, line: fields });
}

/** What is counted is a log line too, without a message. */
function parseLine(line: string): LogLine | undefined {
  const fields = JSON.parse(line) as LogLine;
  return typeof fields.message === 'string' ? fields : undefined;
}
