import { ACCOUNT, ORIGIN, WEBHOOK_URL } from '../account.ts';
import { NO_FAULTS } from '../fault-load.ts';
import { drawKind } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { playCustomers } from './customers.ts';

const KEY = `Basic ${Buffer.from(`${ACCOUNT.apiKeySid}:${ACCOUNT.apiKeySecret}`).toString('base64')}`;
const CHANNELS = ['whatsapp', 'sms', 'rcs', 'messenger', 'chat'] as const;

/** One bot for two services of the account, the second wired by itself or by the account, and customers of every kind. */
export const services: Profile = {
  name: 'services',
  about: 'One bot answers two services, on WhatsApp and by SMS, RCS, Messenger and chat',
  scene: (scheduler) => {
    const { random } = scheduler;
    // Who handles STOP depends on the channel, and has tests of its own.
    const kind = () => {
      for (;;) {
        const drawn = drawKind(random);
        if (drawn.text(0) !== 'STOP') return drawn;
      }
    };
    return {
      play: async (stage) => {
        const load = stage.world.faults();
        stage.world.setFaults(NO_FAULTS);
        const second = await openService(stage, random() < 0.5);
        stage.world.setFaults(load);
        stage.world.setSettings({ TWILIO_CHAT_SERVICE_SID: `${ACCOUNT.serviceSid}, ${second}` });
        for (const serviceSid of [ACCOUNT.serviceSid, second]) {
          const maxMessages = Math.ceil(stage.maxMessages / 2);
          await playCustomers({ ...stage, maxMessages }, { channels: CHANNELS, serviceSid, kind });
        }
      },
    };
  },
};

/** @param byAccount its webhooks are configured at the account, not at the service */
async function openService({ world }: Stage, byAccount: boolean): Promise<string> {
  const ask = async (path: string, form: Readonly<Record<string, string>>) => {
    const { body } = await world.service.handle({
      method: 'POST',
      url: `${ORIGIN}/v1${path}`,
      headers: { authorization: KEY, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    return JSON.parse(Buffer.from(body).toString('utf8')) as { readonly sid?: string };
  };
  const { sid = '' } = await ask('/Services', { FriendlyName: 'second' });
  const wiring = byAccount ? '' : `/Services/${sid}`;
  await ask(`${wiring}/Configuration/Webhooks`, { PostWebhookUrl: WEBHOOK_URL, Filters: 'onMessageAdded' });
  return sid;
}
