import { AsyncLocalStorage } from 'node:async_hooks';

/** What is needed of a process. */
export type OwnProcess = Pick<NodeJS.Process, 'emit' | 'exit'>;

/** Gets an error of a call that nobody awaited. */
type OnLeft = (error: unknown) => void;

/** Knows of an error that nobody awaited whether a handler left it, be it long after its call has ended. */
export interface LeftErrors {
  /** Runs code of a handler's: an error that it leaves, and what it starts, comes to `onLeft` where a process is held. */
  during<T>(onLeft: OnLeft, work: () => T): T;
  /** Runs code of ours that a handler's code calls: its errors are ours. */
  outside<T>(work: () => T): T;
  /**
   * From here on no error that a handler leaves ends the process, nor is it shown to those who would log it. They hang
   * on the process as listeners, the runtime of Lambda among them, so it is kept from them where it is told of.
   * https://nodejs.org/docs/latest-v24.x/api/process.html#event-uncaughtexception
   * @param other instead of what the process does with all other errors that nobody awaited
   * @returns ends it
   */
  hold(own: OwnProcess, other?: () => void): () => void;
}

const TOLD: readonly unknown[] = ['uncaughtException', 'unhandledRejection'];
const TOLD_BEFORE = 'uncaughtExceptionMonitor';

export function createLeftErrors(): LeftErrors {
  const calls = new AsyncLocalStorage<OnLeft | undefined>();
  return {
    during: (onLeft, work) => calls.run(onLeft, work),
    outside: (work) => calls.run(undefined, work),
    hold: (own, other) => {
      const emit = own.emit as (...told: readonly unknown[]) => boolean;
      let isHeld = true;
      const emitOthers = (...told: readonly unknown[]): boolean => {
        const [name, error] = told;
        const isEnd = TOLD.includes(name);
        if (!isHeld || !(isEnd || name === TOLD_BEFORE)) return emit.apply(own, [...told]);
        const onLeft = calls.getStore();
        if (onLeft === undefined && other === undefined) return emit.apply(own, [...told]);
        if (isEnd) (onLeft ?? other)?.(error);
        return true;
      };
      own.emit = emitOthers as OwnProcess['emit'];
      return () => {
        isHeld = false;
        if (own.emit === (emitOthers as OwnProcess['emit'])) own.emit = emit as OwnProcess['emit'];
      };
    },
  };
}
