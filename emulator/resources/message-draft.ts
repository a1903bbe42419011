import { MAX_ATTRIBUTES_BYTES, MAX_BODY, MAX_CHAT_BODY_BYTES, MAX_NAME } from '../../lib/limits.ts';
import { readVariables } from '../content/read-variables.ts';
import { isOnlyForWhatsApp, renderContent } from '../content/render-content.ts';
import type { Core } from '../core.ts';
import { readAttributes, readDate, readSid, readText } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Content, Conversation, Media, RenderedContent, Service } from '../state.ts';
import { conversationChannel, findAuthor, isGroup } from './conversation-channel.ts';

/** A message that has been checked and not yet been written. */
export interface MessageDraft {
  readonly author: string;
  readonly body: string | null;
  readonly attributes: string;
  readonly subject: string | null;
  readonly media: readonly Media[];
  readonly content: { readonly template: Content; readonly rendered: RenderedContent } | null;
  readonly dateCreated: number | undefined;
  readonly dateUpdated: number | undefined;
  readonly channelMetadata: Record<string, unknown> | null;
}

/** Reads and checks the parameters of a create. ContentSid makes Body and MediaSid be ignored. */
export function readMessageDraft(
  core: Core,
  service: Service,
  conversation: Conversation,
  form: URLSearchParams,
): MessageDraft {
  const author = readText(form, 'Author', MAX_NAME, 50310) ?? 'system';
  const content = readContent(core, conversation, form);
  const body = content === null ? readBody(core, conversation, form) : content.rendered.body;
  const media = content === null ? readMedia(service, form) : [];
  const empty = content === null && body === null && media.length === 0;
  if (empty && core.settings.emptyMessage === 'refuse') throw new RefusalError(50503);
  if (isGroup(conversation) && findAuthor(conversation, author) === undefined) throw new RefusalError(50513);
  return {
    author,
    body,
    attributes: readAttributes(form, MAX_ATTRIBUTES_BYTES) ?? '{}',
    subject: readText(form, 'Subject', MAX_NAME) ?? null,
    media,
    content,
    dateCreated: readDate(form, 'DateCreated', 50308),
    dateUpdated: readDate(form, 'DateUpdated', 50309),
    channelMetadata: null,
  };
}

export function readBody(core: Core, conversation: Conversation, form: URLSearchParams): string | null {
  const body = form.get('Body');
  if (body !== null) checkBody(core, conversation, body);
  return body;
}

/** Longer than a channel carries is a setting: Twilio may refuse it, or take it and fail the leg. */
export function checkBody(core: Core, conversation: Conversation, body: string): void {
  if (Buffer.byteLength(body) > MAX_CHAT_BODY_BYTES) throw new RefusalError(50504);
  if (body.length <= MAX_BODY || core.settings.longBody !== 'refuse') return;
  if (conversationChannel(conversation) !== 'chat') throw new RefusalError(50504);
}

function readMedia(service: Service, form: URLSearchParams): readonly Media[] {
  const sid = readSid(form, 'MediaSid', 'ME', 50510);
  if (sid === undefined) return [];
  const media = service.media.get(sid);
  if (media === undefined) throw new RefusalError(50507);
  if (media.message_sid !== null) throw new RefusalError(50508);
  return [media];
}

function readContent(core: Core, conversation: Conversation, form: URLSearchParams): MessageDraft['content'] {
  const sid = readSid(form, 'ContentSid', 'HX', 50526);
  const variables = form.get('ContentVariables') ?? undefined;
  if (sid === undefined) {
    if (variables !== undefined) throw new RefusalError(50528);
    return null;
  }
  const template = core.state.contents.get(sid);
  if (template === undefined) throw new RefusalError(50526);
  const values = readVariables(variables, core.settings);
  const channel = conversationChannel(conversation);
  const rendered = renderContent(template, channel, values);
  if (rendered === undefined) throw new RefusalError(50542);
  const misplaced = isOnlyForWhatsApp(rendered.type) && channel !== 'whatsapp';
  if (misplaced && core.settings.whatsappContentElsewhere === 'refuse') throw new RefusalError(50542);
  return { template, rendered };
}
