import { parentPort, workerData } from 'node:worker_threads';
import { enumerate, type Share } from './enumerate.ts';

parentPort?.postMessage(await enumerate(workerData as Share));
