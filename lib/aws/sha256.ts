import { createHash, createHmac, createSecretKey } from 'node:crypto';

/** The signer's types; it gives text, or what `digest` gave. */
type Secret = string | ArrayBuffer | ArrayBufferView;

/**
 * What AWS's signer hashes with. Its own hands Node the key as bytes, which Node takes for a key object until an exception
 * says otherwise: three times the price, at each request.
 */
export class Sha256 {
  readonly #hash;

  /** @param secret with it, an HMAC */
  constructor(secret?: Secret) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function keyOf(secret: Secret) {
  return typeof secret === 'string' ? secret : createSecretKey(secret as Uint8Array);
}
