import { isOneOf } from '../../lib/reconcile/same-url.ts';
import type { AddressConfiguration } from '../../lib/twilio/addresses.ts';
import { type Finding, problem, warning } from '../doctor/check.ts';
import type { Look } from '../doctor/look.ts';
import { parleyLine } from '../stage/suggest.ts';

/** What is wrong with addresses, each by its SID: a number is somebody's business only. */
export function addressFindings(
  { stage, serviceSids, publicUrls, isScoped }: Look,
  addresses: readonly AddressConfiguration[],
): readonly Finding[] {
  return addresses.flatMap(({ sid, type, auto_creation: auto }): readonly Finding[] => {
    const fix = parleyLine(`addresses set ${sid}`, stage);
    const name = `The ${type ?? 'unknown'} address ${sid}`;
    if (auto?.enabled !== true) return [warning(`${name} makes no conversations.`, fix)];
    const service = auto.conversation_service_sid;
    const isElsewhere = typeof service === 'string' && !serviceSids.includes(service);
    if (isElsewhere) return [warning(`${name} makes conversations in ${service}.`, fix)];
    if (auto.type === 'studio') {
      return [problem(`${name} has a Studio flow answer in each conversation it makes.`, fix)];
    }
    const isOurs = auto.type === 'webhook' && isOneOf(publicUrls, auto.webhook_url ?? '');
    if (isOurs && !isScoped) {
      return [problem(`${name} gives each conversation a webhook of its own that leads here too.`, fix)];
    }
    return [];
  });
}
