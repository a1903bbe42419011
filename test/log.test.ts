import { describe, expect, it, vi } from 'vitest';
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

  it('cuts each value of a list', () => {
    const { lines, log } = logInto('info');
    log.warn('x', { urls: ['a'.repeat(201), 'b'] });
    expect(lines[0]?.['urls']).toEqual(['a'.repeat(200), 'b']);
  });

  it('leaves numbers as they are', () => {
    const { lines, log } = logInto('info');
    log.info('x', { ms: 1.5, status: 0 });
    expect(lines[0]).toMatchObject({ ms: 1.5, status: 0 });
  });

  it('knows these fields and no others', () => {
    const fields = {
      accountSid: 'a',
      apiRequestId: 'r',
      attempt: 1,
      code: 'b',
      conversationSid: 'c',
      count: 8,
      eventType: 'd',
      function: 'e',
      handler: 'q',
      host: 'm',
      index: 2,
      messageSid: 'f',
      ms: 3,
      otherParameters: 7,
      outcome: 'g',
      parameters: ['n'],
      part: 4,
      parts: 5,
      path: 'o',
      reason: 'h',
      replySid: 'i',
      requestId: 'j',
      rule: 'k',
      serviceSid: 'l',
      status: 6,
      twilioRequestId: 's',
      urls: ['p'],
    } satisfies Required<LogFields>;
    const { lines, log } = logInto('info');
    log.info('x', fields);
    expect(lines).toEqual([{ time: expect.any(String), level: 'info', message: 'x', ...fields }]);
  });

  it('carries what is said of all that is done within, and what is learnt there, and nothing of it outside', async () => {
    const { lines, log } = logInto('info');
    const work = (requestId: string, twilioRequestId: string) =>
      log.within({ requestId }, async () => {
        await Promise.resolve();
        log.carry({ twilioRequestId });
        await log.within({}, async () => log.carry({ twilioRequestId: 'inner' }));
        log.info('answered', { rule: 'r' });
      });
    await Promise.all([work('a', 'RQ1'), work('b', 'RQ2')]);
    log.carry({ twilioRequestId: 'nobody' });
    log.info('outside');
    expect(lines).toMatchObject([
      { message: 'answered', requestId: 'a', twilioRequestId: 'RQ1', rule: 'r' },
      { message: 'answered', requestId: 'b', twilioRequestId: 'RQ2', rule: 'r' },
      { message: 'outside' },
    ]);
    expect(lines[2]).not.toHaveProperty('twilioRequestId');
  });

  it('goes to standard output, one line each, when it is not told where', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = createLog({ level: 'info', now: () => 0 });
    log.info('x');
    log.count('loop_muted');
    const written = write.mock.calls.map(([line]) => line);
    write.mockRestore();
    expect(written).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"x"}\n',
      expect.stringMatching(/^\{"_aws":.*"loop_muted":1\}\n$/),
    ]);
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
    const levels = ['debug', 'info', 'warn', 'error'] as const;
    for (const each of levels) log[each](each);
    expect(lines.map((line) => line['level'])).toEqual(levels.slice(-count));
  });

  /** Of a metric's line. */
  const embedded = (names: Record<string, string>, dimensions: string[] = [], namespace = 'parley/dev') => ({
    Timestamp: Date.UTC(2026, 10, 20),
    CloudWatchMetrics: [
      {
        Namespace: namespace,
        Dimensions: [dimensions],
        Metrics: Object.entries(names).map(([Name, Unit]) => ({ Name, Unit })),
      },
    ],
  });

  it('counts in the embedded metric format, at any level; a reason without a dimension costs nothing', () => {
    const { lines, log } = logInto('error');
    log.count('webhook_refused', 'signature');
    log.count('outcome_replied');
    expect(lines).toEqual([
      { _aws: embedded({ webhook_refused: 'Count' }), reason: 'signature', webhook_refused: 1 },
      { _aws: embedded({ outcome_replied: 'Count' }), outcome_replied: 1 },
    ]);
  });

  it.each([
    ['that is listed, by itself', '63016', '63016'],
    ['that is not, as another', '30005', 'other'],
  ])('counts a reason %s', (_, reason, counted) => {
    const { lines, log } = logInto('error');
    log.count('delivery_failed', reason);
    expect(lines).toEqual([
      { _aws: embedded({ delivery_failed: 'Count' }, ['reason']), reason: counted, delivery_failed: 1 },
    ]);
  });

  it.each([
    ['what is not a metric', 'reply_retried', 'ambiguous'],
    ['a reason that no alarm asks for', 'step_refused', 'tag'],
  ] as const)('counts %s in the log alone, at any level', (_, counted, reason) => {
    const { lines, log } = logInto('error');
    log.count(counted, reason);
    expect(lines).toEqual([{ time: '2026-11-20T00:00:00.000Z', reason, [counted]: 1 }]);
  });

  it('measures values of one moment in one line, in their units', () => {
    const { lines, log } = logInto('error');
    log.measure({ reconcile_due: 7, reconcile_oldest_s: 300 });
    expect(lines).toEqual([
      {
        _aws: embedded({ reconcile_due: 'Count', reconcile_oldest_s: 'Seconds' }),
        reconcile_due: 7,
        reconcile_oldest_s: 300,
      },
    ]);
  });

  it('keeps the metrics of each stage apart', () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string) => lines.push(JSON.parse(line));
    createLog({ level: 'info', now: () => Date.UTC(2026, 10, 20), write, stage: 'prod' }).count('loop_muted');
    expect(lines).toMatchObject([{ _aws: embedded({ loop_muted: 'Count' }, [], 'parley/prod') }]);
  });
});
