import { readFile } from 'node:fs/promises';
import { FAILED } from '../../cli/command.ts';
import { CommandError } from '../../cli/command-error.ts';
import { whyNoFile } from '../../cli/why-no-file.ts';
import { decodeText } from '../../lib/rules/compile/decode-text.ts';
import { formatProblem, type Problem } from '../../lib/rules/compile/problem.ts';
import { plantAll, type Target } from './plant-all.ts';
import { defaultServiceSid, readSeed } from './read-seed.ts';

/** A seed that has been read. */
export interface Seed {
  /** The SID that it gives the account's default service, which has to be there from the beginning. */
  readonly serviceSid: string | undefined;
  /**
   * Puts into an empty service what it says.
   * @throws CommandError with everything that is wrong with it, and where
   */
  readonly plant: (service: Target) => Promise<void>;
}

/** @throws CommandError when the file cannot be read, or is not YAML in UTF-8 */
export async function loadSeed(file: string): Promise<Seed> {
  const bytes = await readFile(file).catch((error: Error) => {
    const why = `--seed is ${JSON.stringify(file)}, which cannot be read: ${whyNoFile(error)}.`;
    throw new CommandError(FAILED, why, { cause: error });
  });
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw seedError([{ file, ...decoded.place }]);
  const seed = readSeed({ file, text: decoded.text });
  const { problems } = seed.findings;
  if (problems.length > 0) throw seedError(problems);
  return {
    serviceSid: defaultServiceSid(seed),
    plant: async (service) => {
      await plantAll(service, seed);
      if (problems.length > 0) throw seedError(problems);
    },
  };
}

function seedError(problems: readonly Problem[]): CommandError {
  const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return new CommandError(FAILED, `The seed cannot be used:\n${inOrder.map(formatProblem).join('\n')}`);
}
