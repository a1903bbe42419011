import { parleyLine } from '../stage/suggest.ts';
import { isLive, type Planned } from './preflight/finding.ts';

/** What is left to do after a deployment, in lines for people. @param webhookUrl what Twilio's webhook must be set to */
export function nextSteps(planned: Planned, webhookUrl: string): readonly string[] {
  const { deployed, place } = planned;
  const [set, status] = ['webhooks set', 'status'].map((words) => parleyLine(words, planned));
  return [
    `Webhook: ${webhookUrl}`,
    ...(deployed === undefined
      ? [
          'Next:',
          `  ${set}     so that Twilio calls it`,
          `  ${status?.padEnd(set?.length ?? 0)}     to see that messages come`,
        ]
      : []),
    ...(isLive(planned)
      ? []
      : [
          `It says nothing yet. When what it would say looks right, set BOT_MODE=live in ${place} and deploy again.`,
        ]),
    ...unheardAlarms(planned),
  ];
}

/** Alarms that reach nobody. */
function unheardAlarms({ settings, place }: Planned): readonly string[] {
  const unheard = [
    ['ALARM_PAGE', 'Nobody is called when customers get no answers'],
    ['ALARM_TICKET', 'Nobody hears of what can wait until the morning'],
  ] as const;
  return unheard
    .filter(([name]) => !settings[name])
    .map(([name, what]) => `${what}: set ${name} in ${place} to an e-mail address or an https:// URL.`);
}
