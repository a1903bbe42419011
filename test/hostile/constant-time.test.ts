import * as crypto from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { signedUrls, verifySignature } from '../../lib/webhook/verify-signature.ts';
import { toParams } from '../webhook/requests.ts';

vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof crypto>();
  return { ...original, timingSafeEqual: vi.fn(original.timingSafeEqual) };
});

const urls = signedUrls(['https://old.example.com/hook', 'https://bot.example.com/hook']);
const authTokens = ['current', 'pending', 'previous'];
const params = toParams({ EventType: 'onMessageAdded', Body: 'order 12345' });

function comparisons(token: string, url: string): { readonly valid: boolean; readonly made: number } {
  const signature = signWebhook(token, url, params);
  const valid = verifySignature({ signature, params, urls, authTokens });
  return { valid, made: vi.mocked(crypto.timingSafeEqual).mock.calls.length };
}

describe('how long a signature takes to check', () => {
  beforeEach(() => {
    vi.mocked(crypto.timingSafeEqual).mockClear();
  });

  it.each([
    ['the first token and URL match', 'current', urls[0], true],
    ['the last token and URL match', 'previous', urls.at(-1), true],
    ['nothing matches', 'forged', 'https://evil.example.com/hook', false],
  ])('does not tell that %s: each pair is compared, and in constant time', (_, token, url = '', valid) => {
    expect(comparisons(token, url)).toEqual({ valid, made: urls.length * authTokens.length });
    for (const digests of vi.mocked(crypto.timingSafeEqual).mock.calls) {
      expect(digests.map(({ byteLength }) => byteLength)).toEqual([20, 20]);
    }
  });
});
