import { MAX_NAME } from '../../lib/limits.ts';
import { type Call, created, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { filterListing } from '../ledger.ts';
import { answerPage } from '../paging.ts';
import { readBoolean, readChoice, readSid, readText, requireAny } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { dates, type Resource } from '../show.ts';
import type { AddressConfiguration, AutoCreation } from '../state.ts';
import { checkWebhookUrl } from './webhook-configuration.ts';

/**
 * Addresses that make conversations by themselves when somebody writes to them.
 * @see https://www.twilio.com/docs/conversations/api/address-configuration-resource
 */

const TYPES = ['sms', 'whatsapp', 'messenger', 'gbm', 'email', 'rcs', 'apple', 'chat'] as const;

export const createAddress: Route = (core, call) => {
  const { form } = call;
  const type = readChoice(form, 'Type', TYPES);
  const address = readText(form, 'Address', MAX_NAME);
  if (type === undefined || address === undefined) {
    throw new RefusalError(20001, 'Invalid parameter: Type and Address are required');
  }
  if (core.state.addresses.items.some((other) => other.address === address)) {
    throw new RefusalError(20001, 'Invalid parameter: Address has a configuration already');
  }
  const now = core.timeline.now();
  const configuration = core.state.addresses.add({
    sid: core.newSid('IG'),
    type,
    address,
    friendly_name: readText(form, 'FriendlyName', MAX_NAME, 50003) ?? null,
    address_country: readText(form, 'AddressCountry', 2) ?? null,
    auto_creation: readAutoCreation(core, form, NO_AUTO_CREATION),
    date_created: now,
    date_updated: now,
  });
  return created(showAddress(core, call, configuration));
};

export const fetchAddress: Route = (core, call) => ok(showAddress(core, call, addressOf(core, call)));

export const listAddresses: Route = (core, call) => {
  const type = call.query.get('Type');
  return answerPage(core, call, {
    key: 'address_configurations',
    listing: filterListing(core.state.addresses, (address) => type === null || address.type === type),
    maximum: 50,
    show: (address) => showAddress(core, call, address),
  });
};

const AUTO_CREATION = [
  'Enabled',
  'Type',
  'ConversationServiceSid',
  'WebhookUrl',
  'WebhookMethod',
  'WebhookFilters',
  'StudioFlowSid',
  'StudioRetryCount',
].map((name) => `AutoCreation.${name}`);

export const updateAddress: Route = (core, call) => {
  const address = addressOf(core, call);
  requireAny(call.form, ['FriendlyName', ...AUTO_CREATION]);
  address.friendly_name = readText(call.form, 'FriendlyName', MAX_NAME, 50003) ?? address.friendly_name;
  address.auto_creation = readAutoCreation(core, call.form, address.auto_creation);
  address.date_updated = core.timeline.now();
  return ok(showAddress(core, call, address));
};

export const deleteAddress: Route = (core, call) => {
  core.state.addresses.remove(addressOf(core, call).sid);
  return gone;
};

const NO_AUTO_CREATION: AutoCreation = {
  enabled: false,
  type: 'default',
  conversation_service_sid: null,
  webhook_url: null,
  webhook_method: null,
  webhook_filters: null,
  studio_flow_sid: null,
  studio_retry_count: null,
};

function readAutoCreation(core: Core, form: URLSearchParams, old: AutoCreation): AutoCreation {
  const service = readSid(form, 'AutoCreation.ConversationServiceSid', 'IS', 50050);
  if (service !== undefined && core.state.services.get(service) === undefined) throw new RefusalError(50050);
  const url = form.get('AutoCreation.WebhookUrl') ?? undefined;
  if (url !== undefined) checkWebhookUrl(url, 20001);
  const method = readChoice(form, 'AutoCreation.WebhookMethod', ['GET', 'POST', 'get', 'post'], 50055);
  const filters = form.getAll('AutoCreation.WebhookFilters');
  const retries = form.get('AutoCreation.StudioRetryCount');
  if (retries !== null && !/^[0-3]$/.test(retries)) throw new RefusalError(50065);
  return {
    enabled: readBoolean(form, 'AutoCreation.Enabled') ?? old.enabled,
    type: readChoice(form, 'AutoCreation.Type', ['webhook', 'studio', 'default']) ?? old.type,
    conversation_service_sid: service ?? old.conversation_service_sid,
    webhook_url: url ?? old.webhook_url,
    webhook_method: method?.toUpperCase() ?? old.webhook_method,
    webhook_filters: filters.length === 0 ? old.webhook_filters : filters,
    studio_flow_sid: readSid(form, 'AutoCreation.StudioFlowSid', 'FW', 50367) ?? old.studio_flow_sid,
    studio_retry_count: retries === null ? old.studio_retry_count : Number(retries),
  };
}

function addressOf(core: Core, call: Call): AddressConfiguration {
  const name = call.params['AddressSid'] ?? '';
  const { addresses } = core.state;
  const address = addresses.get(name) ?? addresses.items.find((candidate) => candidate.address === name);
  if (address === undefined) throw notFound(`/Configuration/Addresses/${name}`);
  return address;
}

function showAddress(core: Core, { origin }: Call, address: AddressConfiguration): Resource {
  const { sid, type, friendly_name, address_country } = address;
  const auto = Object.entries(address.auto_creation).filter(([, value]) => value !== null);
  return {
    sid,
    account_sid: core.state.account_sid,
    type,
    address: address.address,
    friendly_name,
    auto_creation: Object.fromEntries(auto),
    address_country,
    ...dates(address),
    url: `${origin}/v1/Configuration/Addresses/${sid}`,
  };
}
