// biome-ignore-all lint/suspicious/noConsole: what is written there must not get into a log
import { handlers, text } from 'parley';

/** Whatever of a process somebody may write to, or that writes by itself. */
const LEAKS: Readonly<Record<string, (words: string) => unknown>> = {
  throws: (words) => {
    throw nest(words);
  },
  rejects: (words) => Promise.reject(words),
  returns: (words) => ({ kind: words, [words]: nest(words) }),
  console: (words) => {
    console.log(words);
    console.error(nest(words));
    console.table([{ [words]: words }]);
    console.trace(words);
    console.dir({ [words]: { [words]: words } });
    return text('It is in the console.');
  },
  warns: (words) => {
    process.emitWarning(words, { type: words, code: words, detail: words });
    process.emitWarning(nest(words));
    return text('I have warned.');
  },
  leaves: (words) => {
    setImmediate(() => Promise.reject(nest(words)));
    return new Promise(() => undefined);
  },
  later: (words) => {
    setTimeout(() => Promise.reject(nest(words)), 1);
    return text('I am done.');
  },
};

function nest(words: string): Error {
  const inside = new AggregateError([new Error(words), words], words, { cause: { words } });
  return Object.assign(new Error(words, { cause: inside }), { name: words, code: words, [words]: words });
}

export default handlers<object>({
  leak: ({ how = '', words = '' }) => LEAKS[how]?.(words) as ReturnType<typeof text>,
});
