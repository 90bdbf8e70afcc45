/**
 * Who we are to a registry, as Docker keeps it: `config.json` in `$DOCKER_CONFIG` or `~/.docker`, its helpers (a program that is asked),
 * or `MINIAPP_REGISTRY_TOKEN`. Nothing of it is ever part of a message.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../core/defined.ts';
import { systemCode } from '../../core/errors.ts';
import { reasonOf } from '../../project/tree.ts';
import { StoreError } from '../store.ts';

export const TOKEN_VARIABLE = 'MINIAPP_REGISTRY_TOKEN';
/** The registry that the token is for, by its host, as a person says it: `http://` before it where it is spoken to without TLS. */
export const HOST_VARIABLE = 'MINIAPP_REGISTRY_HOST';

export interface Credentials {
  /** Where they are from, as sentences call it. */
  readonly from: string;
  readonly login?: { readonly name: string; readonly secret: string };
  /** A token that a token service gives others for (OAuth 2's refresh token). */
  readonly identity?: string;
  /** A token that the registry itself takes. */
  readonly bearer?: string;
}

/** Milliseconds that a helper may take: some ask the person. */
const PATIENCE = 120_000;
/** What a registry is asked as whom, where only a secret was given: services that know secrets by themselves take any name. */
const NAME = 'token';

/** Undefined where there are none. Throws StoreError where they cannot be read. */
export async function credentialsFor(registry: string, env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  const token = env[TOKEN_VARIABLE]?.trim();
  if (token !== undefined && token !== '') return fromToken(token);
  const folder = env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker');
  const file = join(folder, 'config.json');
  const config = readConfig(file);
  if (!config) return undefined;
  const names = namesOf(registry);
  const helper = firstOf(config.credHelpers, names) ?? config.credsStore;
  if (typeof helper === 'string' && helper !== '') {
    for (const name of helperNames(registry, config)) {
      const found = await fromHelper(helper, name, env);
      if (found) return found;
    }
  }
  const entry = Object.entries(config.auths ?? {}).find(([key]) => names.includes(hostIn(key)))?.[1];
  return entry && fromEntry(entry, file);
}

/** `NAME:SECRET`, or a secret alone. */
function fromToken(token: string): Credentials {
  const at = token.indexOf(':');
  const from = TOKEN_VARIABLE;
  if (at > 0) return { from, login: { name: token.slice(0, at), secret: token.slice(at + 1) } };
  return { from, login: { name: NAME, secret: token }, bearer: token };
}

interface CredentialEntry {
  readonly auth?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly identitytoken?: unknown;
  readonly registrytoken?: unknown;
}

interface Config {
  readonly auths?: Readonly<Record<string, CredentialEntry>>;
  readonly credHelpers?: Readonly<Record<string, unknown>>;
  readonly credsStore?: unknown;
}

function readConfig(file: string): Config | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new StoreError(`${file} cannot be read: ${reasonOf(error)}`);
  }
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : undefined;
  } catch {
    // What the parser says would show a part of it.
    throw new StoreError(`${file} is no JSON`);
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function fromEntry(entry: CredentialEntry, from: string): Credentials | undefined {
  const decoded = Buffer.from(text(entry.auth) ?? '', 'base64')
    .toString('utf8')
    .replaceAll('\0', '');
  const at = decoded.indexOf(':');
  const name = at > 0 ? decoded.slice(0, at) : text(entry.username);
  const secret = at > 0 ? decoded.slice(at + 1) : text(entry.password);
  const [identity, bearer] = [text(entry.identitytoken), text(entry.registrytoken)];
  const login = name !== undefined && secret !== undefined && secret !== '' ? { name, secret } : undefined;
  if (!login && identity === undefined && bearer === undefined) return undefined;
  return {
    from,
    ...defined({ login, identity: identity || undefined, bearer: bearer || undefined }),
  };
}

/** What Docker calls a registry: Docker Hub has an older name there. */
const namesOf = (registry: string): string[] =>
  HUB.includes(registry) ? [...new Set([registry, ...HUB])] : [registry];
const HUB = ['index.docker.io', 'docker.io', 'registry-1.docker.io'];

/** An entry is named by a host, or by an address as older versions wrote it. */
const hostIn = (key: string): string => key.replace(/^https?:\/\//, '').split('/', 1)[0]!;

const firstOf = (map: Config['credHelpers'], names: readonly string[]): string | undefined =>
  names.map((name) => map?.[name]).find((value): value is string => typeof value === 'string');

/** What a helper may have it under: the keys of the file first, as Docker wrote them. */
const helperNames = (registry: string, { auths }: Config): string[] => {
  const names = namesOf(registry);
  const keys = Object.keys(auths ?? {}).filter((key) => names.includes(hostIn(key)));
  return [...new Set([...keys, ...(HUB.includes(registry) ? ['https://index.docker.io/v1/'] : []), registry])];
};

function fromHelper(helper: string, name: string, env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  if (!/^[A-Za-z0-9._-]+$/.test(helper)) throw new StoreError('the helper that Docker’s config.json names is no name');
  const program = `docker-credential-${helper}`;
  return new Promise((give, refuse) => {
    const child = execFile(program, ['get'], { env, timeout: PATIENCE, maxBuffer: 1024 ** 2 }, (error, output) => {
      if (error) {
        // A helper says in words that it has none.
        if (/credentials not found/i.test(output)) return give(undefined);
        const why = error.code === 'ENOENT' ? 'it is not installed' : error.killed ? 'it gave no answer' : 'it failed';
        return refuse(new StoreError(`${program}, which Docker's config.json names, cannot be asked: ${why}`));
      }
      give(fromAnswer(output, program));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(name);
  });
}

function fromAnswer(output: string, from: string): Credentials | undefined {
  try {
    const { Username: name, Secret: secret } = JSON.parse(output) as { Username?: unknown; Secret?: unknown };
    const [user, word] = [text(name), text(secret)];
    if (word === undefined || user === undefined) return undefined;
    return user === '<token>' ? { from, identity: word } : { from, login: { name: user, secret: word } };
  } catch {
    throw new StoreError(`${from} gave no JSON`);
  }
}
