import { resolve } from 'node:path';
import { environment, type Planted, shown } from './plant.ts';

/** What is wrong with the stack, its functions and who hears of it. */
export const OF_STACK: readonly Planted[] = [
  {
    check: 'caller',
    title: 'credentials that AWS does not know',
    says: 'InvalidClientTokenId',
    plant: shown((aws) => {
      aws.caller = undefined;
    }),
  },
  {
    check: 'stack',
    title: 'an update that was rolled back',
    says: 'UPDATE_ROLLBACK_COMPLETE',
    plant: shown(({ stack }) => {
      stack.StackStatus = 'UPDATE_ROLLBACK_COMPLETE';
    }),
  },
  {
    check: 'stack',
    title: 'a resource that could not be updated',
    says: 'Queue is UPDATE_FAILED',
    plant: shown(({ stack }) => {
      for (const one of stack.resources)
        if (one.LogicalResourceId === 'Queue') one.ResourceStatus = 'UPDATE_FAILED';
    }),
  },
  {
    check: 'stack',
    title: 'a commit that is not the one of this folder',
    says: 'of the commit 0123456789ab, and this folder is at',
    plant: shown(({ stack }) => {
      stack.commit = '0123456789ab';
    }),
    look: (look) => ({ ...look, cwd: resolve('.') }),
  },
  {
    check: 'functions',
    title: 'a runtime of long ago',
    says: 'reply runs on nodejs20.x',
    plant: shown(({ functions }) => {
      functions.reply.Runtime = 'nodejs20.x';
    }),
  },
  {
    check: 'functions',
    title: 'another architecture than the bundle is for',
    says: 'receive runs on x86_64',
    plant: shown(({ functions }) => {
      functions.receive.Architectures = ['x86_64'];
    }),
  },
  {
    check: 'functions',
    title: 'a timeout that cuts replies off',
    says: 'reply has a timeout of 3 s',
    plant: shown(({ functions }) => {
      functions.reply.Timeout = 3;
    }),
  },
  {
    check: 'settings',
    title: 'a setting that the function refuses',
    says: 'REPLIES_PER_MINUTE is "many"',
    isReadAtOpening: true,
    plant: environment('reply', { REPLIES_PER_MINUTE: 'many' }),
  },
  {
    check: 'settings',
    title: 'functions on different tables',
    says: 'TABLE_NAME is not the same',
    isReadAtOpening: true,
    plant: environment('reconcile', { TABLE_NAME: 'other' }),
  },
  {
    check: 'settings',
    title: 'a setting that is not the one of the stage’s file',
    says: 'BOT_MODE is "live" where it runs, and "dry-run" in stages/dev.env',
    plant: () => () => undefined,
    look: (look) => ({ ...look, cwd: resolve('.') }),
  },
  {
    check: 'alarms',
    title: 'an alarm that somebody deleted',
    says: 'is gone',
    plant: shown(({ alarms }) => {
      alarms.pop();
    }),
  },
  {
    check: 'alarms',
    title: 'an alarm whose actions are off',
    says: 'tells nobody',
    plant: shown(({ alarms: [first] }) => {
      if (first !== undefined) first.ActionsEnabled = false;
    }),
  },
  {
    check: 'subscriptions',
    title: 'alarms without a subscriber',
    says: 'Nobody is subscribed',
    plant: shown(({ subscriptions }) => {
      subscriptions.pop();
    }),
  },
  {
    check: 'subscriptions',
    title: 'a subscription that nobody confirmed',
    says: 'waits to be confirmed',
    plant: shown(({ subscriptions: [first] }) => {
      if (first !== undefined) first.SubscriptionArn = 'PendingConfirmation';
    }),
  },
  {
    check: 'clock',
    title: 'a machine whose clock is ten minutes ahead',
    says: 's ahead of AWS',
    plant: () => () => undefined,
    look: (look) => {
      const { clock } = look.stage;
      const ahead = { ...clock, now: () => clock.now() + 600_000 };
      return { ...look, stage: { ...look.stage, clock: ahead } };
    },
  },
  {
    check: 'certificate',
    title: 'a certificate that ends in three days',
    says: 'ends in 3 days',
    plant: () => () => undefined,
    look: (look) => ({
      ...look,
      publicUrls: ['https://bot.example/webhook'],
      readCertificate: async () => ({ until: look.stage.clock.now() + 3.5 * 86_400_000 }),
    }),
  },
  {
    check: 'certificate',
    title: 'a certificate that nobody trusts',
    says: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    plant: () => () => undefined,
    look: (look) => ({
      ...look,
      publicUrls: ['https://bot.example/webhook'],
      readCertificate: async () => ({ until: Infinity, refused: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    }),
  },
];
