import type { Guard } from './guard.ts';

export const notACustomer: Guard = {
  reason: 'not_a_customer',
  says: 'One of your people or programs wrote this, not a customer (AGENTS, PROGRAMS).',
  stops: async ({ who }) => (await who()) !== 'customer',
};
