import type { WebhookResponse } from '../../emulator/index.ts';
import { WEBHOOK_URL } from '../simulation/account.ts';
import type { CallFault, OneCall, ProcessName } from '../simulation/chaos.ts';
import { bookOf } from '../simulation/rules.ts';
import { STEP_BOOKS } from '../simulation/step-rules.ts';
import { SCHEDULE } from '../simulation/world.ts';
import type { Scene } from './scene.ts';
import { MINUTE, type WatchedWorld } from './watched-world.ts';

const FAIL: CallFault = { kind: 'fail', when: 'before' };
const CRASH: CallFault = { kind: 'crash', when: 'before' };

const crashes =
  (name: ProcessName) =>
  ({ process }: OneCall) =>
    process.name === name ? CRASH : undefined;
const forever = { times: null } as const;

/** The API answers for the function, which never hears of the request. */
function answerAtTheDoor(
  { world }: WatchedWorld,
  status: number,
  onRequest: () => void = () => undefined,
): void {
  world.doors.set(WEBHOOK_URL, async (): Promise<WebhookResponse> => {
    onRequest();
    return { status, headers: {}, body: '' };
  });
}

/** One fault for each alarm, in the order of stack/alarms.yml. */
export const SCENES: readonly Scene[] = [
  {
    alarm: 'MessageFoundAlarm',
    within: 10,
    fault: 'One webhook is lost on its way',
    begin: ({ world }) => void world.service.faults.arm({ kind: 'webhook-drop' }),
  },
  {
    alarm: 'MessagesFoundAlarm',
    within: 15,
    fault: 'Ten webhooks are lost within ten minutes',
    begin: ({ world }) => void world.service.faults.arm({ kind: 'webhook-drop', times: 10 }),
  },
  {
    alarm: 'MessageFoundLateAlarm',
    within: 10,
    fault: 'One webhook is lost, and messages are answered for no longer than a minute',
    world: { environment: { REPLY_MAX_AGE_SECONDS: '60' } },
    begin: ({ world }) => void world.service.faults.arm({ kind: 'webhook-drop' }),
  },
  {
    alarm: 'DoorShutAlarm',
    within: 5,
    fault:
      'PUBLIC_URL is changed to an address that Twilio does not call; a customer writes every six seconds',
    everyMs: 6_000,
    begin: ({ world }) => world.setSettings({ PUBLIC_URL: 'https://elsewhere.example.com/webhook' }),
  },
  {
    alarm: 'NearThrottleAlarm',
    within: 5,
    fault: '170 requests come in a second, of the 200 that the API takes',
    begin: ({ aws, scheduler }) => {
      const second = () => {
        for (let n = 0; n < 170; n += 1) aws.answered(200, scheduler.now());
        scheduler.after(1_000, second);
      };
      second();
    },
  },
  {
    alarm: 'ThrottledAlarm',
    within: 5,
    fault: 'The API answers 429',
    begin: (watched) => answerAtTheDoor(watched, 429),
  },
  {
    alarm: 'ApiErrorsAlarm',
    within: 5,
    fault: 'SQS and DynamoDB refuse what receive writes',
    begin: ({ strike }) => strike(({ process }) => (process.name === 'receive' ? FAIL : undefined)),
  },
  {
    alarm: 'ReceiveErrorsAlarm',
    within: 5,
    fault: 'The process of receive dies',
    begin: ({ strike }) => strike(crashes('receive')),
  },
  {
    alarm: 'ReceiveThrottlesAlarm',
    within: 5,
    fault: 'Lambda has no execution left for receive',
    begin: (watched) => {
      const { aws, scheduler } = watched;
      answerAtTheDoor(watched, 503, () => aws.throttled('receive', scheduler.now()));
    },
  },
  {
    alarm: 'ReceiveSlowAlarm',
    within: 5,
    fault: 'SQS takes two and a half seconds to take an event',
    everyMs: 20_000,
    begin: ({ strike }) =>
      strike(({ process, name }) =>
        process.name === 'receive' && name === 'send'
          ? { kind: 'stall', when: 'before', ms: 2_500 }
          : undefined,
      ),
  },
  {
    alarm: 'NoOutcomeAlarm',
    within: 10,
    fault: 'The process of reply dies each time; a customer writes every ten seconds',
    everyMs: 10_000,
    begin: ({ strike }) => strike(crashes('reply')),
  },
  {
    alarm: 'ReplySlowAlarm',
    within: 15,
    fault: 'Twilio answers two requests in three with 429, and asks for a pause of fifteen seconds',
    everyMs: 15_000,
    begin: ({ world }) =>
      void world.service.faults.arm({ kind: 'rate-limit', retryAfterSeconds: 15, share: 0.67, ...forever }),
  },
  {
    alarm: 'ReplyErrorsAlarm',
    within: 5,
    fault: 'The process of reply dies once',
    begin: ({ strike }) => {
      let left = 1;
      strike(({ process }) => {
        if (process.name !== 'reply' || left === 0) return undefined;
        left -= 1;
        return CRASH;
      });
    },
  },
  secretScene(),
  {
    alarm: 'ReconcileFailingAlarm',
    within: 15,
    fault: 'Twilio answers no request that reads',
    begin: ({ world }) => void world.service.faults.arm({ kind: 'error', method: 'GET', ...forever }),
  },
  {
    alarm: 'ReconcileBehindAlarm',
    within: 30,
    fault:
      'DynamoDB takes three seconds for a query, and a run of the reconciler has one second to look, as if there were too many conversations',
    // Ten more are kept to end well (lib/reconcile/own-time.ts).
    world: { schedule: { ...SCHEDULE, timeoutMs: 11_000 } },
    begin: ({ strike }) =>
      strike(({ process, name }) =>
        process.name === 'reconcile' && name === 'list'
          ? { kind: 'stall', when: 'after', ms: 3_000 }
          : undefined,
      ),
  },
  {
    alarm: 'ReconcileAlarm',
    within: 15,
    fault: 'The process of the reconciler dies in each run',
    begin: ({ strike }) => strike(crashes('reconcile')),
  },
  {
    alarm: 'OtherStackAlarm',
    within: 10,
    fault: 'Twilio’s webhook is pointed at another stack',
    begin: ({ world }) => {
      const PostWebhookUrl = 'https://other.example.com/webhook';
      world.doors.set(PostWebhookUrl, async () => ({ status: 200, headers: {}, body: '' }));
      world.service.configureWebhooks({ PostWebhookUrl, Filters: ['onMessageAdded'] });
    },
  },
  {
    alarm: 'DuplicateAlarm',
    within: 10,
    fault: 'A reply takes effect at Twilio 70 seconds after it was sent',
    everyMs: 10 * MINUTE,
    begin: ({ world }, { write }) => {
      const late = { kind: 'timeout', commit: 'late', commitAfterMs: 70_000 } as const;
      world.service.faults.arm({ ...late, operation: 'messages.create' });
      return write('one 1');
    },
  },
  {
    alarm: 'LoopAlarm',
    within: 5,
    fault: 'A machine at the other end answers each reply at once',
    world: { rules: () => ANSWERS_ANYTHING },
    begin: ({ world, scheduler }, { write, conversations }) => {
      let said = 0;
      world.service.subscribe((happening) => {
        if (happening.kind !== 'message' || happening.change !== 'added') return;
        const { author, conversation_sid } = happening.resource;
        const conversationSid = conversations[0] ?? '';
        if (author !== 'parley' || conversation_sid !== conversationSid) return;
        said += 1;
        const body = `Number ${said} is next`;
        scheduler.after(500, () => void world.service.customer.write({ conversationSid, body }));
      });
      return write('Hello');
    },
  },
  {
    alarm: 'QuarantineAlarm',
    within: 5,
    fault: 'A rule names a template that Twilio does not have',
    begin: (_, { write }) => write('broken 1'),
  },
  {
    alarm: 'InviteRefusedAlarm',
    within: 5,
    fault: 'Twilio refuses to add the person whom a handover invites',
    world: { rules: (version) => STEP_BOOKS[version] },
    begin: ({ world }, { write }) => {
      world.service.faults.arm({ kind: 'error', code: 50214, operation: 'participants.create', ...forever });
      return write('help 1');
    },
  },
  {
    alarm: 'DeliveriesFailAlarm',
    within: 15,
    fault: 'Every third reply is undeliverable (63016); a customer writes every thirty seconds',
    everyMs: 30_000,
    world: { filters: ['onMessageAdded', 'onDeliveryUpdated'] },
    begin: ({ world }) =>
      void world.service.faults.arm({ kind: 'delivery-failure', errorCode: 63016, share: 0.34, ...forever }),
  },
  {
    alarm: 'QueueStuckAlarm',
    within: 10,
    fault: 'Twilio answers no request',
    begin: ({ world }) => void world.service.faults.arm({ kind: 'error', ...forever }),
  },
  {
    alarm: 'QueueOldAlarm',
    within: 20,
    fault: 'Twilio answers no request, for a quarter of an hour',
    begin: ({ world }) => void world.service.faults.arm({ kind: 'error', ...forever }),
  },
  {
    alarm: 'DeadLetterAlarm',
    within: 20,
    fault: 'DynamoDB refuses everything of reply until a message was delivered a hundred times',
    world: { schedule: { ...SCHEDULE, everyMs: 10 * MINUTE } },
    everyMs: 1_000 * MINUTE,
    begin: async ({ world, scheduler, strike }, { write }) => {
      await write('one 1');
      strike(({ process }) => (process.name === 'reply' ? FAIL : undefined));
      while (world.queue.deadLetters.length === 0) await scheduler.run(scheduler.now() + MINUTE);
    },
  },
  {
    alarm: 'DeadLetterOldAlarm',
    within: 5,
    fault: 'A dead letter is not looked after for ten days',
    begin: ({ aws, scheduler }) => aws.buried(scheduler.now() - 10 * 24 * 60 * MINUTE + MINUTE),
  },
  {
    alarm: 'SpoolStaysAlarm',
    within: 10,
    fault: 'SQS refuses every event, and DynamoDB keeps them',
    begin: ({ strike }) => strike(({ name }) => (name === 'send' ? FAIL : undefined)),
  },
];

const ANSWERS_ANYTHING = bookOf(`version: 1
rules:
  - { id: anything, when: {}, then: { text: You are right. } }
`);

function secretScene(): Scene {
  let isRefused = false;
  return {
    alarm: 'SecretUnreadableAlarm',
    within: 10,
    fault: 'Secrets Manager refuses the auth token, which receive keeps for five minutes',
    everyMs: 20_000,
    world: {
      onSecretRead: () => {
        if (isRefused) throw new Error('AccessDeniedException');
      },
    },
    begin: () => {
      isRefused = true;
    },
  };
}
