import { Sha256 as Theirs } from '@smithy/core/checksum';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from '../../lib/aws/sha256.ts';

it('hashes as AWS’s own does, without a key, with a text and with bytes for one', () =>
  fc.assert(
    fc.asyncProperty(
      fc.option(fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1 })), { nil: undefined }),
      fc.array(fc.uint8Array()),
      async (secret, chunks) => {
        const [ours, theirs] = [new Sha256(secret), new Theirs(secret)];
        for (const chunk of chunks) {
          ours.update(chunk);
          theirs.update(chunk);
        }
        expect(Buffer.from(await ours.digest())).toEqual(Buffer.from(await theirs.digest()));
      },
    ),
  ));
