import type { Values } from '../render/look-up.ts';
import type { TextTemplate } from '../render/text-template.ts';

/**
 * What one action does when its rule answers. `Held` is what the rules hold for it (compile/actions/ makes it),
 * `Message` what is planned from it; plans are stored, so a message is only ever added to, never changed in meaning.
 */
export interface Action<Held, Message> {
  /** Everything in it that may name a value: what has to be read from Twilio first is worked out from these. */
  texts(held: Held): readonly TextTemplate[];
  /** The messages to send, in order, with every value in its place. */
  render(held: Held, values: Values, options: RenderOptions): readonly Message[];
  /** What Twilio creates the message from. The sender adds Author and Attributes, no more. */
  content(message: Message): MessageContent;
}

export interface RenderOptions {
  /** Characters allowed in one template variable. */
  readonly maxVariableValue: number;
}

/** What a message says. Keys are Twilio's parameter names. */
export interface MessageContent {
  readonly Body?: string;
  readonly ContentSid?: string;
  readonly ContentVariables?: Readonly<Record<string, string>>;
  readonly MediaSid?: string;
}

/** What the rules hold for one of these actions. */
export type HeldFor<A> = A extends Action<infer Held, infer _Message> ? Held : never;

/** A message planned from one of these actions. */
export type MessageOf<A> = A extends Action<infer _Held, infer Message> ? Message : never;
