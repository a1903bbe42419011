import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { keepWordsIn } from '../../lib/handlers/keep-words-in.ts';
import type { OwnProcess } from '../../lib/handlers/left-errors.ts';
import { silentLog } from '../support/silent-log.ts';

/** A process with a listener, as the runtime of Lambda has one, which logs what it is told. */
function startProcess(name: string) {
  const told: unknown[] = [];
  const own = Object.assign(new EventEmitter(), {
    exit: (code: number): never => {
      throw new Error(`exit ${code}`);
    },
  });
  own.on(name, (error) => told.push(error));
  const log = silentLog();
  return { own, log, told, leftErrors: keepWordsIn(log, own as unknown as OwnProcess) };
}

describe.each(['uncaughtException', 'unhandledRejection'])('an error that nobody awaits (%s)', (name) => {
  it('ends the process before anybody else logs its words', () => {
    const { own, log, told } = startProcess(name);
    expect(() => own.emit(name, new Error('words'))).toThrow('exit 1');
    expect(told).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'error', code: 'defect' }]);
    expect(JSON.stringify(log.lines)).not.toContain('words');
  });

  it('goes to no listener, those that come later among them, where a handler left it', () => {
    const { own, log, told, leftErrors } = startProcess(name);
    own.prependListener(name, (error) => told.push(error));
    const left: unknown[] = [];
    const emit = () => own.emit(name, 'words');
    expect(
      leftErrors.during(
        (error) => left.push(error),
        () => emit(),
      ),
    ).toBe(true);
    expect([left, told, log.lines]).toEqual([['words'], [], []]);
    const ours = () => leftErrors.outside(emit);
    expect(() => leftErrors.during(() => undefined, ours)).toThrow('exit 1');
  });
});

it('what a process says beside goes on', () => {
  const { own, told } = startProcess('warning');
  own.emit('warning', 'words');
  expect(told).toEqual(['words']);
});
