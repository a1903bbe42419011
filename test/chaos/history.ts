import type { Invocation } from './tapped-function.ts';

/** What one function was invoked for, by the text that the customer wrote. */
export interface History {
  /** @param invoke told how many invocations over this text have begun before */
  record(text: string, invoke: (before: number) => Promise<Invocation>): Promise<Invocation>;
  /** In the order in which they began; undefined while under way. */
  of(text: string): readonly (Invocation | undefined)[];
}

export function createHistory(): History {
  const known = new Map<string, (Invocation | undefined)[]>();
  return {
    record: async (text, invoke) => {
      const invocations = known.get(text) ?? [];
      known.set(text, invocations);
      const before = invocations.push(undefined) - 1;
      const invocation = await invoke(before);
      invocations[before] = invocation;
      return invocation;
    },
    of: (text) => known.get(text) ?? [],
  };
}
