import type { Clock, Random } from '../lib/ports.ts';
import { addContent } from './content/add-content.ts';
import type { ContentInput } from './content/content-types.ts';
import { handleControl } from './control/handle-control.ts';
import type { Core } from './core.ts';
import { createState } from './create-state.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { type Customer, createCustomer } from './customer/create-customer.ts';
import { findService } from './customer/start-conversation.ts';
import { createFaults, type Faults } from './faults/create-faults.ts';
import { handleRequest, parseUrl } from './handle-request.ts';
import { createHappenings, type Listener, type Told } from './happenings.ts';
import { createPace } from './pace.ts';
import { createPlant, type Plant } from './plant.ts';
import { describeStart } from './reset.ts';
import { loadState, saveState } from './save-state.ts';
import type { ServiceRequest, ServiceResponse } from './service-request.ts';
import { type Settings, type SettingsInput, settingsSchema } from './settings.ts';
import { createSids } from './sids.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import type { Deliver } from './webhooks/deliver.ts';
import type { PostEvent, PreEvent } from './webhooks/event-names.ts';

export interface ServiceOptions {
  /** The machine's time, or a simulation's. */
  readonly clock: Clock;
  /** Every SID and every draw comes from it: one seed, one world. */
  readonly random: Random;
  readonly accountSid: string;
  /** Signs webhooks, and opens REST together with the account's SID. */
  readonly authToken: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  /** SID of the default service; made up when absent. */
  readonly serviceSid?: string;
  readonly deliver: Deliver;
  readonly settings?: SettingsInput;
}

export interface WebhookSeed {
  readonly PreWebhookUrl?: string;
  readonly PostWebhookUrl?: string;
  readonly Filters: readonly (PreEvent | PostEvent)[];
  readonly Method?: 'GET' | 'POST';
}

/** Twilio Conversations (classic), as far as docs/local-service.md says, in one process. */
export interface ConversationsService {
  readonly accountSid: string;
  /** The default service, which `/v1/Conversations` means. */
  readonly serviceSid: string;
  /** Every auth token that is alive: the one that signs, then the one that is about to. */
  readonly authTokens: readonly string[];
  /** Answers a REST or control request. Never rejects. */
  handle(request: ServiceRequest): Promise<ServiceResponse>;
  /** What customers and agents do, which REST has no calls for. */
  readonly customer: Customer;
  /** Puts things there without telling anybody, for a seed. */
  readonly plant: Plant;
  /**
   * Adds a content template to the catalogue, approved by WhatsApp unless told otherwise.
   * @returns its SID
   */
  addContent(content: ContentInput, seed?: { readonly sid?: string; readonly approved?: boolean }): string;
  /** Points the default service's webhooks somewhere, as POST …/Configuration/Webhooks does. */
  configureWebhooks(webhooks: WebhookSeed): void;
  readonly faults: Pick<Faults, 'arm' | 'disarm' | 'clear' | 'list'>;
  /** The auth tokens: a secondary one opens REST, and signs once it is promoted. */
  readonly tokens: Pick<Credentials, 'authToken' | 'secondaryToken' | 'createSecondary' | 'promote'>;
  /** The world's time. */
  readonly timeline: Timeline;
  readonly settings: Settings;
  changeSettings(changes: Partial<Settings>): void;
  /** @returns ends the subscription */
  subscribe(listener: Listener): () => void;
  /** What happened after the happening numbered `seq`. */
  since(seq: number): readonly Told[];
  /** Everything the service knows, as text for a file; `load` takes it back. */
  save(): string;
  /** @throws StateFileError when `state` is not what `save` gave */
  load(state: string): void;
  /** From now on `POST /control/reset` comes back to what there is now. Without it, to the empty account. */
  keepAsStart(): void;
  /** Resolves when no webhook is under way (delayed ones not counted). */
  idle(): Promise<void>;
}

/**
 * Makes a service with an empty account. Nothing in it asks the machine for time or chance: the same clock, seed and
 * requests give the same world, to the last SID.
 *
 * @throws ZodError for a setting that is not one
 * @example A customer writes, and the webhook is handed over in process.
 * ```ts
 * import { createConversationsService } from './emulator/index.ts';
 *
 * const service = createConversationsService({
 *   clock: { now: () => Date.parse('2026-11-20T10:00:00Z'), sleep: () => new Promise(() => undefined) },
 *   random: () => 0.5,
 *   accountSid: `AC${'0'.repeat(32)}`,
 *   authToken: 'a-token-of-your-own',
 *   apiKeySid: `SK${'0'.repeat(32)}`,
 *   apiKeySecret: 'a-secret-of-your-own',
 *   deliver: async ({ url, headers, body }) => ({ status: 200, headers: {}, body: '' }),
 * });
 * const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
 * await service.customer.write({ conversationSid: String(conversation['sid']), body: 'order 12345' });
 * ```
 */
export function createConversationsService(options: ServiceOptions): ConversationsService {
  const core = createCore(options);
  return {
    accountSid: options.accountSid,
    get serviceSid() {
      return core.state.configuration.default_chat_service_sid;
    },
    get authTokens() {
      const { authToken, secondaryToken } = core.credentials;
      return secondaryToken === undefined ? [authToken] : [authToken, secondaryToken];
    },
    handle: (request) => handle(core, request),
    customer: createCustomer(core),
    plant: createPlant(core),
    addContent: (content, seed) => addContent(core, content, { approved: true, ...seed }).sid,
    configureWebhooks: ({ PreWebhookUrl, PostWebhookUrl, Filters, Method = 'POST' }) => {
      Object.assign(findService(core).webhooks, {
        pre_webhook_url: PreWebhookUrl ?? null,
        post_webhook_url: PostWebhookUrl ?? null,
        method: Method,
        filters: Filters,
      });
    },
    faults: core.faults,
    tokens: core.credentials,
    timeline: core.timeline,
    get settings() {
      return core.settings;
    },
    changeSettings: (changes) => {
      core.settings = { ...core.settings, ...changes };
    },
    subscribe: core.happenings.subscribe,
    since: core.happenings.since,
    save: () => saveState(core),
    load: (state) => loadState(core, state),
    keepAsStart: () => {
      core.start = describeStart(core);
    },
    idle: async () => {
      while (core.underWay.size > 0) await Promise.allSettled(core.underWay);
    },
  };
}

function handle(core: Core, request: ServiceRequest): Promise<ServiceResponse> {
  const path = parseUrl(request.url)?.pathname ?? '';
  return /^\/control(?:\/|$)/.test(path) ? handleControl(core, request, path) : handleRequest(core, request);
}

function createCore(options: ServiceOptions): Core {
  const { clock, random, accountSid, serviceSid, deliver } = options;
  const newSid = createSids(random);
  const happenings = createHappenings(() => timeline.now());
  const timeline = createTimeline(clock, (error) =>
    happenings.tell({ kind: 'defect', error: String(error instanceof Error ? error.stack : error) }),
  );
  const state = createState(accountSid, newSid, clock.now(), serviceSid);
  const settings = settingsSchema.parse(options.settings ?? {});
  const core: Core = {
    state,
    settings,
    timeline,
    clock,
    random,
    newSid,
    credentials: createCredentials(options),
    happenings,
    faults: createFaults(random, newSid, timeline, happenings),
    pace: createPace(() => core),
    deliver,
    underWay: new Set(),
    start: describeStart({ state, settings, timeline }),
  };
  return core;
}
