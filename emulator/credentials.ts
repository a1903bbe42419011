import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The account's auth tokens and API key. As at Twilio, a secondary token already opens REST but signs nothing
 * until it is promoted, and the promoted-over token is dead at once.
 */
export interface Credentials {
  readonly authToken: string;
  readonly secondaryToken: string | undefined;
  readonly apiKeySid: string;
  /** Whether a Basic authorization header names this account or its key with a living secret. */
  accepts(authorization: string | undefined): boolean;
  createSecondary(token: string): void;
  /** Makes the secondary token the one that signs. @returns false when there is none */
  promote(): boolean;
  /** The first token signs again, and there is no other. */
  reset(): void;
}

export interface InitialCredentials {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
}

export function createCredentials(initial: InitialCredentials): Credentials {
  let primary = initial.authToken;
  let secondary: string | undefined;
  return {
    get authToken() {
      return primary;
    },
    get secondaryToken() {
      return secondary;
    },
    apiKeySid: initial.apiKeySid,
    accepts: (authorization) => {
      const given = readBasic(authorization);
      if (given === undefined) return false;
      if (given.user === initial.apiKeySid) return same(given.password, initial.apiKeySecret);
      if (given.user !== initial.accountSid) return false;
      return same(given.password, primary) || (secondary !== undefined && same(given.password, secondary));
    },
    createSecondary: (token) => {
      secondary = token;
    },
    promote: () => {
      if (secondary === undefined) return false;
      primary = secondary;
      secondary = undefined;
      return true;
    },
    reset: () => {
      primary = initial.authToken;
      secondary = undefined;
    },
  };
}

function readBasic(authorization = ''): { user: string; password: string } | undefined {
  const found = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization);
  if (found?.[1] === undefined) return undefined;
  const text = Buffer.from(found[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
