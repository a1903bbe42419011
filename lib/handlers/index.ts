/** What other code imports as `parley`: what handlers of a bot are made of (docs/handlers.md). */
export type { Bot, CallTypes } from './bot.ts';
export { forget, handover, media, remember, tag, template, text } from './build-actions.ts';
export type { Answer, Context, History, LogNumbers, PastMessage, RequestOptions } from './context.ts';
export { type Handler, type Handlers, handlers } from './define-handlers.ts';
export type { HandlerAction, Returned } from './returned.ts';
