import type { Core } from '../core.ts';

/**
 * Who does something, which decides whether anybody hears of it: customers on a channel and SDK clients fire every
 * webhook, REST only post-event ones and only with `X-Twilio-Webhook-Enabled: true`.
 * @see https://www.twilio.com/docs/conversations/conversations-webhooks
 */
export interface Actor {
  /** The webhook's `Source`: SDK, API, or a channel's. */
  readonly Source: string;
  readonly ClientIdentity?: string;
  /** Whether post-event webhooks fire. */
  readonly fires: boolean;
  /** Whether pre-event webhooks are asked. */
  readonly asksFirst: boolean;
  /** A carrier hands over what a customer did, which no state of the conversation can keep from having happened. */
  readonly overChannel?: true;
}

export function restActor(core: Core, webhooks: boolean): Actor {
  return { Source: 'API', fires: webhooks, asksFirst: webhooks && core.settings.preWebhooksForRest };
}

export function sdkActor(identity: string): Actor {
  return { Source: 'SDK', ClientIdentity: identity, fires: true, asksFirst: true };
}

/** @param type the messaging binding's: sms, whatsapp, rcs, … */
export function channelActor(core: Core, type: string): Actor {
  const Source = core.settings.sources[type] ?? type.toUpperCase();
  return { Source, fires: true, asksFirst: true, overChannel: true };
}

/** Timers and first messages change things too, and no header can silence them. */
export const systemActor: Actor = { Source: 'API', fires: true, asksFirst: false };
