import { useState } from 'preact/hooks';
import type { Actions } from '../act.ts';
import { RefusedError } from '../refused-error.ts';
import { usePage } from './page-context.ts';

/** What a form does in the world, with a refusal in the world's own words kept for the place where it was filled in. */
export interface FormTools {
  readonly problem: string | undefined;
  /** Says what is wrong before anything is sent, or with undefined that nothing is any more. */
  complain(problem: string | undefined): void;
  /** @returns what the world answers; undefined when it refuses */
  submit<N extends keyof Actions>(name: N, input: Actions[N]): Promise<unknown>;
}

export function useForm(): FormTools {
  const { attempt } = usePage();
  const [problem, complain] = useState<string>();
  return {
    problem,
    complain,
    submit: async (name, input) => {
      try {
        const done = await attempt(name, input);
        complain(undefined);
        return done;
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        complain(error.message);
        return undefined;
      }
    },
  };
}
