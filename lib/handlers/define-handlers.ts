import type { Bot, CallsOf, CallTypes } from './bot.ts';
import type { Context } from './context.ts';
import type { Returned } from './returned.ts';

/** A function that a rule calls: its values, and what it may use, in; what to do out. */
export type Handler<Call extends CallTypes> = (
  given: Readonly<Record<Call['with'], string>>,
  context: Context<Call['event']>,
) => Returned | Promise<Returned>;

type HandlersOf<B> = {
  readonly [Name in keyof CallsOf<B>]: CallsOf<B>[Name] extends CallTypes ? Handler<CallsOf<B>[Name]> : never;
};

/** As the bot calls them, by name. What comes back is checked before anything is done with it. */
export type Handlers = Readonly<
  Record<string, (given: Readonly<Record<string, string>>, context: Context) => unknown>
>;

/**
 * The handlers of a bot, by the name that a rule's `call` says: one for each, and no other.
 * @example
 * ```ts
 * import { handlers, text } from 'parley';
 *
 * // What the build writes of the rules stands in for `OwnBot`.
 * interface OwnBot {
 *   readonly calls: { readonly orderStatus: { readonly with: 'number'; readonly event: 'onMessageAdded' } };
 * }
 *
 * export default handlers<OwnBot>({
 *   async orderStatus({ number }, { json }) {
 *     const order = await json<{ day: string }>(`https://shop.example/orders/${number}`);
 *     return text(order ? `Order ${number} comes on ${order.day}.` : `There is no order ${number}.`);
 *   },
 * });
 * ```
 */
export function handlers<B extends object = Bot>(given: HandlersOf<B>): Handlers {
  return given as Handlers;
}
