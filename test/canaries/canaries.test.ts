import { describe, expect, it } from 'vitest';
import { createCanaries } from './canaries.ts';
import { createOutputs } from './outputs.ts';

const secret = 'Zk4naRiSecretKey9wQx27LmPtVbHsYd';

function search(value: unknown): readonly string[] {
  const canaries = createCanaries();
  canaries.plantValue('secret', secret);
  const outputs = createOutputs();
  outputs.add('somewhere', value);
  return outputs.leaks(canaries).map(({ place }) => place);
}

class Private extends Error {
  readonly #kept: string;
  constructor(kept: string) {
    super('nothing');
    this.#kept = kept;
  }
  get kept(): string {
    return this.#kept;
  }
}

describe('a canary', () => {
  it.each<[where: string, value: unknown]>([
    ['a text', `…${secret}…`],
    ['other capitals', secret.toUpperCase()],
    ['an object', { deep: { er: [{ still: secret }] } }],
    ['the name of a field', { [secret]: 1 }],
    ['a field that is not listed', Object.defineProperty({}, 'secret', { value: secret, enumerable: false })],
    ['a field under a symbol', { [Symbol('s')]: secret }],
    ['a Map', new Map([[1, secret]])],
    ['JSON', { toJSON: () => secret }],
    ['a message of an error', new Error(secret)],
    ['a property of an error', Object.assign(new Error('x'), { request: { body: secret } })],
    ['the cause of a cause', new Error('x', { cause: new Error('y', { cause: secret }) })],
    ['one of several errors', new AggregateError([new Error('x'), new Error(secret)])],
    ['a stack', Object.assign(new Error('x'), { stack: `Error: ${secret}` })],
    ...[0, 1, 2, 3, 4].map((before): [string, unknown] => [
      `base64 behind ${before} characters`,
      Buffer.from(`${'x'.repeat(before)}${secret}yz`).toString('base64'),
    ]),
    ['base64 for URLs', Buffer.from(`SK00:${secret}`).toString('base64url')],
    ['Basic authentication', `Basic ${Buffer.from(`SK${'3'.repeat(32)}:${secret}`).toString('base64')}`],
    ['hexadecimal digits', Buffer.from(`a${secret}b`).toString('hex')],
  ])('is found in %s', (_, value) => {
    expect(search(value)).toEqual(['secret']);
  });

  it.each<[where: string, value: unknown]>([
    ['another text', 'nothing'],
    ['half of it', secret.slice(1)],
    ['a private field with a getter, which nobody prints', new Private(secret)],
  ])('is not found in %s', (_, value) => {
    expect(search(value)).toEqual([]);
  });

  it('is told from every other', () => {
    const canaries = createCanaries();
    const planted = Array.from({ length: 120 }, (_, i) => canaries.plant(`place ${i}`));
    expect(new Set(planted).size).toBe(120);
    for (const [i, value] of planted.entries()) expect(canaries.found(value)).toEqual([`place ${i}`]);
  });

  it('has several values when one place is planted twice', () => {
    const canaries = createCanaries();
    const planted = [canaries.plant('Body'), canaries.plant('Body')];
    for (const value of planted) expect(canaries.found(value)).toEqual(['Body']);
  });
});
