import type { Terminal } from '../command.ts';
import { type Look, lookAtStage } from '../doctor/look.ts';
import { changeEach, type Step } from '../stage/change-each.ts';
import { withStage } from '../stage/open-stage.ts';
import type { ChangeValues, StageValues } from '../stage/stage-options.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { ACCOUNT } from './kept-webhook.ts';
import { serviceOfConversation } from './service-of-conversation.ts';
import { conversationMeant, type LevelValues } from './webhook-options.ts';

export interface WebhookValues extends StageValues, ChangeValues, LevelValues {}

/** What differs between setting and taking away. */
export interface WebhookPlanner {
  readonly command: string;
  readonly atLevel: (look: Look, level: string) => Promise<readonly Step<unknown>[]>;
  readonly inConversation: (
    look: Look,
    address: { readonly serviceSid: string; readonly conversationSid: string },
  ) => Promise<readonly Step<unknown>[]>;
}

/** @returns the exit status */
export function changeWebhooks(
  values: WebhookValues,
  terminal: Terminal,
  { command, atLevel, inConversation }: WebhookPlanner,
): Promise<number> {
  const conversationSid = conversationMeant(values);
  return withStage(values, async (stage) => {
    const look = lookAtStage(stage, terminal.cwd);
    const { serviceSids } = look;
    const plan = async () => {
      if (values.level === 'conversation') {
        const serviceSid = await serviceOfConversation(stage, conversationSid, serviceSids);
        return inConversation(look, { serviceSid, conversationSid });
      }
      const levels = values.level === 'account' ? [ACCOUNT] : serviceSids;
      return (await Promise.all(levels.map((level) => atLevel(look, level)))).flat();
    };
    const planned = await plan();
    const changed = await changeEach(stage, values, terminal, { command, steps: planned });
    return tellChanged(changed, values, terminal, { changes: planned.map(({ order }) => order) });
  });
}
