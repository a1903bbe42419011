import { next, today } from './describe-hours.ts';
import type { OpeningHours } from './opening-hours.ts';

interface Asked {
  readonly now: number;
  readonly language?: string | undefined;
  readonly timezone?: string | undefined;
  readonly hours?: Readonly<Record<string, OpeningHours>> | undefined;
}

/** `hours.<name>.today` and `hours.<name>.next`. */
export function lookUpHours(asked: Asked, name: string, part: string): string | undefined {
  const hours = Object.hasOwn(asked.hours ?? {}, name) ? asked.hours?.[name] : undefined;
  if (hours === undefined) return undefined;
  const { now, timezone = 'UTC', language = 'en' } = asked;
  return part === 'next' ? next(hours, timezone, now, language) : today(hours, timezone, now, language);
}
