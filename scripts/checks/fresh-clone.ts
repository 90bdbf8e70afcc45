/** The README's commands as a newcomer would type them: in a fresh clone, without packages, under the machine's own Node. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { command, ROOT } from './shell.ts';

/** Long enough for a first installation on a slow line. */
const START_SECONDS = 300;

export async function freshClone(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'miniapp-clone-'));
  const clone = join(folder, 'clone');
  try {
    execFileSync('git', ['clone', '--quiet', '--no-local', ROOT, clone], { stdio: ['ignore', 'ignore', 'pipe'] });
    const dirty = execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
    if (dirty !== '') console.log('  note: changes that are not committed are not in the clone');
    return await tryReadme(clone);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function tryReadme(clone: string): Promise<string[]> {
  const readme = readFileSync(join(clone, 'README.md'), 'utf8');
  const found: string[] = [];
  for (const needed of ['npm start', 'npm test', 'npx miniapp --help']) {
    if (!readme.includes(needed)) found.push(`README.md does not say ${needed}`);
  }
  found.push(...(await tryStart(clone)));
  found.push(...(await tryCommand(clone, 'npm test -- scripts/imports.test.ts', [0])));
  for (const { line, codes } of readmeCommands(clone, readme)) found.push(...(await tryCommand(clone, line, codes)));
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' });
  if (changed !== '')
    found.push(`the README's commands changed tracked files, or made files that .gitignore does not list:\n${changed}`);
  return found;
}

/** `npm start` from nothing; once more beside it, on another port and without installing; both stopped as Ctrl-C does. */
async function tryStart(clone: string): Promise<string[]> {
  const found: string[] = [];
  const first = start(clone);
  let second: Started | undefined;
  try {
    const address = await first.address;
    if (address === undefined) return [`npm start did not serve:\n${first.output()}`];
    found.push(...(await lacksListPage(address)));
    const record = join(clone, 'node_modules/.package-lock.json');
    if (!existsSync(record)) return [...found, 'npm start did not install the packages'];
    const installed = statSync(record).mtimeMs;
    second = start(clone);
    const other = await second.address;
    if (other === undefined) return [...found, `a second npm start did not serve:\n${second.output()}`];
    if (other === address) found.push(`a second npm start says ${other} too`);
    found.push(...(await lacksListPage(other)));
    if (statSync(record).mtimeMs !== installed) found.push('a second npm start installed again');
  } finally {
    await Promise.all([first.stop(), second?.stop()]);
  }
  return found;
}

interface Started {
  /** The address that it prints, or undefined when it ended or took too long. */
  readonly address: Promise<string | undefined>;
  output(): string;
  stop(): Promise<void>;
}

function start(clone: string): Started {
  console.log('  $ npm start');
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: newcomer(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const address = new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), START_SECONDS * 1000);
    const settle = (value: string | undefined): void => {
      clearTimeout(timer);
      resolve(value);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const found = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\S*/.exec(output)?.[0];
        if (found) settle(found);
      });
    }
    void ended.then(() => settle(undefined));
  });
  return { address, output: () => output, stop: () => interrupt(child, ended) };
}

/** Ctrl-C reaches every process of the terminal's group. */
async function interrupt(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGINT');
  const group = -child.pid;
  const timer = setTimeout(() => process.kill(group, 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

async function lacksListPage(address: string): Promise<string[]> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  const page = await answer.text();
  const isList = answer.ok && /<html/i.test(page) && /href="[^"]*miniapps\/[a-z0-9]{8,32}\/"/.test(page);
  return isList ? [] : [`${address} answers ${answer.status} without a list of miniapps`];
}

async function tryCommand(clone: string, line: string, codes: readonly number[]): Promise<string[]> {
  const started = performance.now();
  const { code, output } = await command(line, { cwd: clone, env: newcomer() });
  console.log(`  $ ${line}  → ${code}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return code !== null && codes.includes(code) ? [] : [`${line} ended with ${code}:\n${output.slice(-2000)}`];
}

/**
 * Every `npx miniapp …` of the README, its placeholders filled from the example configuration. Whether something opens is the
 * configuration's affair, and what is set up is the clone's, so exit 1 is an answer too where one is asked for.
 */
export function readmeCommands(clone: string, readme: string): { line: string; codes: readonly number[] }[] {
  const lines = [...readme.matchAll(/`(npx miniapp [^`]+)`|^(npx miniapp [^#\n]+)/gm)].map(([, span, block]) =>
    (span ?? block)!.trim(),
  );
  const fill = placeholders(clone);
  return [...new Set(lines)].map((line) => ({
    line: line.replace(/\b[A-Z]{2,}\b/g, (name) => fill[name] ?? name),
    codes: / resolve | check-request | doctor/.test(line) ? [0, 1] : [0],
  }));
}

function placeholders(clone: string): Record<string, string> {
  const apps = execFileSync('git', ['grep', '-l', '^default: true', '--', 'config/apps'], {
    cwd: clone,
    encoding: 'utf8',
  });
  const ids = execFileSync('git', ['ls-files', 'config/miniapps/*/miniapp.yaml'], { cwd: clone, encoding: 'utf8' });
  const app = /apps\/(.*)\.yaml/.exec(apps)?.[1] ?? '';
  const region = /^regions:\s*(?:\[\s*|\n\s*-\s*)([\w-]+)/m.exec(
    readFileSync(join(clone, `config/apps/${app}.yaml`), 'utf8'),
  )?.[1];
  const id = /miniapps\/([a-z0-9]+)\//.exec(ids)?.[1] ?? '';
  return { ID: id, APP: app, REGION: region ?? '', ACCOUNT: 'qa@example.com' };
}

/** The environment of a newcomer: no tools of this checkout in the path, nothing that npm told this process. */
function newcomer(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE|^INIT_CWD$|^VITEST/i.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !/node_modules|node-gyp-bin/.test(part));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
