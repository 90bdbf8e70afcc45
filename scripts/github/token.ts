/** The token by which GitHub knows who asks: found where people and workflows keep it, never printed, never an argument. */
import { spawnSync } from 'node:child_process';
import { UsageError } from '../core/errors.ts';
import type { Environment } from '../git/process/run.ts';

export interface Token {
  readonly value: string;
  /** Where it was found, for sentences. */
  readonly from: string;
}

/** By its prefix, which GitHub gives to fine-grained personal tokens alone. */
export const isFineGrained = ({ value }: Token): boolean => value.startsWith('github_pat_');

/** Where a token may be, for sentences. */
export const TOKEN_PLACES = 'GITHUB_TOKEN, GH_TOKEN, or gh auth login';

/** `GITHUB_TOKEN`, `GH_TOKEN`, or what GitHub's own `gh` keeps for this host; undefined where there is none. */
export function tokenOf(env: Environment, host: string): Token | undefined {
  for (const from of ['GITHUB_TOKEN', 'GH_TOKEN']) {
    const value = env[from]?.trim();
    if (value === undefined || value === '') continue;
    // It becomes a header: what cannot stand there would say something else, or nothing.
    if (!/^[\x21-\x7E]+$/.test(value)) throw new UsageError(`${from} is no token: it holds spaces or line ends`);
    return { value, from };
  }
  return ofGh(env, host);
}

/** Milliseconds after which `gh` is not waited for: it may ask a key ring that asks a person. */
const GH_LIMIT = 10_000;

function ofGh(env: Environment, host: string): Token | undefined {
  if (env['PATH'] === undefined) return undefined;
  const { status, stdout } = spawnSync('gh', ['auth', 'token', '--hostname', host], {
    env: { ...env },
    encoding: 'utf8',
    timeout: GH_LIMIT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const value = status === 0 ? stdout.trim() : '';
  return /^[\x21-\x7E]+$/.test(value) ? { value, from: 'gh auth token' } : undefined;
}
