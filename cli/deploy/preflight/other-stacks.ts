import type { StackSummary } from '../aws-account.ts';
import { type Check, isLive, note, type Planned, problem } from './finding.ts';

/**
 * One stack answers a service: the one to which Twilio's webhook leads. Two that are live would both answer where
 * conversations or addresses carry webhooks of their own, and each finds what the other has not answered yet.
 */
export const otherStacks: Check = async (planned) => {
  const others = planned.stacks.filter((stack) => isOurs(stack) && stack.name !== planned.stackName);
  const looked = await Promise.all(others.map((stack) => lookAt(stack, planned)));
  return looked.flat();
};

function isOurs({ name, status, tags }: StackSummary): boolean {
  return (tags['app'] === 'parley' || name.startsWith('parley-')) && !status.startsWith('DELETE_');
}

async function lookAt({ name }: StackSummary, planned: Planned) {
  const environment = await planned.aws.environment(`${name}-reply`);
  const shared = servicesOf(environment).filter((sid) => servicesOf(planned.settings).includes(sid));
  if (shared.length === 0) return [];
  const theirs = environment?.['BOT_MODE']?.trim() || 'live';
  const says = `The stack ${name} (BOT_MODE ${theirs}) is on the service ${shared.join(', ')} too, and one stack answers a service: the one to which Twilio's webhook leads.`;
  if (theirs !== 'live' || !isLive(planned)) return [note(says)];
  return [
    problem(
      `${says} Set BOT_MODE to off in one of the two, remove the other (npx serverless remove), or give this one a service of its own.`,
    ),
  ];
}

function servicesOf(settings: Readonly<Record<string, string>> = {}): readonly string[] {
  return (settings['TWILIO_CHAT_SERVICE_SID'] ?? '').split(/[\s,]+/).filter((sid) => sid !== '');
}
