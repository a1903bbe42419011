import { join } from 'node:path';
import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { readConfig } from '../../lib/config.ts';
import type { SigningKey } from '../../lib/ports.ts';
import { webhookEvents } from '../../lib/rules/answered-events.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { type AddressConfiguration, listAddresses } from '../../lib/twilio/addresses.ts';
import {
  fetchWebhookConfiguration,
  type WebhookConfiguration,
} from '../../lib/twilio/webhook-configuration.ts';
import { readSigningKeys } from '../stage/signing-keys.ts';
import type { Stage } from '../stage/stage.ts';
import { readCertificate } from './aws/read-certificate.ts';
import { type Door, openDoor } from './door/open-door.ts';
import { once, onceEach } from './once.ts';
import { type RecentConversation, recentConversations } from './recent-conversations.ts';

/** What checks look at. What several of them ask is asked once. */
export interface Look {
  readonly stage: Stage;
  /** Where bot/ and stages/ are. */
  readonly cwd: string;
  readonly readCertificate: typeof readCertificate;
  readonly accountSid: string;
  readonly serviceSids: readonly string[];
  /** The first is where Twilio is to send webhooks. */
  readonly publicUrls: readonly string[];
  readonly botAuthor: string;
  /** Whether conversations or addresses carry the webhook, and not the service. */
  readonly isScoped: boolean;
  readonly door: Door;
  /** What signs webhooks, as far as the stage knows: an auth token, as a rule. */
  readonly signingKeys: () => Promise<readonly SigningKey[]>;
  /** Of the rules in bot/; undefined where they have problems. */
  readonly book: () => Promise<RuleBook | undefined>;
  readonly events: () => Promise<readonly string[] | undefined>;
  /** None in the local world. */
  readonly stackResources: () => Promise<readonly StackResourceSummary[]>;
  readonly serviceWebhooks: (serviceSid: string) => Promise<WebhookConfiguration>;
  readonly accountWebhooks: () => Promise<WebhookConfiguration>;
  readonly addresses: () => Promise<readonly AddressConfiguration[]>;
  /** A sample: the newest few of each service. */
  readonly recent: () => Promise<readonly RecentConversation[]>;
}

/** @param cwd where bot/ and stages/ are */
export function lookAtStage(stage: Stage, cwd: string): Look {
  const config = readConfig('reconcile', {
    ...stage.settings.reconcile,
    AWS_LAMBDA_FUNCTION_NAME: undefined,
  });
  const { TWILIO_CHAT_SERVICE_SID: serviceSids, PUBLIC_URL: publicUrls } = config;
  const book = once(async () => {
    const { loadRules } = await import('../../build/load-rules.ts');
    const shown = 'bot/rules.yaml';
    const compiled = await loadRules(join(cwd, shown), shown, undefined, stage.name);
    return compiled.ok ? compiled.book : undefined;
  });
  return {
    stage,
    cwd,
    readCertificate,
    accountSid: config.TWILIO_ACCOUNT_SID,
    serviceSids,
    publicUrls,
    botAuthor: config.BOT_AUTHOR,
    isScoped: config.WEBHOOK_WIRING === 'conversation',
    door: openDoor(publicUrls[0] ?? '', fetch),
    signingKeys: once(() => readSigningKeys(stage)),
    book,
    events: once(async () => {
      const good = await book();
      return good && webhookEvents(good);
    }),
    stackResources: once(async () => {
      if (stage.aws === undefined) return [];
      const { listStackResources } = await import('./aws/list-stack-resources.ts');
      return listStackResources(stage.aws);
    }),
    serviceWebhooks: onceEach((serviceSid) => fetchWebhookConfiguration(stage.twilio, serviceSid)),
    accountWebhooks: once(() => fetchWebhookConfiguration(stage.twilio)),
    addresses: once(() => listAddresses(stage.twilio)),
    recent: once(() => recentConversations(stage.twilio, serviceSids)),
  };
}
