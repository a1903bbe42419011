import { type CheckedFile, valuesUnder } from './checked-file.ts';
import type { HandlersFile } from './handlers-file.ts';
import type { Problem } from './problem.ts';

/** One function answers all calls of a name, so each gives it the same. */
export function checkCalls({ answers }: CheckedFile): void {
  const known = new Map<string, { readonly names: string; readonly line: number }>();
  for (const { then, at } of answers) {
    for (const [place, action] of then === 'ignore' ? [] : then.actions.entries()) {
      if (action.kind !== 'call') continue;
      const names = Object.keys(action.values).sort().join(', ');
      const spot = at(place).at('call');
      const first = known.get(action.handler);
      known.set(action.handler, first ?? { names, line: spot.line() });
      if (first === undefined || first.names === names) continue;
      spot.problem(
        `"${action.handler}" is given ${names || 'nothing'} here, and ${first.names || 'nothing'} in line ` +
          `${first.line}. Give it the same names under "with".`,
      );
    }
  }
}

/** Handlers that no rule calls, where they stand. @param data the whole rules file, of whatever shape */
export function uncalledHandlers({ file, handlers }: HandlersFile, data: unknown): readonly Problem[] {
  const called = new Set(valuesUnder(data, 'call'));
  return handlers
    .filter(({ name }) => !called.has(name))
    .map(({ name, line, column }) => ({
      file,
      line,
      column,
      message: `No rule calls "${name}". Write a rule with "call: ${name}", or leave the handler out.`,
    }));
}
