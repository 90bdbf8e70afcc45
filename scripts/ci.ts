/**
 * The only reader of the Actions environment: what a workflow runs, as `node scripts/ci.ts VERB [--dry-run]`. Exit codes as of
 * the command line: 0 fine, 1 the answer is no, 2 something outside failed. What a pull request is told stands in its status.
 * What needs packages is loaded by the verb that uses it, so that one that is missing is said as anything else that fails.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from './core/errors.ts';
import { adviceOn, main } from './cli.ts';
import { processIo } from './cli/frame/process-io.ts';
import { EXIT, EnvironmentError, ExpectedError, UsageError } from './cli/frame/command.ts';
import { redactor } from './core/redaction/index.ts';
import type { alarm } from './github/issue-alert.ts';
import { logLine } from './github/workflow-commands.ts';
import type { GitHubReader, GitHubWriter } from './github/client.ts';
import { cloneAddress, PUBLIC_API, remoteBy } from './github/remotes.ts';
import { eventTarget, type EventTarget } from './github/webhook-event.ts';
import type { Repository } from './github/types.ts';
import type { ReconcileOptions } from './bot/round/reconcile.ts';
import type { CommandLine } from './bot/manual-transition/command-line.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the environment of a run says, as far as it is there. */
export interface RunEnvironment {
  readonly env: Env;
  readonly cwd: string;
  readonly isDry: boolean;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const CONFIG = 'config';

/** The verbs, in the order of their workflows. */
export const VERBS: Readonly<Record<string, (at: RunEnvironment) => Promise<number>>> = {
  check: (at) => reconciled(at, eventTarget(value(at, 'GITHUB_EVENT_NAME'), payload(at))),
  // Whoever starts it by hand wants everything to be looked at.
  reconcile: (at) =>
    reconciled(at, { numbers: [], heads: [] }, { isPeriodic: at.env['GITHUB_EVENT_NAME'] !== 'workflow_dispatch' }),
  transition: transitionAsked,
  publishable: isPublishable,
  audit: (at) => audited(at),
  alarm: alarmed,
};

/** Runs a verb. */
export async function run(words: readonly string[], at: Omit<RunEnvironment, 'isDry'>): Promise<number> {
  const [verb = '', ...options] = words;
  try {
    const strange = options.find((option) => option !== '--dry-run');
    if (!Object.hasOwn(VERBS, verb) || strange !== undefined)
      throw new UsageError(`usage: node scripts/ci.ts ${Object.keys(VERBS).join('|')} [--dry-run]`);
    return await VERBS[verb]!({ ...at, isDry: options.length > 0 });
  } catch (error) {
    return failed(verb, error, at);
  }
}

/** Says why it failed in the log and as an annotation, without a trace unless DEBUG is set. */
function failed(verb: string, error: unknown, { env, stdout, stderr }: Omit<RunEnvironment, 'isDry'>): number {
  const message = error instanceof Error ? error.message : String(error);
  if (env['DEBUG'] && error instanceof Error) stderr(`${error.stack}\n`);
  stderr(`${logLine(`${verb}: ${message}`)}${error instanceof ExpectedError ? '' : adviceOn(error)}\n`);
  stdout(`::error::${message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}\n`);
  return EXIT.failed;
}

function value({ env }: RunEnvironment, name: string): string {
  const found = env[name] ?? '';
  if (found !== '') return found;
  throw new UsageError(`${name} is not set: this runs in a workflow; on your own machine use npx miniapp`);
}

/** The event as GitHub gives it; its contents are untrusted. */
function payload({ env }: RunEnvironment): unknown {
  const file = env['GITHUB_EVENT_PATH'];
  if (file === undefined || file === '') return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new EnvironmentError(`the event at ${file} cannot be read: ${messageOf(error)}`);
  }
}

function repositoryOf(at: RunEnvironment): Repository {
  const name = value(at, 'GITHUB_REPOSITORY');
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined) throw new UsageError(`GITHUB_REPOSITORY is ${name}: write owner/name`);
  return { owner, repo };
}

async function optionsOf(at: RunEnvironment, hint: EventTarget): Promise<ReconcileOptions> {
  const repository = repositoryOf(at);
  const serverUrl = (at.env['GITHUB_SERVER_URL'] ?? 'https://github.com').replace(/(?<!\/)\/+$/, '');
  const token = value(at, 'GITHUB_TOKEN');
  const { GITHUB_TOKEN: _, ...env } = at.env;
  // Git is given no more than the client: a dry run pushes nothing.
  const right = { mayPush: !at.isDry };
  return {
    ...(await clientsOf(at, token)),
    repository,
    remote: remoteBy(cloneAddress(repository, serverUrl), token, right),
    path: join(at.cwd, CONFIG),
    folder: CONFIG,
    env,
    serverUrl,
    now: at.now,
    log: (sentence) => at.stderr(`${logLine(sentence)}\n`),
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    hint,
    // What is made again to be compared says nothing.
    commandLine: commandLineOf({ ...at, stdout: () => {}, stderr: () => {} }),
  };
}

/** The command line on behalf of somebody, what it says guarded. */
function commandLineOf(at: RunEnvironment): CommandLine {
  return async (words, folder, actor, now = at.now) => {
    // What the form was filled with is an account before any file holds it.
    const accounts = words.flatMap((word, i) =>
      word === '--account' ? (words[i + 1] ?? []) : word.startsWith('--account=') ? word.slice(10) : [],
    );
    const given = redactor(accounts);
    const shown = (text: string) => given.text(text).split('\n').map(logLine).join('\n');
    const io = {
      ...processIo(),
      stdout: (text: string) => at.stdout(shown(text)),
      stderr: (text: string) => at.stderr(shown(text)),
    };
    return main([...words, '--no-pr', '--actor', actor], { ...io, env: {}, cwd: folder, isColoured: false, now });
  };
}

/** A dry run is given nothing that could change GitHub. */
async function clientsOf(
  at: RunEnvironment,
  token: string,
): Promise<{ client: GitHubReader; writer: GitHubWriter | undefined }> {
  const { connect, connectReader } = await import('./github/client.ts');
  const apiUrl = at.env['GITHUB_API_URL'] ?? PUBLIC_API;
  const options = { token, apiUrl, log: (sentence: string) => at.stderr(`${logLine(sentence)}\n`) };
  if (at.isDry) return { client: connectReader(options), writer: undefined };
  const client = connect(options);
  return { client, writer: client };
}

async function reconciled(at: RunEnvironment, hint: EventTarget, { isPeriodic = false } = {}): Promise<number> {
  const options = { ...(await optionsOf(at, hint)), isPeriodic };
  const { reconcile } = await import('./bot/round/reconcile.ts');
  const { logLines, summaryOf } = await import('./bot/feedback/job-summary.ts');
  const outcome = await reconcile(options);
  const { repository, serverUrl } = options;
  const summary = { outcome, isDry: at.isDry, named: hint.numbers, repository, branch: outcome.branch, serverUrl };
  at.stdout(`${logLines(summary).join('\n')}\n`);
  append(at, 'GITHUB_STEP_SUMMARY', summaryOf(summary));
  if (outcome.mergeMismatches.length > 0) return EXIT.no;
  return outcome.failures.length > 0 ? EXIT.failed : EXIT.fine;
}

/** On behalf of whoever started the run, as GitHub tells of it. */
async function transitionAsked(at: RunEnvironment): Promise<number> {
  const input = (name: string) => at.env[`INPUT_${name}`] ?? '';
  const options = await optionsOf(at, { numbers: [], heads: [] });
  const run = value(at, 'GITHUB_RUN_ID');
  if (!/^[1-9]\d{0,15}$/.test(run)) throw new UsageError(`GITHUB_RUN_ID is ${run}: it is a number`);
  const form = {
    transition: input('TRANSITION'),
    miniapp: input('MINIAPP'),
    version: input('VERSION'),
    reason: input('REASON'),
    arguments: input('ARGUMENTS'),
  };
  const { proposeTransition } = await import('./bot/round/propose-transition.ts');
  const proposed = await proposeTransition(options, { run: Number(run), form }, commandLineOf(at));
  if (proposed === 'refused') return EXIT.no;
  if (proposed === 'nothing') return EXIT.fine;
  return reconciled(at, { numbers: [proposed.number], heads: [] });
}

async function isPublishable(at: RunEnvironment): Promise<number> {
  const { publishingGate } = await import('./publish/gate.ts');
  const {
    revision,
    isPublishable: may,
    reasons,
  } = await publishingGate({ path: join(at.cwd, CONFIG), folder: CONFIG, now: at.now });
  append(at, 'GITHUB_OUTPUT', `publishable=${may}\nrevision=${revision}\n`);
  at.stdout(
    `${may ? `${revision.slice(0, 10)} may be published` : reasons.map((why) => `not published: ${logLine(why)}`).join('\n')}\n`,
  );
  return may ? EXIT.fine : EXIT.no;
}

/** The command that people use, asking GitHub too. */
async function audited(at: RunEnvironment): Promise<number> {
  const shown = (text: string) => redactor([]).text(text).split('\n').map(logLine).join('\n');
  // Whoever runs this verb is a runner, with a runner's patience.
  const env = { ...at.env, GITHUB_ACTIONS: 'true' };
  const io = {
    stdout: (text: string) => at.stdout(shown(text)),
    stderr: (text: string) => at.stderr(shown(text)),
    env,
  };
  const code = await main(['audit', '--github', '--config', CONFIG], {
    ...io,
    cwd: at.cwd,
    isColoured: false,
    now: at.now,
  });
  // A finding is told in an issue; what keeps the audit from its end is not.
  append(at, 'GITHUB_OUTPUT', `found=${code === EXIT.no}\n`);
  return code;
}

/** Says it in an issue; with INPUT_NIGHTS only once so many nights in a row ended badly. */
async function alarmed(at: RunEnvironment): Promise<number> {
  const { writer, repository, serverUrl } = await optionsOf(at, { numbers: [], heads: [] });
  const title = (at.env['INPUT_TITLE'] ?? '').trim() || 'A nightly run failed';
  const run = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${value(at, 'GITHUB_RUN_ID')}`;
  const nights = Number(at.env['INPUT_NIGHTS'] ?? 1);
  if (!Number.isSafeInteger(nights) || nights < 1) throw new UsageError(`INPUT_NIGHTS is ${nights}: it is a number`);
  const { alarm } = await import('./github/issue-alert.ts');
  const said = writer === undefined ? 'dry' : await alarm(writer, repository, { title, run, nights });
  at.stdout(`${ALARMED[said](logLine(title))}\n`);
  return EXIT.fine;
}

const ALARMED: Readonly<Record<Awaited<ReturnType<typeof alarm>> | 'dry', (title: string) => string>> = {
  dry: (title) => `would say in an issue: ${title}`,
  said: (title) => `said in an issue: ${title}`,
  early: (title) => `not said in an issue before it was so for several nights: ${title}`,
  off: (title) => `::warning::issues are switched off here, so nothing but this run says it: ${title}`,
};

/** Adds to a file that the runner reads, where there is one. */
function append({ env }: RunEnvironment, name: string, text: string): void {
  const file = env[name];
  if (file !== undefined && file !== '') appendFileSync(file, text);
}

if (import.meta.main) {
  const { env, stdout, stderr } = processIo();
  const at = { env, stdout, stderr, cwd: process.cwd(), now: Date.now() };
  const words = process.argv.slice(2);
  // What nobody waited for fails as what was waited for does.
  process.on('uncaughtException', (error) => process.exit(failed(words[0] ?? 'ci', error, at)));
  process.exitCode = await run(words, at);
}
