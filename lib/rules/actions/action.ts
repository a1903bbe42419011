import type { MemoryChange } from '../memory.ts';
import type { Values } from '../render/look-up.ts';
import type { LocalizedText } from '../render/text-template.ts';

/**
 * What one action does when its rule answers. `Held` is what the rules hold for it (compile/actions/ makes it), `Step`
 * what is planned from it; plans are stored, so a step is only ever added to, never changed in meaning.
 */
export interface Action<Held, Step> {
  /** Everything in it that may name a value: what has to be read from Twilio first is worked out from these. */
  texts(held: Held): readonly LocalizedText[];
  /** What is to be done at Twilio, in order, with every value in its place. */
  render(held: Held, values: RenderValues, options: RenderOptions): readonly Step[];
  /** What it changes of what is remembered. */
  changes?(held: Held, values: RenderValues): ActionChange;
}

/** An action that posts messages. */
export interface MessageAction<Held, Message> extends Action<Held, Message> {
  /** What Twilio creates the message from. The sender adds Author and Attributes, no more. */
  content(message: Message): MessageContent;
}

/** What rendering knows: every value, and the language in which to speak. */
export interface RenderValues extends Values {
  readonly language: string;
  /** Of texts; the first is the fallback. */
  readonly languages: readonly string[];
}

export interface RenderOptions {
  /** Characters allowed in one template variable. */
  readonly maxVariableValue: number;
}

export type ActionChange = Pick<MemoryChange, 'values' | 'forgetsAll' | 'handover'>;

/** What a message says. Keys are Twilio's parameter names. */
export interface MessageContent {
  readonly Body?: string;
  readonly ContentSid?: string;
  readonly ContentVariables?: Readonly<Record<string, string>>;
  readonly MediaSid?: string;
}

/** What the rules hold for one of these actions. */
export type HeldFor<A> = A extends Action<infer Held, infer _Step> ? Held : never;

/** What is planned from one of these actions. */
export type StepOf<A> = A extends Action<infer _Held, infer Step> ? Step : never;
