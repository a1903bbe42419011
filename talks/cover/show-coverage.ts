import type { Coverage } from './cover.ts';

/** For people. */
export function showCoverage({ all, unreached, neverFailed }: Coverage): readonly string[] {
  const reached = all - unreached.length;
  return [
    `${reached} of ${all} rules and items of an "otherwise" answer in a talk.`,
    ...unreached.map((rule) => `  no talk reaches ${rule}`),
    ...(neverFailed.length > 0
      ? ['Conditions that held whenever they were asked, so no talk shows what they are for:']
      : []),
    ...neverFailed.map(({ rule, condition }) => `  ${rule}: ${condition}`),
  ];
}
