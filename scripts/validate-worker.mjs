/** A thread that examines parts beside the main one. Plain JavaScript, so that it starts from the bundle as the main one does. */
import { parentPort, workerData } from 'node:worker_threads';
import { bundledProgram } from './bundle.mjs';
import { keepCompiled } from './runtime.mjs';

const { work } = (await bundledProgram('validate', keepCompiled)?.loadWork()) ?? (await workOfSources());
await work(workerData, (part, found) => {
  // Threads have no origin, as windows have.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort.postMessage([part, found]);
});

function workOfSources() {
  keepCompiled();
  return import('./commands/validate/work.ts');
}
