import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Actions } from '../act.ts';
import type { Model } from '../model/model.ts';

/** What every part of the page may use. */
export interface PageTools {
  readonly model: Model;
  /** World time, in milliseconds since the epoch. */
  now(): number;
  /**
   * Does something in the world.
   * @throws RefusedError
   */
  attempt<N extends keyof Actions>(name: N, input: Actions[N]): Promise<unknown>;
  /** Does something in the world; a refusal is said in passing and gives undefined. */
  act<N extends keyof Actions>(name: N, input: Actions[N]): Promise<unknown>;
  /** Says something in passing. */
  say(text: string, tone?: 'plain' | 'bad'): void;
}

export const PageContext = createContext<PageTools | undefined>(undefined);

export function usePage(): PageTools {
  const tools = useContext(PageContext);
  if (tools === undefined) throw new Error('This part of the page is outside of it.');
  return tools;
}
