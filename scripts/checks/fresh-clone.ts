/**
 * The README's commands as a newcomer would type them, those of examples/ too: in a fresh clone, without packages, under the machine's own Node. Those
 * that read once more where the platform requires bytes, as only then some of what they are made of is loaded.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { judgesByBytes } from '../core/by-bytes.ts';
import { isExample } from '../core/example.ts';
import { workingTree } from '../git/working-tree/working-tree.ts';
import { load } from '../read/load.ts';
import { command, ROOT } from './shell.ts';

/** Long enough for a first installation on a slow line. */
const START_SECONDS = 300;

/** Follows the README in a temporary clone, with the network for npm alone; a finding for each command that did not do what it says. */
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
  const platform = platformIn(clone);
  // A platform of one's own may have a README of its own.
  if (platform.isExample)
    for (const needed of ['npm start', 'npm test', 'npx miniapp --help']) {
      if (!readme.includes(needed)) found.push(`README.md does not say ${needed}`);
    }
  found.push(...(await tryStart(clone, platform.ids.length > 0)));
  found.push(...(await tryCommand(clone, 'npm test -- scripts/imports.test.ts', [0])));
  const lines = readmeCommands(platform, readme);
  if (platform.isExample) lines.push(...exampleCommands(clone, platform));
  for (const { line, codes } of lines) found.push(...(await tryCommand(clone, line, codes)));
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' });
  if (changed !== '')
    found.push(`the README's commands changed tracked files, or made files that .gitignore does not list:\n${changed}`);
  if (!platform.isJudging) found.push(...(await tryRequiringBytes(clone, lines)));
  return found;
}

/** What examples/README.md says to type. */
function exampleCommands(clone: string, platform: Platform): ReadmeCommand[] {
  const text = readFileSync(join(clone, 'examples/README.md'), 'utf8');
  const comparing = [...text.matchAll(/^git diff [^#\n]+/gm)].map(([line]) => ({ line: line.trim(), codes: [0] }));
  const found = readmeCommands(platform, text);
  if (found.length === 0 || comparing.length === 0) throw new Error('examples/README.md names no command to try');
  return [...found, ...comparing];
}

/** The commands that read, where the platform requires bytes from its first commit on, so that no version came before. */
async function tryRequiringBytes(clone: string, lines: readonly ReadmeCommand[]): Promise<string[]> {
  appendFileSync(join(clone, 'config/platform.yaml'), 'packages: { required: true }\n');
  const nobody = ['-c', 'user.name=nobody', '-c', 'user.email=nobody@example.com', '-c', 'core.hooksPath='];
  for (const words of [
    ['checkout', '--quiet', '--orphan', 'requiring'],
    ['commit', '--quiet', '--all', '-m', 'all'],
  ])
    execFileSync('git', [...nobody, ...words], { cwd: clone, stdio: ['ignore', 'ignore', 'pipe'] });
  console.log('  with packages: { required: true }');
  const reading = lines.filter(({ line }) => READING.test(line));
  const found: string[] = [];
  // What is missing is an answer.
  const stored = ['list', 'verify'].map((verb) => ({ line: `npx miniapp package ${verb}`, codes: [0, 1] }));
  for (const { line, codes } of [...reading, ...stored]) found.push(...(await tryCommand(clone, line, codes)));
  return found;
}

const READING = /^npx miniapp (?:validate|list|show|reviews|resolve|whoami|history|export|portal|package diff)\b/;

/** `npm start` from nothing; once more beside it, on another port and without installing; both stopped as Ctrl-C does. */
async function tryStart(clone: string, hasMiniapps: boolean): Promise<string[]> {
  const found: string[] = [];
  const first = start(clone);
  let second: StartedPortal | undefined;
  try {
    const address = await first.address;
    if (address === undefined) return [`npm start did not serve:\n${first.output()}`];
    found.push(...(await lacksListPage(address, hasMiniapps)));
    const record = join(clone, 'node_modules/.package-lock.json');
    if (!existsSync(record)) return [...found, 'npm start did not install the packages'];
    const installed = statSync(record).mtimeMs;
    second = start(clone);
    const other = await second.address;
    if (other === undefined) return [...found, `a second npm start did not serve:\n${second.output()}`];
    if (other === address) found.push(`a second npm start says ${other} too`);
    found.push(...(await lacksListPage(other, hasMiniapps)));
    if (statSync(record).mtimeMs !== installed) found.push('a second npm start installed again');
  } finally {
    await Promise.all([first.stop(), second?.stop()]);
  }
  return found;
}

interface StartedPortal {
  /** The address that it prints, or undefined when it ended or took too long. */
  readonly address: Promise<string | undefined>;
  output(): string;
  stop(): Promise<void>;
}

function start(clone: string): StartedPortal {
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

async function lacksListPage(address: string, hasMiniapps: boolean): Promise<string[]> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  const page = await answer.text();
  const isPage = answer.ok && /<html/i.test(page);
  const isList = isPage && (!hasMiniapps || /href="[^"]*miniapps\/[a-z0-9]{8,32}\/"/.test(page));
  return isList ? [] : [`${address} answers ${answer.status} without a list of miniapps`];
}

async function tryCommand(clone: string, line: string, codes: readonly number[]): Promise<string[]> {
  const started = performance.now();
  const { code, output } = await command(line, { cwd: clone, env: newcomer() });
  console.log(`  $ ${line}  → ${code}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return code !== null && codes.includes(code) ? [] : [`${line} ended with ${code}:\n${output.slice(-2000)}`];
}

/** What the README's placeholders may stand for in a configuration, whoever's it is. */
export interface Platform {
  readonly isExample: boolean;
  /** Whether it judges changes by bytes. */
  readonly isJudging: boolean;
  /** Every miniapp, those that open without a device first. */
  readonly ids: readonly string[];
  /** A version of the first of them. */
  readonly version: string | undefined;
  /** Somebody who is here. */
  readonly login: string | undefined;
  /** Whether every miniapp is a panel: then a code needs a device. */
  readonly isPanels: boolean;
  readonly app: string | undefined;
  readonly region: string | undefined;
}

/** A line to type, and the codes that it may end with. */
interface ReadmeCommand {
  readonly line: string;
  readonly codes: readonly number[];
}

/** What the commands of the README are about, in the configuration of a checkout: the example's or a platform's own. */
export function platformIn(root: string): Platform {
  const { workspace } = load(workingTree(join(root, 'config')));
  const miniapps = [...workspace.miniapps.values()].toSorted(
    (a, b) => Number(a.basics.type === 'panel') - Number(b.basics.type === 'panel'),
  );
  const app = [...workspace.apps.values()].find((one) => one.default === true);
  return {
    isExample: isExample(workspace),
    isJudging: judgesByBytes(workspace.platform),
    ids: miniapps.map(({ id }) => id),
    version: miniapps[0]?.versions.keys().next().value,
    login: [...workspace.people].find(([, { left }]) => left === undefined)?.[0],
    isPanels: miniapps.every(({ basics }) => basics.type === 'panel'),
    app: app?.id,
    region: app?.regions[0],
  };
}

/**
 * Every `npx miniapp …` of the README, its placeholders filled from the configuration; those that need what it does not have, or name what no platform tells, are
 * left out. Whether something opens is the configuration's affair, and what is set up is the clone's, so exit 1 is an answer too
 * where one is asked for. What is shown over several lines is an example to read.
 */
export function readmeCommands(
  { ids, version, login, isPanels, app, region }: Platform,
  readme: string,
): ReadmeCommand[] {
  const lines = [...readme.matchAll(/`(npx miniapp [^`]+)`|^(npx miniapp [^#\n]+)/gm)].map(([, span, block]) =>
    (span ?? block)!.trim(),
  );
  const fill: Readonly<Record<string, string | undefined>> = {
    ID: ids[0],
    VERSION: version,
    ME: login,
    APP: app,
    REGION: region,
    ACCOUNT: 'qa@example.com',
    URL: 'https://example.com/',
  };
  const isFilled = (line: string): boolean =>
    [...line.matchAll(PLACEHOLDER)].every(([name]) => fill[name] !== undefined);
  return [...new Set(lines)].filter(isFilled).map((line) => ({
    line: line.replace(PLACEHOLDER, (name) => fill[name] ?? name),
    codes: codesOf(line, isPanels),
  }));
}

/** A fresh clone knows nobody who acts, and no newer tool: that it says so is an answer where one of them is what the command is about. */
function codesOf(line: string, isPanels: boolean): readonly number[] {
  if (/ (?:plan|whoami|upgrade)$/.test(line)) return [0, 2];
  return / resolve | check-request | doctor/.test(line) || (isPanels && / qr /.test(line)) ? [0, 1] : [0];
}

const PLACEHOLDER = /\b[A-Z]{2,}\b/g;

/** The environment of a newcomer: no tools of this checkout in the path, nothing that npm told this process. */
function newcomer(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE|^INIT_CWD$|^VITEST/i.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !/node_modules|node-gyp-bin/.test(part));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
