import type { Route } from './call.ts';
import * as contents from './content/contents.ts';
import * as conversations from './resources/conversations.ts';
import * as messages from './resources/messages.ts';
import * as participants from './resources/participants.ts';
import * as webhooks from './resources/webhook-configuration.ts';

/** `:Name` takes one segment; the name of a parameter is Twilio's OpenAPI file's where handlers read it. */
export interface RouteEntry {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly path: string;
  readonly operation: string;
  readonly run: Route;
}

type Row = readonly [method: RouteEntry['method'], path: string, operation: string, run: Route];

const SERVICE = '/v1/Services/:ChatServiceSid';
const MESSAGES = '/Conversations/:ConversationSid/Messages';
const PARTICIPANTS = '/Conversations/:ConversationSid/Participants';

/** Under `/v1/Services/{IS}`, and under `/v1` for the default service. */
const SCOPED: readonly Row[] = [
  ['POST', '/Conversations', 'conversations.create', conversations.createConversation],
  ['GET', '/Conversations', 'conversations.list', conversations.listConversations],
  ['GET', '/Conversations/:ConversationSid', 'conversations.fetch', conversations.fetchConversation],
  ['POST', '/Conversations/:ConversationSid', 'conversations.update', conversations.updateConversation],
  ['DELETE', '/Conversations/:ConversationSid', 'conversations.delete', conversations.deleteConversation],
  ['POST', MESSAGES, 'messages.create', messages.createMessage],
  ['GET', MESSAGES, 'messages.list', messages.listMessages],
  ['GET', `${MESSAGES}/:MessageSid`, 'messages.fetch', messages.fetchMessage],
  ['POST', `${MESSAGES}/:MessageSid`, 'messages.update', messages.updateMessage],
  ['DELETE', `${MESSAGES}/:MessageSid`, 'messages.delete', messages.deleteMessage],
  ['POST', PARTICIPANTS, 'participants.create', participants.createParticipant],
  ['GET', PARTICIPANTS, 'participants.list', participants.listParticipants],
  ['GET', `${PARTICIPANTS}/:ParticipantSid`, 'participants.fetch', participants.fetchParticipant],
  ['POST', `${PARTICIPANTS}/:ParticipantSid`, 'participants.update', participants.updateParticipant],
  ['DELETE', `${PARTICIPANTS}/:ParticipantSid`, 'participants.delete', participants.deleteParticipant],
];

/** Only there as they stand. */
const GLOBAL: readonly Row[] = [
  ['GET', '/v1/Configuration/Webhooks', 'account-webhooks.fetch', webhooks.fetchAccountWebhooks],
  ['POST', '/v1/Configuration/Webhooks', 'account-webhooks.update', webhooks.updateAccountWebhooks],
  ['GET', `${SERVICE}/Configuration/Webhooks`, 'service-webhooks.fetch', webhooks.fetchServiceWebhooks],
  ['POST', `${SERVICE}/Configuration/Webhooks`, 'service-webhooks.update', webhooks.updateServiceWebhooks],
  ['POST', '/v1/Content', 'contents.create', contents.createContent],
  ['GET', '/v1/Content', 'contents.list', contents.listContents],
  ['GET', '/v1/ContentAndApprovals', 'contents.list-approvals', contents.listContentAndApprovals],
  ['GET', '/v1/Content/:ContentSid', 'contents.fetch', contents.fetchContent],
  ['PUT', '/v1/Content/:ContentSid', 'contents.update', contents.updateContent],
  ['DELETE', '/v1/Content/:ContentSid', 'contents.delete', contents.deleteContent],
  ['GET', '/v1/Content/:ContentSid/ApprovalRequests', 'approvals.fetch', contents.fetchApproval],
  ['POST', '/v1/Content/:ContentSid/ApprovalRequests/whatsapp', 'approvals.create', contents.requestApproval],
];

export const ROUTES: readonly RouteEntry[] = [
  ...SCOPED.flatMap(([method, path, operation, run]) => [
    { method, path: SERVICE + path, operation, run },
    { method, path: `/v1${path}`, operation, run },
  ]),
  ...GLOBAL.map(([method, path, operation, run]) => ({ method, path, operation, run })),
];
