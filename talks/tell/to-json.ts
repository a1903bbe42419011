import type { Problem } from '../../lib/rules/compile/problem.ts';
import type { Coverage } from '../cover/cover.ts';
import type { Played } from '../play/play-talk.ts';
import { findFailure } from './find-failure.ts';
import { stepOf } from './show-failure.ts';

/** For scripts; the names are documented in docs/talks.md. */
export function toJson({
  played,
  problems,
  notes,
  coverage,
}: {
  readonly played: readonly Played[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
  readonly coverage?: Coverage;
}) {
  return {
    talks: played.map((one) => {
      const {
        name,
        place: { file, line },
      } = one.talk;
      const failure = findFailure(one);
      return {
        talk: name,
        file,
        line,
        isGood: failure === undefined,
        ...(failure && { failure: failureOf(failure) }),
      };
    }),
    problems,
    notes,
    ...(coverage && { coverage }),
  };
}

function failureOf({ place, message, answer }: NonNullable<Played['failure']>) {
  const { line, column } = place;
  const { said = [], reason, considered = [] } = answer ?? {};
  return {
    line,
    column,
    step: stepOf(place),
    message,
    said,
    ...(reason === undefined ? {} : { reason }),
    considered,
  };
}
