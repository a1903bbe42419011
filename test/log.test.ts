import { describe, expect, it } from 'vitest';
import { createLog, type LogFields, type LogLevel } from '../lib/log.ts';

function logInto(level: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => lines.push(JSON.parse(line));
  return { lines, log: createLog({ level, now: () => Date.UTC(2026, 10, 20), write }) };
}

describe('the log', () => {
  it('writes one JSON line with time, level, message and fields', () => {
    const { lines, log } = logInto('info');
    log.info('replied', { conversationSid: 'CH1', ms: 12 });
    expect(lines).toEqual([
      { time: '2026-11-20T00:00:00.000Z', level: 'info', message: 'replied', conversationSid: 'CH1', ms: 12 },
    ]);
  });

  it('drops fields that are not on the allow-list, whatever the caller passes', () => {
    const { lines, log } = logInto('info');
    log.warn('x', { body: 'canary', author: 'canary', reason: 'r' } as LogFields);
    expect(lines[0]).toEqual({ time: expect.any(String), level: 'warn', message: 'x', reason: 'r' });
  });

  it('cuts values at 200 characters and leaves out undefined ones', () => {
    const { lines, log } = logInto('info');
    log.error('x', { reason: 'a'.repeat(201), rule: undefined });
    expect(lines[0]?.['reason']).toBe('a'.repeat(200));
    expect(lines[0]).not.toHaveProperty('rule');
  });

  it('keeps a forged line inside one JSON string', () => {
    const raw: string[] = [];
    createLog({ level: 'info', now: () => 0, write: (line) => raw.push(line) }).info('x', {
      reason: 'a\n{"level":"error"}',
    });
    expect(raw).toHaveLength(1);
    expect(raw[0]).not.toContain('\n');
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
  ] as const)('at level %s writes %i of four levels', (level, count) => {
    const { lines, log } = logInto(level);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
    expect(lines).toHaveLength(count);
  });

  it('counts in the embedded metric format, at any level', () => {
    const { lines, log } = logInto('error');
    log.count('auth_rejected', 'signature');
    log.count('replied');
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: Date.UTC(2026, 10, 20),
          CloudWatchMetrics: [
            {
              Namespace: 'parley',
              Dimensions: [[], ['reason']],
              Metrics: [{ Name: 'auth_rejected', Unit: 'Count' }],
            },
          ],
        },
        reason: 'signature',
        auth_rejected: 1,
      },
      expect.objectContaining({ replied: 1 }),
    ]);
  });
});
