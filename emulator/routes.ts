import type { Route } from './call.ts';
import * as contents from './content/contents.ts';
import * as account from './resources/account-configuration.ts';
import * as addresses from './resources/addresses.ts';
import * as chat from './resources/chat-services.ts';
import { createConversationWithParticipants } from './resources/conversation-with-participants.ts';
import * as conversations from './resources/conversations.ts';
import * as media from './resources/media.ts';
import * as messages from './resources/messages.ts';
import * as notifications from './resources/notifications.ts';
import { listParticipantConversations } from './resources/participant-conversations.ts';
import * as participants from './resources/participants.ts';
import * as receipts from './resources/receipts.ts';
import * as roles from './resources/roles.ts';
import * as scoped from './resources/scoped-webhooks.ts';
import * as services from './resources/services.ts';
import * as memberships from './resources/user-conversations.ts';
import * as users from './resources/users.ts';
import * as webhooks from './resources/webhook-configuration.ts';

/** `:Name` in a path takes one segment. */
export interface RouteEntry {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly path: string;
  /** What faults and happenings call it. */
  readonly operation: string;
  readonly run: Route;
}

type Row = readonly [method: RouteEntry['method'], path: string, operation: string, run: Route];

const SERVICE = '/v1/Services/:ChatServiceSid';
const CONVERSATION = '/Conversations/:ConversationSid';
const MESSAGE = `${CONVERSATION}/Messages/:MessageSid`;
const USER = '/Users/:UserSid';

/** Under `/v1/Services/{IS}`, and under `/v1` for the default service. */
const SCOPED: readonly Row[] = [
  ['POST', '/Conversations', 'conversations.create', conversations.createConversation],
  ['GET', '/Conversations', 'conversations.list', conversations.listConversations],
  ['GET', CONVERSATION, 'conversations.fetch', conversations.fetchConversation],
  ['POST', CONVERSATION, 'conversations.update', conversations.updateConversation],
  ['DELETE', CONVERSATION, 'conversations.delete', conversations.deleteConversation],
  ['POST', `${CONVERSATION}/Messages`, 'messages.create', messages.createMessage],
  ['GET', `${CONVERSATION}/Messages`, 'messages.list', messages.listMessages],
  ['GET', MESSAGE, 'messages.fetch', messages.fetchMessage],
  ['POST', MESSAGE, 'messages.update', messages.updateMessage],
  ['DELETE', MESSAGE, 'messages.delete', messages.deleteMessage],
  ['GET', `${MESSAGE}/Receipts`, 'receipts.list', receipts.listReceipts],
  ['GET', `${MESSAGE}/Receipts/:ReceiptSid`, 'receipts.fetch', receipts.fetchReceipt],
  ['GET', `${MESSAGE}/ChannelMetadata`, 'channel-metadata.fetch', receipts.fetchChannelMetadata],
  ['POST', `${CONVERSATION}/Participants`, 'participants.create', participants.createParticipant],
  ['GET', `${CONVERSATION}/Participants`, 'participants.list', participants.listParticipants],
  [
    'GET',
    `${CONVERSATION}/Participants/:ParticipantSid`,
    'participants.fetch',
    participants.fetchParticipant,
  ],
  [
    'POST',
    `${CONVERSATION}/Participants/:ParticipantSid`,
    'participants.update',
    participants.updateParticipant,
  ],
  [
    'DELETE',
    `${CONVERSATION}/Participants/:ParticipantSid`,
    'participants.delete',
    participants.deleteParticipant,
  ],
  ['POST', `${CONVERSATION}/Webhooks`, 'webhooks.create', scoped.createScopedWebhook],
  ['GET', `${CONVERSATION}/Webhooks`, 'webhooks.list', scoped.listScopedWebhooks],
  ['GET', `${CONVERSATION}/Webhooks/:WebhookSid`, 'webhooks.fetch', scoped.fetchScopedWebhook],
  ['POST', `${CONVERSATION}/Webhooks/:WebhookSid`, 'webhooks.update', scoped.updateScopedWebhook],
  ['DELETE', `${CONVERSATION}/Webhooks/:WebhookSid`, 'webhooks.delete', scoped.deleteScopedWebhook],
  [
    'POST',
    '/ConversationWithParticipants',
    'conversations.create-with-participants',
    createConversationWithParticipants,
  ],
  ['GET', '/ParticipantConversations', 'participant-conversations.list', listParticipantConversations],
  ['POST', '/Users', 'users.create', users.createUser],
  ['GET', '/Users', 'users.list', users.listUsers],
  ['GET', USER, 'users.fetch', users.fetchUser],
  ['POST', USER, 'users.update', users.updateUser],
  ['DELETE', USER, 'users.delete', users.deleteUser],
  ['GET', `${USER}/Conversations`, 'user-conversations.list', memberships.listUserConversations],
  ['GET', `${USER}${CONVERSATION}`, 'user-conversations.fetch', memberships.fetchUserConversation],
  ['POST', `${USER}${CONVERSATION}`, 'user-conversations.update', memberships.updateUserConversation],
  ['DELETE', `${USER}${CONVERSATION}`, 'user-conversations.delete', memberships.deleteUserConversation],
  ['POST', '/Roles', 'roles.create', roles.createRole],
  ['GET', '/Roles', 'roles.list', roles.listRoles],
  ['GET', '/Roles/:RoleSid', 'roles.fetch', roles.fetchRole],
  ['POST', '/Roles/:RoleSid', 'roles.update', roles.updateRole],
  ['DELETE', '/Roles/:RoleSid', 'roles.delete', roles.deleteRole],
];

/** Conversations, Content (content.twilio.com), media (mcs.us1.twilio.com) and Chat v2 (chat.twilio.com) on one port. */
const GLOBAL: readonly Row[] = [
  ['GET', '/v1/Configuration', 'account-configuration.fetch', account.fetchAccountConfiguration],
  ['POST', '/v1/Configuration', 'account-configuration.update', account.updateAccountConfiguration],
  ['GET', '/v1/Configuration/Webhooks', 'account-webhooks.fetch', webhooks.fetchAccountWebhooks],
  ['POST', '/v1/Configuration/Webhooks', 'account-webhooks.update', webhooks.updateAccountWebhooks],
  ['POST', '/v1/Configuration/Addresses', 'addresses.create', addresses.createAddress],
  ['GET', '/v1/Configuration/Addresses', 'addresses.list', addresses.listAddresses],
  ['GET', '/v1/Configuration/Addresses/:AddressSid', 'addresses.fetch', addresses.fetchAddress],
  ['POST', '/v1/Configuration/Addresses/:AddressSid', 'addresses.update', addresses.updateAddress],
  ['DELETE', '/v1/Configuration/Addresses/:AddressSid', 'addresses.delete', addresses.deleteAddress],
  ['POST', '/v1/Services', 'services.create', services.createService],
  ['GET', '/v1/Services', 'services.list', services.listServices],
  ['GET', SERVICE, 'services.fetch', services.fetchService],
  ['DELETE', SERVICE, 'services.delete', services.deleteService],
  ['GET', `${SERVICE}/Configuration`, 'service-configuration.fetch', services.fetchServiceConfiguration],
  ['POST', `${SERVICE}/Configuration`, 'service-configuration.update', services.updateServiceConfiguration],
  ['GET', `${SERVICE}/Configuration/Notifications`, 'notifications.fetch', notifications.fetchNotifications],
  [
    'POST',
    `${SERVICE}/Configuration/Notifications`,
    'notifications.update',
    notifications.updateNotifications,
  ],
  ['GET', `${SERVICE}/Configuration/Webhooks`, 'service-webhooks.fetch', webhooks.fetchServiceWebhooks],
  ['POST', `${SERVICE}/Configuration/Webhooks`, 'service-webhooks.update', webhooks.updateServiceWebhooks],
  ['POST', `${SERVICE}/Media`, 'media.upload', media.uploadMedia],
  ['GET', `${SERVICE}/Media/:MediaSid`, 'media.fetch', media.fetchMedia],
  ['DELETE', `${SERVICE}/Media/:MediaSid`, 'media.delete', media.deleteMedia],
  ['GET', `${SERVICE}/Media/:MediaSid/Content`, 'media.download', media.downloadMedia],
  ['GET', '/v2/Services/:ChatServiceSid', 'chat-services.fetch', chat.fetchChatService],
  ['POST', '/v2/Services/:ChatServiceSid', 'chat-services.update', chat.updateChatService],
  ['POST', '/v1/Content', 'contents.create', contents.createContent],
  ['GET', '/v1/Content', 'contents.list', contents.listContents],
  ['GET', '/v1/ContentAndApprovals', 'contents.list-approvals', contents.listContentAndApprovals],
  ['GET', '/v1/Content/:ContentSid', 'contents.fetch', contents.fetchContent],
  ['PUT', '/v1/Content/:ContentSid', 'contents.update', contents.updateContent],
  ['DELETE', '/v1/Content/:ContentSid', 'contents.delete', contents.deleteContent],
  ['GET', '/v1/Content/:ContentSid/ApprovalRequests', 'approvals.fetch', contents.fetchApproval],
  ['POST', '/v1/Content/:ContentSid/ApprovalRequests/whatsapp', 'approvals.create', contents.requestApproval],
  ['GET', `${SERVICE}/Media/:MediaSid/Content/:Key`, 'media.download-temporary', media.downloadTemporary],
];

/** The only one that needs no credentials: its last segment is one. */
export const OPEN_OPERATION = 'media.download-temporary';

export const ROUTES: readonly RouteEntry[] = [
  ...SCOPED.flatMap(([method, path, operation, run]) => [
    { method, path: SERVICE + path, operation, run },
    { method, path: `/v1${path}`, operation, run },
  ]),
  ...GLOBAL.map(([method, path, operation, run]) => ({ method, path, operation, run })),
];
