import { expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { operatorSettings } from '../../lib/reply/answer-settings.ts';
import { ENVIRONMENT } from './bot-harness.ts';

it('nobody is an agent or a program who is not named as one', () => {
  const config = readConfig('reply', ENVIRONMENT);
  const { agents, programs } = operatorSettings(config);
  expect([agents, programs]).toEqual([
    { identities: [], roleSids: [] },
    { identities: [], roleSids: [] },
  ]);
});
