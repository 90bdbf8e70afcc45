/** From an account as somebody types it to the form in which the platform keeps it. */
import { canonicalAccount, isDigest } from '../../core/identity/account.ts';
import type { Platform } from '../../core/model.ts';
import { gitText } from '../../git/process/run.ts';
import { digestOf, keyId, keyOf, keyText, newKey, type AccountKey } from '../../read/account-digest.ts';
import { EnvironmentError, UsageError, type Input, type Io } from '../frame/command.ts';
import { unfitFor } from './schema-check.ts';
import { configFolder } from '../config/load-config.ts';

export const KEY_VARIABLE = 'MINIAPP_ACCOUNTS_KEY';
/** Where a clone keeps the key: in Git's own folder, which is never committed. */
export const KEY_SETTING = 'miniapp.accountsKey';

/**
 * What files hold for an account: the digest where the platform asks for digests, else the canonical form. What is no account stays
 * what it is, for the rules to find: nobody could see a mistake in its digest. Throws UsageError when a key is needed and is not here.
 */
export type AccountForm = (typed: string, platform: Pick<Platform, 'accounts' | 'accountsKey'>) => string;

/**
 * A function from an account as typed to the one that files hold. The key is looked for when the first account needs it; throws
 * UsageError where a digest is needed and no key is found.
 */
export function accountFormFor(input: Input, io: Io): AccountForm {
  let key: AccountKey | undefined;
  return (typed, { accounts, accountsKey }) => {
    const account = canonicalAccount(typed);
    if (accounts !== 'digest' || isDigest(account) || !isAccount(account)) return account;
    key ??= neededKey(configFolder(input, io).path, io, accountsKey);
    return digestOf(account, key);
  };
}

/** Whether files could hold it. */
export const isAccount = (account: string): boolean =>
  unfitFor('whitelist', { whitelist: [{ app: 'app', account }] }).length === 0;

/** The key of this machine (`path`: the configuration's folder), which must be the one that the platform names. Throws UsageError, which never says the key. */
export function neededKey(path: string, io: Io, named: string | undefined): AccountKey {
  const found = keyHere(path, io);
  if (!found) {
    throw new UsageError(
      `accounts are kept as digests here, and their key is not on this machine: set ${KEY_VARIABLE}, or git config ${KEY_SETTING} KEY (owners have it); without it, give the digest that npx miniapp accounts hash ACCOUNT prints where the key is`,
    );
  }
  const { key, from } = found;
  if (named !== undefined && keyId(key) !== named) {
    throw new UsageError(
      `the key of ${from} is ${keyId(key)}, and platform.yaml names the key ${named}: owners have that one`,
    );
  }
  return key;
}

/** `path`: the configuration's folder. Throws UsageError for a text that is no key. */
export function keyHere(path: string, io: Io): { readonly key: AccountKey; readonly from: string } | undefined {
  const given = io.env[KEY_VARIABLE];
  const inEnvironment = given !== undefined && given !== '';
  const text = inEnvironment ? given : configured(path);
  if (text === '') return undefined;
  const from = inEnvironment ? KEY_VARIABLE : `git config ${KEY_SETTING}`;
  const key = keyOf(text);
  if (!key) throw new UsageError(`${from} holds no key: they begin with miniapp-accounts-, and 43 characters follow`);
  return { key, from };
}

/**
 * The key of this machine, or a new one, which is kept before anything is made with it; `isDry`: kept nowhere. Throws UsageError where
 * there is no Git to keep it in.
 */
export function beginningKey(path: string, io: Io, { isDry }: { readonly isDry: boolean }): AccountKey {
  const here = keyHere(path, io);
  if (here) return here.key;
  const key = newKey();
  if (isDry) return key;
  try {
    gitText(path, ['config', KEY_SETTING, keyText(key)]);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new UsageError(
      `there is no Git folder to keep a new key in (${error.message}): set ${KEY_VARIABLE} to ${keyText(key)}, and keep it where the owners keep secrets`,
    );
  }
  io.stderr(
    `a new key, ${keyId(key)}, is in git config ${KEY_SETTING} of this clone, and nowhere else. Put it where the owners keep secrets: without it nobody can add, remove or look up an account. git config ${KEY_SETTING} shows it; ${KEY_VARIABLE} gives it to other machines\n`,
  );
  return key;
}

function configured(path: string): string {
  try {
    return gitText(path, ['config', '--default', '', '--get', KEY_SETTING]);
  } catch (error) {
    // Where Git is not installed nothing is configured.
    if (error instanceof EnvironmentError) return '';
    throw error;
  }
}

/**
 * Words that may name accounts, for what is derived of them where everybody reads it, such as a branch's name: a plain digest of them
 * could be guessed as the account itself could.
 */
export function hiddenWords(words: readonly string[], input: Input, io: Io, { accounts }: Platform): readonly string[] {
  const found = accounts === 'digest' && words.length > 0 ? keyHere(configFolder(input, io).path, io) : undefined;
  return found ? [digestOf(JSON.stringify(words), found.key)] : words;
}
