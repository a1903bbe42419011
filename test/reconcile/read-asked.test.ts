import { expect, it } from 'vitest';
import { readAsked } from '../../lib/reconcile/read-asked.ts';

it.each<[event: unknown, asked: string]>([
  [{ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }, 'schedule'],
  [{}, 'schedule'],
  [undefined, 'schedule'],
  ['now', 'schedule'],
  [{ look: 'backwards' }, 'schedule'],
  [{ source: 'aws.cloudwatch', alarmData: { state: { value: 'ALARM' } } }, 'alarm'],
  [changed('INSUFFICIENT_DATA', 'ALARM'), 'alarm'],
  [changed('ALARM', 'OK'), 'alarm'],
  // As each alarm does when it is made: nothing was lost.
  [changed('INSUFFICIENT_DATA', 'OK'), 'schedule'],
  [{ look: 'now' }, 'now'],
  [{ look: 'everywhere' }, 'everywhere'],
])('the event %o asks for %s', (event, asked) => {
  expect(readAsked(event)).toBe(asked);
});

function changed(from: string, to: string) {
  return { source: 'aws.cloudwatch', alarmData: { state: { value: to }, previousState: { value: from } } };
}
