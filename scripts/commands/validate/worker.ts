/** A thread that examines parts beside the main one. */
import { parentPort, workerData } from 'node:worker_threads';
import { work, type Work } from './work.ts';

await work(workerData as Work, (part, found) => parentPort!.postMessage([part, found]));
