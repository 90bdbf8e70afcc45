#!/usr/bin/env node
/**
 * The command `miniapp`. Under a Node that reads TypeScript it is `cli.ts`, out of the bundle where that is current; under an older one
 * it starts itself again with the Node among the packages. Plain JavaScript, and nothing but Node's own modules before `cli.ts` decides what it needs.
 */
import { fileURLToPath } from 'node:url';
import { bundledProgram, startOf } from './bundle.mjs';
import { bundledNode, hasPackages, keepCompiled, readsTypeScript, requiredNode } from './runtime.mjs';

const args = process.argv.slice(2);
// The overview needs none.
const needsPackages = args.length > 0 && !['--help', '-h', 'help'].includes(args[0]);

// What nobody expected is a sentence too: of a package that is missing, a disk that is full, an output that is gone.
process.on('uncaughtException', fail);

if (readsTypeScript) process.exitCode = !needsPackages || (await installed()) ? await run() : 2;
else if (bundledNode() === undefined && !(await installed())) process.exitCode = 2;
else await startAgain();

function fail(error) {
  const { code, message = String(error), stack } = error ?? {};
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  const advice = isMissing ? 'npm ci installs what is missing' : 'DEBUG=1 shows where';
  console.error(process.env.DEBUG ? stack : `miniapp: ${String(message).split('\n')[0]}\n  ${advice}`);
  process.exit(2);
}

/** Installs when nothing is installed at all; whether what is there is current is for `npm start` and `npm test` to see to. */
async function installed() {
  if (hasPackages() && (readsTypeScript || bundledNode() !== undefined)) return true;
  const { setup } = await import('./setup.mjs');
  return setup();
}

async function run() {
  const main = bundledProgram(startOf(args), keepCompiled)?.main ?? (await mainOfSources());
  return main(args);
}

async function mainOfSources() {
  keepCompiled();
  const { main } = await import('./cli.ts');
  return main;
}

async function startAgain() {
  const { spawn } = await import('node:child_process');
  const { constants } = await import('node:os');
  const child = spawn(bundledNode(), [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; any other signal comes to this process alone.
  const passOn = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  child.on('error', (error) => {
    console.error(
      `The Node among the packages does not start (${error.code}). Install Node ${requiredNode()} or newer.`,
    );
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, passOn);
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
