import type { Terminal } from '../../../cli/command.ts';
import { dropIn } from '../../../cli/commands/dead-drop.ts';
import { redriveIn } from '../../../cli/commands/dead-redrive.ts';
import type { Stage } from '../../../cli/stage/stage.ts';

const VALUES = {
  which: [],
  rate: 100,
  answerFor: undefined,
  dryRun: false,
  yes: true,
  reason: 'fixed',
  json: true,
};

export interface Redriving {
  readonly which?: readonly string[];
  readonly rate?: number;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** `parley dead redrive --json`, of all unless said otherwise; its lines are those of both streams. */
export async function redriveLetters(stage: Stage, values: Redriving = {}, terminal: Partial<Terminal> = {}) {
  const out: string[] = [];
  const print = (line: string) => out.push(line);
  const around = { cwd: '.', out: print, err: print, ...terminal };
  const status = await redriveIn(stage, { ...VALUES, ...values }, around);
  return { status, out: out.join('\n') };
}

/** `parley dead drop --json`, of all unless there are some. */
export async function dropLetters(stage: Stage, which: readonly string[]) {
  const out: string[] = [];
  const print = (line: string) => out.push(line);
  const status = await dropIn(stage, { ...VALUES, which }, { cwd: '.', out: print, err: print });
  return { status, out: out.join('\n') };
}
