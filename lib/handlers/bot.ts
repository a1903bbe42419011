import type { EventName } from '../event/event-types.ts';

/**
 * What the rules of this bot say of its handlers and templates. Empty here: `npm run build` adds to it what is in
 * bot/rules.yaml (bot/handlers.generated.ts), so that what a handler returns is checked against that.
 */
// biome-ignore lint/suspicious/noEmptyInterface: what is generated is merged into it
export interface Bot {}

/** What a rule gives to a handler. */
export interface CallTypes {
  /** Names under `with`. */
  readonly with: string;
  /** The events of the rules that call it. */
  readonly event: EventName;
}

/** A bot of which nothing is known. */
interface AnyBot {
  readonly templates: Readonly<Record<string, string>>;
  readonly calls: Readonly<Record<string, CallTypes>>;
  readonly remembered: string;
}

type PartOf<B, Name extends keyof AnyBot> =
  B extends Readonly<Record<Name, infer Part>> ? Part : AnyBot[Name];

/** By template, the names of its variables. */
export type TemplatesOf<B> = PartOf<B, 'templates'>;

/** By handler, how it is called. */
export type CallsOf<B> = PartOf<B, 'calls'>;

/** Names under which handlers may remember something. */
export type RememberedOf<B> = PartOf<B, 'remembered'> & string;
