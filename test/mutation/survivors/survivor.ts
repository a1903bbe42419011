/** A mutant that no test notices, and why that is right. `npm run mutation` fails on any other, and on one that died. */
export interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  readonly reason: string;
}
