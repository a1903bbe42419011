import { describe, expect, it } from 'vitest';
import { hasName, hasRole, parseNames } from '../../lib/guards/names.ts';

const AGENT_ROLE = `RL${'f'.repeat(32)}`;

describe('AGENTS and PROGRAMS', () => {
  it('hold identities, and roles by their SID', () => {
    const names = parseNames(['ana', AGENT_ROLE, 'agent-*']);
    expect(names).toEqual({ identities: ['ana', 'agent-*'], roleSids: [AGENT_ROLE] });
    expect([AGENT_ROLE, `RL${'e'.repeat(32)}`, null, undefined].map((sid) => hasRole(names, sid))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([`x${AGENT_ROLE}`, `${AGENT_ROLE}0`, `RL${'f'.repeat(31)}`, `RL${'g'.repeat(32)}`])(
    'take %s for an identity',
    (entry) => {
      expect(parseNames([entry])).toEqual({ identities: [entry], roleSids: [] });
    },
  );

  it.each([
    ['ana', 'ana', true],
    ['ana', 'ana2', false],
    ['aa', 'aaa', false],
    ['*', '', true],
    ['agent-*', 'agent-', true],
    ['*-ana', 'agent-ana', true],
    ['*-ana', 'agent-ana-2', false],
    ['agent-*', 'my-agent-1', false],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a1c2b', false],
    ['a*b*c', 'ac', false],
    ['a*b*b*c', 'abxc', false],
    ['a*bb*b*c', 'abbc', false],
    ['a**c', 'axc', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['a*b*', 'acb', true],
    ['*b*', 'ac', false],
  ])('let %s fit %j: %s', (pattern, identity, fits) => {
    expect(hasName(parseNames([pattern]), identity)).toBe(fits);
  });
});
