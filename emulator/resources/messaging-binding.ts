import { addressType } from '../address-type.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Settings } from '../settings.ts';
import type { MessagingBinding } from '../state.ts';

/** The three address parameters of a participant, unchecked. */
export interface BindingInput {
  readonly address: string | undefined;
  readonly proxyAddress: string | undefined;
  readonly projectedAddress: string | undefined;
}

export function readBindingInput(form: URLSearchParams): BindingInput {
  return {
    address: form.get('MessagingBinding.Address') ?? undefined,
    proxyAddress: form.get('MessagingBinding.ProxyAddress') ?? undefined,
    projectedAddress: form.get('MessagingBinding.ProjectedAddress') ?? undefined,
  };
}

/**
 * Checks addresses: each well formed, both of one channel, not the same, the proxy one of the account's.
 * @returns null when there is no address at all
 */
export function makeBinding(input: BindingInput, settings: Settings): MessagingBinding | null {
  const { address, proxyAddress, projectedAddress } = input;
  if (address === '') throw new RefusalError(50411);
  if (proxyAddress === '') throw new RefusalError(50412);
  if (address === undefined && proxyAddress === undefined && projectedAddress === undefined) return null;
  if (address === undefined && projectedAddress === undefined) throw new RefusalError(50407);
  const type = addressType(address ?? projectedAddress ?? '', 50407);
  if (proxyAddress !== undefined) checkProxy(proxyAddress, address, type, settings);
  return {
    type,
    ...(address === undefined ? {} : { address }),
    ...(proxyAddress === undefined ? {} : { proxy_address: proxyAddress }),
    ...(projectedAddress === undefined ? {} : { projected_address: projectedAddress }),
  };
}

function checkProxy(proxy: string, address: string | undefined, type: string, settings: Settings): void {
  if (addressType(proxy, 50408) !== type) throw new RefusalError(50414);
  if (proxy === address) throw new RefusalError(50409);
  const owned = settings.ownedAddresses;
  if (owned === null || owned.includes(proxy)) return;
  throw new RefusalError(type === 'whatsapp' ? 50415 : 50413);
}
