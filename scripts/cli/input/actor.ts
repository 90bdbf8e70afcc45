/** Who acts. */
import { pathOf } from '../../core/paths.ts';
import { gitText } from '../../git/process/run.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import type { Connection, MissingConnection } from '../../github/connection.ts';
import type { Account } from '../../github/types.ts';
import { siteOf } from '../../github/remotes.ts';
import { tokenOf } from '../../github/token.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError, ExpectedError, text, UsageError, type Input, type Io } from '../frame/command.ts';
import { loginIn } from './logins.ts';

/** `--actor`, else whose token it is, else what Git is configured with. `path`: the configuration's folder. */
export async function actorOf(input: Input, io: Io, path: string): Promise<string> {
  const given = text(input, 'actor');
  if (given !== undefined && given !== '') return given;
  const told = await tokensUser(io, path);
  const asked = told.login ?? configuredUser(path);
  if (asked !== '') return asked;
  throw new UsageError(
    `--actor is missing: who makes the change? ${told.why === undefined ? '' : `${told.why} `}(git config github.user LOGIN sets it once)`,
    'option-missing',
  );
}

/** Whose token it is, or what a token that is there does not say; neither where none is. When nobody answers, that is said. */
async function tokensUser(io: Io, path: string): Promise<{ readonly login?: string; readonly why?: string }> {
  const connection = await connectionOf(io, path);
  if ('missing' in connection) {
    const isUnused = connection.missing !== 'token' && tokenOf(io.env, siteOf(io.env).host) !== undefined;
    return isUnused ? { why: `Nobody was asked whose the token is, as ${connection.why}.` } : {};
  }
  try {
    const account = await connection.account();
    return account
      ? { login: loginOf(account, path) }
      : { why: 'The token is that of an app or of a workflow, which is nobody.' };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const configured = configuredUser(path);
    if (configured === '') throw new EnvironmentError(`${error.message}. --actor LOGIN says who acts`);
    io.stderr(`${safe(error.message)}; acting as ${safe(configured)} (git config github.user)\n`);
    return { login: configured };
  }
}

const connections = new WeakMap<Io, Map<string, Connection | MissingConnection>>();

/** GitHub as it can be reached from here, or why it cannot; one connection a command. */
export async function connectionOf(io: Io, path: string): Promise<Connection | MissingConnection> {
  const known = connections.get(io) ?? new Map<string, Connection | MissingConnection>();
  connections.set(io, known);
  const there = known.get(path);
  if (there) return there;
  const { connection } = await import('../../github/connection.ts');
  const found = await connection(path, io.env, (sentence) => io.stderr(`${safe(sentence)}\n`));
  known.set(path, found);
  return found;
}

/** Whoever has the account's number in people/; the account's own login when nobody has. */
function loginOf({ id, login }: Account, path: string): string {
  const { people } = loadWorkingTree(path, { miniapps: [], kinds: new Set(['person']) }).workspace;
  const person = [...people.values()].find(({ githubId }) => githubId === id);
  if (person) return person.login;
  const other = people.get(login);
  if (!other) return login;
  throw new UsageError(
    `the token is that of ${login}, account ${id}, and ${pathOf.person(login)} is account ${other.githubId}: somebody else, whose login it was`,
  );
}

function configuredUser(path: string): string {
  try {
    const configured = gitText(path, ['config', '--default', '', '--get', 'github.user']);
    return configured === '' ? '' : loginIn(path, configured);
  } catch (error) {
    // Where Git is not installed nothing is configured.
    if (error instanceof ExpectedError) return '';
    throw error;
  }
}
