/** A thread that examines parts beside the main one. */
import { parentPort, workerData } from 'node:worker_threads';
import { work, type PartsToExamine } from './work.ts';

await work(workerData as PartsToExamine, (part, found) => {
  // Threads have no origin, as windows have.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort!.postMessage([part, found]);
});
