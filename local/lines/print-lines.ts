import type { Terminal } from '../../cli/command.ts';
import type { Happening } from '../../emulator/index.ts';
import type { BotStep } from '../bot/bot-step.ts';
import type { World } from '../world.ts';
import { describeAnswer, describeHandedBack, describeSilence } from './describe-decided.ts';
import { describeLog } from './describe-log.ts';
import { describeMessage } from './describe-message.ts';
import { describeReload } from './describe-reload.ts';
import { describeLost, describeReceived } from './describe-webhook.ts';
import type { Line } from './line.ts';
import { nameCustomers } from './name-customers.ts';
import { printable } from './printable.ts';

/**
 * Prints a line for each message, webhook, decision and reload of a world, from now on.
 *
 *   10:14:29  message   whatsapp:+15550100001  "order 12345"
 *   10:14:29  webhook   whatsapp:+15550100001  onMessageAdded accepted with 200
 *   10:14:29  decision  whatsapp:+15550100001  rule order answers
 *
 * @param wholeLog whether everything that the bot logs is printed, and not only what goes wrong
 * @returns ends it
 */
export function printLines(
  { service, webhookUrl, watch, watchRules }: Pick<World, 'service' | 'webhookUrl' | 'watch' | 'watchRules'>,
  { out, paint = (_, text) => text }: Pick<Terminal, 'out' | 'paint'>,
  wholeLog = false,
): () => void {
  const names = nameCustomers();
  /** Webhooks that go to the bot, which says itself what it makes of them. */
  const toBot = new Set<string>();

  function print(line: Line | undefined): void {
    if (line === undefined) return;
    const { kind, who, text, style } = line;
    const [time = ''] = new Date(service.timeline.now()).toTimeString().split(' ');
    const about = who === undefined ? '' : `${printable(who).padEnd(WHO_WIDTH)}  `;
    const said = printable(text);
    const head = paint('dim', `${time}  ${kind.padEnd(KIND_WIDTH)}`);
    out(`${head}  ${about}${style === undefined ? said : paint(style, said)}`);
  }

  function ofHappening(happening: Happening): Line | undefined {
    names.hear(happening);
    switch (happening.kind) {
      case 'message':
        return happening.change === 'added' ? describeMessage(happening, names) : undefined;
      case 'webhook.sent':
        if (happening.url === webhookUrl) toBot.add(happening.id);
        return undefined;
      case 'webhook.answered': {
        const isToBot = toBot.delete(happening.id);
        const isTold = isToBot && happening.outcome === 'answered' && happening.status !== BAD_GATEWAY;
        return isTold ? undefined : describeLost(happening);
      }
      case 'defect':
        return { kind: 'defect', text: `${happening.error}. Please report it.`, style: 'red' };
      default:
        return undefined;
    }
  }

  function ofStep(step: BotStep): Line | undefined {
    switch (step.kind) {
      case 'received':
        return describeReceived(step, names);
      case 'decision':
        return describeAnswer(step, names);
      case 'finished':
        return describeSilence(step, names);
      case 'handed-back':
        return describeHandedBack(step, names);
      case 'log':
        return describeLog(step.line, wholeLog);
      default:
        return undefined;
    }
  }

  for (const happening of service.since(0)) names.hear(happening);
  const ends = [
    service.subscribe((happening) => print(ofHappening(happening))),
    watch((step) => print(ofStep(step))),
    watchRules((read) => print(describeReload(read))),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const KIND_WIDTH = 'decision'.length;
/** Of most customers; whoever has a longer name is shown whole. */
const WHO_WIDTH = 'whatsapp:+15550100001'.length;

/** As answerWebhook says that the function failed. */
const BAD_GATEWAY = 502;
