import { addressFindings } from '../../addresses/address-findings.ts';
import type { Check } from '../check.ts';

export const addresses: Check = {
  id: 'addresses',
  what: 'No address sends its messages to another service, to Studio or here twice',
  why: 'A customer who writes to it is answered by somebody else, twice, or not at all.',
  run: async (look) => addressFindings(look, await look.addresses()),
};
