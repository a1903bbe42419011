import type { RuleBook } from '../../lib/rules/types.ts';
import { type ContentResource, fetchApproval, fetchContent } from '../../lib/twilio/contents.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import { unlessNone } from '../../lib/twilio/services.ts';
import { type Finding, problem, warning } from '../doctor/check.ts';
import type { Look } from '../doctor/look.ts';
import { parleyLine } from '../stage/suggest.ts';
import { type CatalogueEntry, catalogueEntries, showEntry } from './catalogue-entries.ts';

/** WhatsApp takes these from nobody whom it has not approved them for, even within its 24 hours. */
const NEED_APPROVAL = /^(?:twilio\/(?:card|call-to-action)|whatsapp\/card)$/;
const REFUSED = ['rejected', 'paused', 'disabled'];

/** What is wrong with the templates that the rules name, as the account has them: two requests each. */
export async function templateFindings(
  { stage }: Pick<Look, 'stage'>,
  book: RuleBook,
): Promise<readonly Finding[]> {
  const api = stage.twilioProduct('content');
  const looked = catalogueEntries(book).map((entry) =>
    lookAt(api, entry, parleyLine('templates push', stage)),
  );
  return (await Promise.all(looked)).flat();
}

async function lookAt(api: TwilioApi, entry: CatalogueEntry, push: string): Promise<readonly Finding[]> {
  const name = `The template ${showEntry(entry)}`;
  const found = await unlessNone(fetchContent(api, entry.sid));
  if (found === undefined) return [problem(`${name} (${entry.sid}) does not exist in the account.`, push)];
  const status = await fetchApproval(api, entry.sid);
  return [
    ...variableFindings(name, entry, found, push),
    ...languageFindings(name, entry, found, push),
    ...approvalFindings(name, found, status),
  ];
}

function variableFindings(
  name: string,
  { variables }: CatalogueEntry,
  { types }: ContentResource,
  push: string,
): readonly Finding[] {
  const written = JSON.stringify(types ?? {});
  const placeholders = [...written.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, one = '']) => one);
  const lost = variables.filter((one) => !placeholders.includes(one));
  const gaps = [...new Set(placeholders)].filter((one) => !variables.includes(one));
  return [
    ...(Object.keys(types ?? {}).length === 0 ? [problem(`${name} has no type.`, push)] : []),
    ...(lost.length === 0 ? [] : [problem(`${name} has no placeholder for ${lost.join(', ')}.`, push)]),
    ...(gaps.length === 0
      ? []
      : [problem(`${name} has placeholders that no rule fills: ${gaps.join(', ')}.`, push)]),
  ];
}

/** `en_US` is a kind of `en`. */
function languageFindings(
  name: string,
  { language }: CatalogueEntry,
  { language: its }: ContentResource,
  push: string,
): readonly Finding[] {
  const isOf =
    language === '' || its === null || its.toLowerCase().split(/[_-]/)[0] === language.toLowerCase();
  return isOf ? [] : [warning(`${name} is written in ${its} as the account has it.`, push)];
}

function approvalFindings(name: string, { types, sid }: ContentResource, status: string): readonly Finding[] {
  const page = `https://console.twilio.com/us1/develop/sms/content-template-builder/template/${sid}`;
  if (REFUSED.includes(status)) return [problem(`WhatsApp has ${name.toLowerCase()} ${status}.`, page)];
  const isNeeded = Object.keys(types ?? {}).some((type) => NEED_APPROVAL.test(type));
  return isNeeded && status !== 'approved'
    ? [warning(`${name} is ${status} at WhatsApp, which shows no card or link without approval.`, page)]
    : [];
}
