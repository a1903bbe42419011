import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { keepWordsIn, type OwnProcess } from '../../lib/handlers/keep-words-in.ts';
import { silentLog } from '../support/silent-log.ts';

it.each(['uncaughtException', 'unhandledRejection'])(
  'an error that nobody awaits (%s) ends the process before anybody else logs its words',
  (name) => {
    const log = silentLog();
    const told: unknown[] = [];
    const own = Object.assign(new EventEmitter(), {
      exit: (code: number): never => {
        throw new Error(`exit ${code}`);
      },
    });
    own.on(name, (error) => told.push(error));
    keepWordsIn(log, own as unknown as OwnProcess);
    expect(() => own.emit(name, new Error('words'))).toThrow('exit 1');
    expect(told).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'error', code: 'defect' }]);
    expect(JSON.stringify(log.lines)).not.toContain('words');
  },
);
