import type { Profile } from '../profile.ts';
import { seededRandom } from '../scheduler.ts';
import { answers } from './answers.ts';
import { budgets } from './budgets.ts';
import { deadly } from './deadly.ts';
import { doubtful } from './doubtful.ts';
import { down } from './down.ts';
import { edits } from './edits.ts';
import { eventualTable } from './eventual-table.ts';
import { expiry } from './expiry.ts';
import { firstLook } from './first-look.ts';
import { handlers } from './handlers.ts';
import { lasting } from './lasting.ts';
import { late } from './late.ts';
import { leaving } from './leaving.ts';
import { long } from './long.ts';
import { memory } from './memory.ts';
import { operators } from './operators.ts';
import { ordinary } from './ordinary.ts';
import { programs } from './programs.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { shortOfTime } from './short-of-time.ts';
import { steps } from './steps.ts';
import { tableLost } from './table-lost.ts';
import { stackLost, twoStacks } from './two-stacks.ts';
import { vanished } from './vanished.ts';
import { welcomes } from './welcomes.ts';

/** Every profile; a new one is a file here and a row. */
export const PROFILES: readonly Profile[] = [
  ordinary,
  lasting,
  deadly,
  welcomes,
  long,
  doubtful,
  answers,
  late,
  edits,
  memory,
  leaving,
  budgets,
  programs,
  vanished,
  down,
  twoStacks,
  stackLost,
  tableLost,
  eventualTable,
  settings,
  operators,
  firstLook,
  expiry,
  services,
  shortOfTime,
  steps,
  handlers,
];

/** Apart from the draws of the world, so that a seed of a profile is the same world however it was come to. */
const DRAW = 0x5eed;

/** The profile that a seed plays, by share. It changes as profiles come, so whoever notes a seed notes its profile. */
export function profileOf(seed: number, profiles = PROFILES): Profile {
  const all = profiles.reduce((sum, { share = 1 }) => sum + share, 0);
  let draw = seededRandom(seed ^ DRAW)() * all;
  for (const profile of profiles) {
    draw -= profile.share ?? 1;
    if (draw < 0) return profile;
  }
  return ordinary;
}

/** @throws Error that lists the names, when there is no such profile */
export function profileNamed(name: string): Profile {
  const found = PROFILES.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `There is no profile "${name}". There are: ${PROFILES.map((profile) => profile.name).join(', ')}.`,
  );
}
