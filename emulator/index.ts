/**
 * Twilio Conversations (classic) in one process: the only door of this room. What is not exported here is nobody
 * else's business, and test/boundaries.test.ts keeps it so. docs/local-service.md says what is emulated.
 *
 * @example A service on a port, which posts its webhooks over HTTP.
 * ```ts
 * import { createConversationsService, deliverOverHttp, listen } from './emulator/index.ts';
 *
 * const service = createConversationsService({
 *   clock: { now: Date.now, sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) },
 *   random: Math.random,
 *   accountSid: `AC${'0'.repeat(32)}`,
 *   authToken: 'a-token-of-your-own',
 *   apiKeySid: `SK${'0'.repeat(32)}`,
 *   apiKeySecret: 'a-secret-of-your-own',
 *   deliver: deliverOverHttp,
 * });
 * service.configureWebhooks({ PostWebhookUrl: 'http://127.0.0.1:3000/hook', Filters: ['onMessageAdded'] });
 * const { url, close } = await listen(service, { port: 4000 });
 * ```
 */
export type { ContentInput } from './content/content-types.ts';
export {
  type ConversationsService,
  createConversationsService,
  type ServiceOptions,
  type WebhookSeed,
} from './create-service.ts';
export { BUSINESS_NUMBER } from './customer/business-number.ts';
export { CUSTOMER_CHANNELS, type CustomerChannel } from './customer/channels.ts';
export type { Customer } from './customer/create-customer.ts';
export type { Fault, FaultInput } from './faults/fault.ts';
export type {
  Happening,
  RequestHappening,
  ResourceHappening,
  Told,
  WebhookAnswered,
  WebhookSent,
} from './happenings.ts';
export { deliverOverHttp } from './http-deliver.ts';
export { type Listening, type ListenOptions, listen } from './http-listener.ts';
export { type Endpoint, listEndpoints } from './list-endpoints.ts';
export { createMatcher } from './match-route.ts';
export type { Plant, PlantedConversation, PlantedMessage, PlantedParticipant } from './plant.ts';
export { type ErrorBody, RefusalError, routeRefusal } from './refusal-error.ts';
export type { ServiceRequest, ServiceResponse, Transport } from './service-request.ts';
export type { Settings, SettingsInput } from './settings.ts';
export type { Resource } from './show.ts';
export { createSids, type NewSid, type SidPrefix } from './sids.ts';
export type { RenderedContent } from './state.ts';
export { readStateFile, writeStateFile } from './state-file.ts';
export { StateFileError } from './state-file-error.ts';
export type { Timeline } from './timeline.ts';
export type { Deliver, WebhookRequest, WebhookResponse } from './webhooks/deliver.ts';
