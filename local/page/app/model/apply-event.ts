import type { Timed } from '../../page-event.ts';
import { applyBotStep } from './apply-bot-step.ts';
import { applyConversation, applyMessage, applyParticipant, applyReceipt } from './apply-resource.ts';
import { applyAnswer, applyFault, applyRequest, applyWebhook } from './apply-traffic.ts';
import { createModel, type Model } from './model.ts';

/**
 * Takes in one event.
 * @param now the machine's time, in milliseconds since the epoch
 */
export function applyEvent(model: Model, event: Timed, now: number): void {
  if (event.kind === 'hello') Object.assign(model, createModel(), { hello: event });
  model.at = event.at;
  model.offset = event.at - now;
  switch (event.kind) {
    case 'hello':
      break;
    case 'caught-up':
      model.caughtUp = true;
      break;
    case 'switches':
      model.switches = event;
      break;
    case 'rules':
      model.rules = event;
      break;
    case 'conversation':
      applyConversation(model, event);
      break;
    case 'participant':
      applyParticipant(model, event);
      break;
    case 'message':
      applyMessage(model, event);
      break;
    case 'receipt':
      applyReceipt(model, event);
      break;
    case 'webhook.sent':
      applyWebhook(model, event);
      break;
    case 'webhook.answered':
      applyAnswer(model, event);
      break;
    case 'request':
      applyRequest(model, event);
      break;
    case 'fault':
      applyFault(model, event);
      break;
    case 'received':
    case 'queue':
    case 'handed-back':
    case 'decision':
    case 'called':
    case 'finished':
    case 'noted':
    case 'look':
    case 'log':
      applyBotStep(model, event);
      break;
    case 'loaded':
      model.conversations.clear();
      model.noted.clear();
      model.newest = undefined;
      break;
    case 'defect':
      model.defects.push(event.error);
      break;
    case 'time':
    case 'token':
    case 'user':
      break;
    default:
      // A newer service may tell more than this page knows.
      event satisfies never;
  }
}
