import { describe, expect, it } from 'vitest';
import { messageAdded } from '../../support.ts';
import { ask, holds, problemsOf } from './ask.ts';

describe('channel', () => {
  it.each([
    ['whatsapp', 'whatsapp:+15550100001', 'WHATSAPP'],
    ['sms', '+15550100001', 'SMS'],
    ['messenger', 'messenger:1234', 'MESSENGER'],
    ['rcs', 'rcs:+15550100001', 'RCS'],
    ['chat', 'ana', 'SDK'],
  ])('holds for %s', (channel, Author, Source) => {
    const event = messageAdded({ Author, Source });
    expect(holds(`{ channel: ${channel} }`, event)).toBe(true);
    const others = ['whatsapp', 'sms', 'messenger', 'rcs', 'chat'].filter((name) => name !== channel);
    expect(holds(`{ channel: [${others.join(', ')}] }`, event)).toBe(false);
  });

  it('says which channel it is, and which ones the rule is for', () => {
    expect(ask('{ channel: whatsapp }', 'x')?.why).toBe('channel: this is whatsapp');
    expect(ask('{ channel: [sms, rcs] }', 'x')?.why).toBe(
      'channel: this is whatsapp, the rule is for sms, rcs',
    );
  });

  it('refuses what is not a channel', () => {
    expect(problemsOf('{ channel: watsapp }')).toEqual([
      '"watsapp" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat. Did you mean "whatsapp"?',
    ]);
  });
});
