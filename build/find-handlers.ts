import type { HandlersFile, PlacedHandler } from '../lib/rules/compile/handlers-file.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';
import { type ExportedObject, exportedObject, isRefused, type Refused } from './exported-object.ts';
import { type Entry, listEntries } from './list-entries.ts';
import { problemsOf } from './problems-of.ts';

/** The same file for the check, or why it cannot be read. */
export type FoundHandlers = { readonly ok: true; readonly found: HandlersFile } | NotFound;

interface NotFound {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

const HOW = 'Write: export default handlers({ async orderStatus({ number }) { … } });';

/** The handlers of a file and where they stand, without running it. */
export async function findHandlers({ file, text }: SourceFile): Promise<FoundHandlers> {
  const { parseAst } = await import('rolldown/parseAst');
  const refuse = ({ at, why }: Refused): NotFound => ({
    ok: false,
    problems: [{ file, ...placeAt(text, at), message: `${why} ${HOW}` }],
  });
  let object: ExportedObject | Refused;
  let entries: readonly Entry[] | Refused;
  try {
    const program = parseAst(text, { lang: 'ts' }, file);
    object = exportedObject(program);
    entries = isRefused(object) ? object : listEntries(program, object);
  } catch (error) {
    return { ok: false, problems: await whyNot(error, text, file) };
  }
  if (isRefused(entries)) return refuse(entries);
  const handlers = entries.map(({ name, at }): PlacedHandler => ({ name, ...placeAt(text, at) }));
  return { ok: true, found: { file, handlers } };
}

/** In the words of esbuild, which everything else is built with; it takes almost everything that can be parsed. */
async function whyNot(error: unknown, text: string, file: string): Promise<readonly Problem[]> {
  const { transform } = await import('esbuild');
  try {
    await transform(text, { loader: 'ts', logLevel: 'silent' });
  } catch (failure) {
    return problemsOf(failure, file);
  }
  const at = error instanceof Error && 'pos' in error ? Number(error.pos) : 0;
  return [{ file, ...placeAt(text, at), message: 'This is not TypeScript that can be read.' }];
}

/** @param at how many UTF-16 units stand before it */
function placeAt(text: string, at: number): Pick<Problem, 'line' | 'column'> {
  const before = text.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
