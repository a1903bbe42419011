import { waitOf } from '../lib/rules/match/open-question.ts';
import type { SayWorld } from './say-once.ts';
import { templateNames } from './template-names.ts';
import type { World } from './world.ts';

/** A world of this process, to say something in. */
export function ownWorld(world: World): SayWorld {
  const { customer } = world.service;
  // Nobody watches how receipts come.
  world.service.changeSettings({ sentAfterMs: 0, deliveredAfterMs: 0 });
  return {
    begin: async ({ channel, author }) => {
      const { conversation } = await customer.startConversation({ channel, author });
      await world.idle();
      return String(conversation['sid']);
    },
    write: (conversationSid, { body, media }) =>
      customer.write({ conversationSid, body, media: media.map((contentType) => ({ contentType })) }),
    watch: (watcher) => {
      const ends = [world.watch(watcher), world.service.subscribe(watcher)];
      return () => {
        for (const end of ends) end();
      };
    },
    waitOf: (rule) => {
      const rules = world.rules();
      return rules && waitOf(rules, rule);
    },
    templates: () => {
      const rules = world.rules();
      return rules === undefined ? {} : templateNames(rules);
    },
    advice: 'LOG_LEVEL=debug npm start shows why.',
  };
}
