/** Git commands that talk to a remote: bounded in time, never asking at a terminal, a token only where it belongs. */
import { EnvironmentError } from '../../core/errors.ts';

/** The kind of a failure, as far as Git's message says. */
export type NetworkFault =
  | 'timeout'
  | 'offline'
  | 'unknown-login'
  | 'forbidden'
  | 'missing'
  | 'moved'
  | 'refused'
  | 'hook'
  | 'remote-fault'
  | 'other';

/** A remote could not be reached, or refused. */
export class NetworkError extends EnvironmentError {
  readonly fault: NetworkFault;
  /** What the remote or a hook said, on one line; may be empty. */
  readonly said: string;
  constructor(fault: NetworkFault, said: string) {
    super(`Git says: ${said}`);
    this.fault = fault;
    this.said = said;
  }
}

/**
 * The right to talk to one server of Git by a token. Nobody takes the token out of it: `exchange` alone sends it, to that server, and by one
 * that only reads nothing is pushed.
 */
export interface GitAccess {
  readonly mayPush: boolean;
}

const tokens = new WeakMap<GitAccess, { readonly token: string; readonly server: string | undefined }>();

/** The right that a token gives at the server of an address, or the part of it that changes nothing. */
export function gitAccess(token: string, address: string, { mayPush }: GitAccess): GitAccess {
  const access: GitAccess = Object.freeze({ mayPush });
  tokens.set(access, { token, server: serverOf(address) });
  return access;
}

const serverOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined);

export interface Exchange {
  /** By which right, and at which address: the token is sent there, where that is on the server of the right. */
  readonly access?: GitAccess | undefined;
  readonly address?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds that it may take. */
  readonly seconds?: number;
}

/** Allows everything that simple-git blocks: all arguments are built here, and the environment is the user's own. */
const UNSAFE = {
  allowAbbreviatedOptions: true,
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeGitProxy: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

/** For a command that ended without a word simple-git waits 50 ms more for one: the end of its output is an empty one. */
const saysItsEnd = (_command: string, stdout: NodeJS.ReadableStream): void => {
  stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
};

/** Standard output of a command that talks to a remote. Throws NetworkError. */
export async function exchange(folder: string, args: readonly string[], options: Exchange = {}): Promise<string> {
  const { access, address = '', seconds = 120 } = options;
  if (args.includes('push') && access?.mayPush === false)
    throw new Error(`what only reads was asked to push to ${withoutLogin(address)}`);
  const known = access && tokens.get(access);
  const isThere = known?.server !== undefined && known.server === serverOf(address);
  const env = { ...options.env, ...(isThere ? authorization(address, known.token) : {}) };
  const limit = AbortSignal.timeout(seconds * 1000);
  const all = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...env };
  const allowEnvironment = Object.keys(all);
  try {
    const { simpleGit } = await import('simple-git');
    const git = simpleGit({ baseDir: folder, unsafe: UNSAFE, allowEnvironment, abort: limit }).outputHandler(
      saysItsEnd,
    );
    return await git.env(all as Record<string, string>).raw([...args]);
  } catch (error) {
    const words = withoutSecrets(error instanceof Error ? error.message : String(error), env);
    if (limit.aborted) throw new NetworkError('timeout', `no answer within ${seconds} s`);
    if (/ENOENT/.test(words)) throw new EnvironmentError('Git is not installed, or not on the PATH');
    throw new NetworkError(faultOf(words), saidIn(words));
  }
}

/**
 * The variables by which Git sends a token to this address, and to no other. They are no arguments, which every process of
 * the machine can read. Empty for what is not HTTP, and for plain HTTP to another machine.
 */
export function authorization(address: string, token: string): Record<string, string> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLocal = url !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const isProtected = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === undefined || !isProtected) return {};
  const key = `http.${url.origin}${url.pathname}.extraheader`;
  const value = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const first = Number(process.env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  // The empty one takes away a header that is configured already, such as the one of GitHub's checkout action: two are refused.
  const settings = [[key, ''] as const, [key, value] as const].flatMap(([name, text], i) => [
    [`GIT_CONFIG_KEY_${first + i}`, name] as const,
    [`GIT_CONFIG_VALUE_${first + i}`, text] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(first + 2), ...Object.fromEntries(settings) };
}

function withoutSecrets(words: string, env: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('GIT_CONFIG_VALUE_') && value !== '' ? [value, value.split(' ').at(-1)!] : [],
  );
  return hidden.reduce((text, secret) => text.replaceAll(secret, '***'), withoutLogin(words));
}

/** Words with addresses as anybody may read them: without the name and password that stand before a host. */
export const withoutLogin = (words: string): string => words.replace(/:\/\/[^/@\s]+@/g, '://');

const FAULTS: readonly (readonly [NetworkFault, RegExp])[] = [
  ['moved', /non-fast-forward|\(fetch first\)|stale info|cannot lock ref/i],
  [
    'unknown-login',
    /authentication failed|could not read (?:username|password)|prompts disabled|error: 401|publickey/i,
  ],
  ['forbidden', /error: 403|permission to .* denied|write access to repository not granted/i],
  ['missing', /repository .*not found|error: 404|does not appear to be a git repository/i],
  ['remote-fault', /error: 5\d\d|RPC failed|internal server error|early EOF/i],
  ['refused', /\[remote rejected\]|hook declined|protected branch|GH0\d\d/i],
  [
    'offline',
    /could not resolve host|failed to connect|couldn't connect|connection (?:refused|timed out|reset)|network is unreachable|no route to host|operation timed out/i,
  ],
];

function faultOf(words: string): NetworkFault {
  const known = FAULTS.find(([, pattern]) => pattern.test(words))?.[0];
  if (known) return known;
  // Git reports the result of each branch; without a report, a local hook stopped the push.
  const isStopped = /failed to push some refs/.test(words) && !/^!/m.test(words);
  return isStopped ? 'hook' : 'other';
}

/** The message of the remote, else Git's first error. */
function saidIn(words: string): string {
  const lines = words
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const remote = lines.flatMap((line) => /^remote:\s*(\S.*)$/.exec(line)?.[1] ?? []).filter((line) => /\w/.test(line));
  const rejected = lines.flatMap((line) => /^!.{0,200}?\[[a-z ]{0,20}rejected\]\s*(\S.*)$/.exec(line)?.[1] ?? []);
  const complaints = lines.filter((line) => /^(?:fatal|error|ssh):/.test(line) && !/failed to push some/.test(line));
  const own = lines.filter((line) => !/^(?:To |Done|!|error: failed to push)/.test(line));
  const [first] = [[...remote, ...rejected], complaints, own, lines].filter((some) => some.length > 0);
  const text = (first ?? ['nothing']).slice(0, 4).join(' ');
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
