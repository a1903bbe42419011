import { expect, it } from 'vitest';
import { USER_AGENT } from '../lib/user-agent.ts';
import manifest from '../package.json' with { type: 'json' };

it('tells Twilio and AWS the version that package.json has', () => {
  expect(USER_AGENT).toBe(`${manifest.name}/${manifest.version}`);
});
