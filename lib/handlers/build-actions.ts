import type { Bot, RememberedOf, TemplatesOf } from './bot.ts';
import type {
  ForgetAction,
  HandoverAction,
  MediaAction,
  RememberAction,
  TagAction,
  TemplateAction,
  TextAction,
} from './returned.ts';

type Templates = TemplatesOf<Bot>;
type Remembered = RememberedOf<Bot>;

/** A template without variables takes none. Where one of several may be meant, all of them must take the same. */
type Variables<Name extends keyof Templates> = [Unlike<Name>] extends [never]
  ? [Templates[Name]] extends [never]
    ? []
    : [variables: Readonly<Record<Templates[Name] & string, string>>]
  : [variables: never];

/** Of several templates those that do not take every variable that one of them takes. */
type Unlike<Name extends keyof Templates, All = Templates[Name]> = Name extends keyof Templates
  ? [All] extends [Templates[Name]]
    ? never
    : Name
  : never;

/** Where no call remembers anything there is nothing to give. */
type Values<Name> = [Name] extends [never] ? [] : [values: Readonly<Partial<Record<Name & string, string>>>];

/**
 * Sends this text as it is: nothing in it is a slot.
 * @param options.split sends it in parts where it is longer than one message may be. @default false
 * @example
 * ```ts
 * import { text } from 'parley';
 *
 * text('There is no such order.');
 * ```
 */
export function text(body: string, { split = false }: { readonly split?: boolean } = {}): TextAction {
  return { kind: 'text', text: body, split };
}

/**
 * Sends a Content template of the catalogue by its name, with exactly the variables that it has.
 * @example
 * ```ts
 * import { template } from 'parley';
 *
 * template('order_status', { order: '12345' });
 * ```
 */
export function template<Name extends keyof Templates & string>(
  name: Name,
  ...given: Variables<Name>
): TemplateAction {
  const [variables = {}] = given as readonly Readonly<Record<string, string>>[];
  return { kind: 'template', template: name, variables };
}

/**
 * Sends a file that was uploaded to Twilio before, by its SID, alone or with a caption.
 * @example
 * ```ts
 * import { media } from 'parley';
 *
 * media('ME00000000000000000000000000000000', 'The plan of our shop');
 * ```
 */
export function media(sid: string, caption?: string): MediaAction {
  return { kind: 'media', media: sid, ...(caption === undefined ? {} : { text: caption }) };
}

/**
 * Keeps values of this conversation, at most 256 characters each, under names that the call `remembers`. An empty
 * value is forgotten.
 * @example
 * ```ts
 * import { remember } from 'parley';
 *
 * const keep = (...values: Parameters<typeof remember>) => remember(...values);
 * ```
 */
export function remember(...given: Values<Remembered>): RememberAction {
  const [values = {}] = given as readonly Readonly<Record<string, string>>[];
  return { kind: 'remember', values };
}

/**
 * Forgets these values, or all that is remembered of this conversation.
 * @example
 * ```ts
 * import { forget } from 'parley';
 *
 * forget('all');
 * ```
 */
export function forget(...names: ['all'] | Remembered[]): ForgetAction {
  return { kind: 'forget', names: names.length === 1 && names[0] === 'all' ? 'all' : names };
}

/**
 * Writes these into the Attributes of the customer's message.
 * @example
 * ```ts
 * import { tag } from 'parley';
 *
 * tag({ topic: 'refund' });
 * ```
 */
export function tag(attributes: Readonly<Record<string, string>>): TagAction {
  return { kind: 'tag', attributes };
}

/**
 * Carries out what stands before it, then keeps quiet and lets people answer. It comes last.
 * @param options.hours how long the bot keeps quiet. @default 24
 * @param options.back words by which the customer comes back to the bot
 * @param options.invite chat identities that are added to the conversation
 * @example
 * ```ts
 * import { handover, text } from 'parley';
 *
 * const actions = [text('Dana will write to you here.'), handover({ hours: 8, invite: ['dana'] })];
 * ```
 */
export function handover({
  hours = 24,
  back = [],
  invite = [],
}: Partial<Omit<HandoverAction, 'kind'>> = {}): HandoverAction {
  return { kind: 'handover', hours, back, invite };
}
