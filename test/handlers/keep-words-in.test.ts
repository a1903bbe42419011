import { Console } from 'node:console';
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { keepWordsIn } from '../../lib/handlers/keep-words-in.ts';
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
  const stream = new Writable({
    write: (chunk, _, done) => {
      told.push(String(chunk));
      done();
    },
  });
  const written = new Console(stream, stream);
  const log = silentLog();
  const leftErrors = keepWordsIn(log, own as unknown as NodeJS.Process, written);
  return { own, log, told, written, leftErrors };
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
  const { own, told } = startProcess('message');
  own.emit('message', 'words');
  expect(told).toEqual(['words']);
});

it('no warning is printed', () => {
  const { own, log, told } = startProcess('warning');
  own.emit('warning', new Error('words'));
  expect(told).toEqual([]);
  expect(log.lines).toMatchObject([{ level: 'warn' }]);
});

it('nothing that is written to the console is logged, but that there was something, once', () => {
  const { log, written, told } = startProcess('warning');
  written.log('words');
  written.error(new Error('words', { cause: 'words' }));
  written.table([{ words: 1 }]);
  written.dir({ words: 1 });
  written.group('words');
  written.assert(false, 'words');
  written.count('words');
  written.time('words');
  written.timeEnd('words');
  written.trace('words');
  expect(told).toEqual([]);
  expect(log.lines).toMatchObject([{ level: 'warn' }]);
  expect(JSON.stringify(log.lines)).not.toContain('words');
});
