import type { Core } from './core.ts';
import { notFound } from './refusal-error.ts';
import type { ServiceRequest } from './service-request.ts';
import type { Conversation, Service } from './state.ts';

/** One request that has been authenticated and matched to a route. */
export interface Call {
  readonly request: ServiceRequest;
  /** Scheme and host that links start with. */
  readonly origin: string;
  /** Path without query, as it was asked for. */
  readonly path: string;
  /** `/v1`, or `/v1/Services/IS…`: what the links of resources of this service start with. */
  readonly base: string;
  /** Decoded path parameters by the names of Twilio's OpenAPI file. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** `X-Twilio-Webhook-Enabled: true`. */
  readonly webhooks: boolean;
  /** Lists of messages show nothing that was written later than this; a fault. */
  readonly staleBefore: number | undefined;
}

/** What a route answers: a status and the resource, or undefined for an empty body. */
export interface Answer {
  readonly status: number;
  readonly resource?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of `resource`, for what is not JSON. */
  readonly bytes?: Uint8Array;
}

export type Route = (core: Core, call: Call) => Answer | Promise<Answer>;

/** Where resources are and what their links start with. */
export interface Place {
  readonly origin: string;
  readonly base: string;
}

export const ok = (resource: unknown): Answer => ({ status: 200, resource });
export const created = (resource: unknown): Answer => ({ status: 201, resource });
export const gone: Answer = { status: 204 };

/** The service a path names; the default one under the short prefix. */
export function serviceOf(core: Core, call: Call): Service {
  const sid = call.params['ChatServiceSid'] ?? core.state.configuration.default_chat_service_sid;
  const service = core.state.services.get(sid);
  if (service === undefined) throw notFound(`/Services/${sid}`);
  return service;
}

/** The conversation a path names by SID or UniqueName. */
export function conversationOf(core: Core, call: Call): { service: Service; conversation: Conversation } {
  const service = serviceOf(core, call);
  const name = call.params['ConversationSid'] ?? '';
  const conversation = findConversation(service, name);
  if (conversation === undefined) throw notFound(`${call.base}/Conversations/${name}`);
  return { service, conversation };
}

export function findConversation(service: Service, name: string): Conversation | undefined {
  return service.conversations.get(service.uniqueNames.get(name) ?? name);
}
