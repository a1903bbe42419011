import { expect, it } from 'vitest';
import { readAsked } from '../../lib/reconcile/read-asked.ts';

it.each<[event: unknown, asked: string]>([
  [{ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }, 'schedule'],
  [{}, 'schedule'],
  [undefined, 'schedule'],
  ['now', 'schedule'],
  [{ look: 'backwards' }, 'schedule'],
  [{ source: 'aws.cloudwatch', alarmData: { state: { value: 'ALARM' } } }, 'alarm'],
  [{ look: 'now' }, 'now'],
  [{ look: 'everywhere' }, 'everywhere'],
])('the event %o asks for %s', (event, asked) => {
  expect(readAsked(event)).toBe(asked);
});
