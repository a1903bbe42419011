import { expect, it } from 'vitest';
import { isOneOf } from '../../lib/reconcile/same-url.ts';

it.each<[urls: readonly string[], url: string, same: boolean]>([
  [['https://a.example.com/hook'], 'https://a.example.com/hook', true],
  [['https://a.example.com/hook?stage=dev'], 'https://a.example.com/hook?stage=dev#rc=3', true],
  [['https://a.example.com/hook?stage=dev'], 'https://a.example.com/hook?stage=prod', false],
  [['https://a.example.com/hook', 'https://b.example.com/hook'], 'https://b.example.com/hook', true],
  [['https://a.example.com/'], 'https://a.example.com', true],
  [['not a URL'], 'not a URL', true],
  [['not a URL'], 'not one either', false],
  [[], 'https://a.example.com/hook', false],
])('of %o, one is the place of %s: %s', (urls, url, same) => {
  expect(isOneOf(urls, url)).toBe(same);
});
