import { parentPort, workerData } from 'node:worker_threads';
import { type Enumerated, enumerate, type Share } from './enumerate.ts';

const results: Enumerated[] = [];
for (const share of workerData as readonly Share[]) results.push(await enumerate(share));
parentPort?.postMessage(results);
