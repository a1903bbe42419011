import { isOneOf } from '../../../lib/reconcile/same-url.ts';
import { listAlerts } from '../../../lib/twilio/alerts.ts';
import { unlessNone } from '../../../lib/twilio/services.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, unseen, warning } from '../check.ts';

const DAY_MS = 86_400_000;

export const alerts: Check = {
  id: 'alerts',
  what: 'Twilio reported no failure of our webhook within a day',
  why: 'Each may be a message that nobody has read.',
  run: async ({ stage, publicUrls }) => {
    const from = stage.clock.now() - DAY_MS;
    const found = await unlessNone(listAlerts(stage.twilioProduct('monitor'), from));
    if (found === undefined) return [unseen('This Twilio has no Monitor.')];
    const ours = found.alerts.filter(({ request_url: url }) => url !== null && isOneOf(publicUrls, url));
    if (ours.length === 0) return [];
    const codes = [...new Set(ours.map(({ error_code: code }) => code ?? 'without a code'))].join(', ');
    const count = `${ours.length}${found.cut ? ' or more' : ''}`;
    return [
      warning(
        `Alerts on our webhook within a day: ${count} (${codes}).`,
        parleyLine('recover --since 24h', stage),
      ),
    ];
  },
};
