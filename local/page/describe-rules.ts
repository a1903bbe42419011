import { readFile } from 'node:fs/promises';
import { showDuration } from '../../lib/rules/match/show-duration.ts';
import { allOf } from '../../lib/rules/render/localize.ts';
import {
  type Otherwise,
  QUIET_AFTER_PERSON_MS,
  type ReplyAction,
  type Rule,
  type RuleBook,
} from '../../lib/rules/types.ts';
import { describeAction, written } from '../describe-decision.ts';
import { templateNames } from '../template-names.ts';
import { describeWhen } from './describe-when.ts';
import { findLines } from './find-lines.ts';
import type { RulesRead } from './page-event.ts';
import type { RunningRule } from './running-rule.ts';
import { listTries } from './tries.ts';

/** What of a rule book the page is told. */
export type DescribedRules = Pick<
  RulesRead,
  'running' | 'rules' | 'waits' | 'quietAfterPersonMs' | 'timezone' | 'templates'
>;

/**
 * @param book the one that runs; undefined where none does
 * @param file the rules file that it was made of
 */
export async function describeRules(book: RuleBook | undefined, file: string): Promise<DescribedRules> {
  const {
    rules = [],
    otherwise = [],
    quietAfterPersonMs = QUIET_AFTER_PERSON_MS,
    timezone = 'UTC',
  } = book ?? {};
  const answers = [...rules.flatMap((rule) => [rule, ...(rule.otherwise ?? [])]), ...otherwise];
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = findLines(
    text,
    answers.map(({ id }) => id),
  );
  const waits = rules.flatMap(({ id, waits }) => (waits === undefined ? [] : [[id, waits] as const]));
  return {
    running: rules.map(({ id }) => id),
    rules: answers.map((answer) => describeRule(answer, lines.get(answer.id))),
    waits: Object.fromEntries(waits),
    quietAfterPersonMs,
    timezone,
    templates: book === undefined ? {} : templateNames(book),
  };
}

function describeRule(answer: Rule | Otherwise, line: number | undefined): RunningRule {
  const { id, when, then } = answer;
  return {
    id,
    ...(line === undefined ? {} : { line }),
    asks: describeWhen(answer),
    does: describeThen(answer),
    tries: when === undefined || then === 'ignore' ? [] : listTries(when),
    ...(when?.after && { after: when.after }),
    ...(when?.channel && { channels: when.channel }),
  };
}

function describeThen(answer: Rule | Otherwise): readonly string[] {
  const { then } = answer;
  if (then === 'ignore') return ['Says nothing, on purpose.'];
  const { waits, continues }: Partial<Rule> = answer;
  return [
    ...then.actions.map(describeOne),
    ...(then.goTo === undefined ? [] : [`Goes on to ${then.goTo}.`]),
    ...(waits === undefined ? [] : [`Waits ${showDuration(waits.ms)} for an answer.`]),
    ...(continues ? ['The rules below it decide as well.'] : []),
  ];
}

/** A message by its own words in the first language. */
function describeOne(action: ReplyAction): string {
  switch (action.kind) {
    case 'text':
      return `“${allOf(action.Body).slice(0, 1).map(written).join('')}”`;
    case 'template':
      return `Template ${action.template}.`;
    case 'media':
      return `Media ${action.MediaSid}.`;
    case 'call':
      return `Calls ${action.handler}.`;
    default:
      return describeAction(action);
  }
}
