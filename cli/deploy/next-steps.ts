import { isLive, type Planned } from './preflight/finding.ts';

/** What is left to do after a deployment, in lines for people. @param webhookUrl what Twilio's webhook must be set to */
export function nextSteps(planned: Planned, webhookUrl: string): readonly string[] {
  const { stage, deployed, place } = planned;
  return [
    `Webhook: ${webhookUrl}`,
    ...(deployed === undefined
      ? [
          'Next:',
          `  npx parley webhooks set --stage ${stage}     so that Twilio calls it`,
          `  npx parley status --stage ${stage}           to see that messages come`,
        ]
      : []),
    ...(isLive(planned)
      ? []
      : [
          `It says nothing yet. When what it would say looks right, set BOT_MODE=live in ${place} and deploy again.`,
        ]),
  ];
}
