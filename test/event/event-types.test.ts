import { expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { POST_EVENTS, PRE_EVENTS } from '../../lib/event/event-types.ts';

it('every event has a sample of its name, and is asked before or told after', () => {
  const names = Object.values(EVENTS).map(({ EventType }) => EventType);
  expect(new Set([...PRE_EVENTS, ...POST_EVENTS])).toEqual(new Set(names));
  expect(PRE_EVENTS.filter((name) => !/(Add|Update|Remove)$/.test(name))).toEqual([]);
  expect(POST_EVENTS.filter((name) => !/(Added|Updated|Removed)$/.test(name))).toEqual([]);
});
