import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Runs each of `tasks` in a worker thread of `file`, `most` at a time; the worker gets the task as its workerData
 * and posts one message, the result. Results come in the order of the tasks.
 */
export async function sideBySide<Task, Result>(
  file: URL,
  tasks: readonly Task[],
  most: number,
  onResult: (result: Result) => void = () => undefined,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = tasks.entries();
  const work = async () => {
    for (const [position, task] of waiting) {
      const worker = new Worker(file, { workerData: task });
      const [result] = (await once(worker, 'message')) as [Result];
      results[position] = result;
      onResult(result);
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  return results;
}
