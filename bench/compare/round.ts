import { RECEIVE, REPLY, WHOLE } from './candidates.ts';
import type { Figures } from './measure-handler.ts';

/** What each candidate gave in one round, by its name. */
export type Round = ReadonlyMap<string, Figures>;

/** With both functions as if they were one: an event goes through the first, then through the second. */
export function withWhole(round: Round): Round {
  const [receive, reply] = [round.get(RECEIVE), round.get(REPLY)];
  if (receive === undefined || reply === undefined) return round;
  const measures = Object.keys(receive) as (keyof Figures)[];
  const sums = measures.map((measure) => [measure, receive[measure] + reply[measure]]);
  return new Map([...round, [WHOLE, Object.fromEntries(sums) as unknown as Figures]]);
}
