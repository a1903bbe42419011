import { expect, it } from 'vitest';
import { NothingToTagError } from '../../lib/reply/nothing-to-tag-error.ts';

it('a tag without a message is told by the event, with where a tag belongs', () => {
  expect(new NothingToTagError('onParticipantAdded').message).toMatch(
    /^onParticipantAdded .* tag in rules that answer messages\.$/,
  );
});
