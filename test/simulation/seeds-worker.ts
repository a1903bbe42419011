import { parentPort, workerData } from 'node:worker_threads';
import { type Range, runSeeds } from './run-seeds.ts';

parentPort?.postMessage(await runSeeds(workerData as Range));
