import type { POST_EVENTS, PRE_EVENTS } from '../../lib/event/event-types.ts';

export type PreEvent = (typeof PRE_EVENTS)[number];
export type PostEvent = (typeof POST_EVENTS)[number];

/** Form parameters of a webhook; a name may come more than once. */
export type EventParams = readonly (readonly [name: string, value: string])[];
