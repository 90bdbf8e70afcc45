/** A thread that examines parts beside the main one. Plain JavaScript, so that what it loads comes from compiled code that is kept. */
import { parentPort, workerData } from 'node:worker_threads';
import { keepCompiled } from './runtime.mjs';

keepCompiled();
const { work } = await import('./commands/validate/work.ts');
await work(workerData, (part, found) => {
  // Threads have no origin, as windows have.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort.postMessage([part, found]);
});
