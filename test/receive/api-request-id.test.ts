import { expect, it } from 'vitest';
import { apiRequestId } from '../../lib/receive/api-request-id.ts';

it('the id of a request is what the API or the function URL says it is', () => {
  expect(apiRequestId({ requestContext: { requestId: 'abc' } })).toBe('abc');
});

it.each([
  undefined,
  null,
  'text',
  {},
  { requestContext: null },
  { requestContext: {} },
  { requestContext: { requestId: 7 } },
])('is unknown where an event does not say it: %j', (httpEvent) => {
  expect(apiRequestId(httpEvent)).toBeUndefined();
});
