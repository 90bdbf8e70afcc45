/** How the platform keeps accounts: what others can read of them, from plain ones to digests, and the digest of one. */
import { defined } from '../core/defined.ts';
import { canonicalAccount, isDigest } from '../core/identity/account.ts';
import type { Platform, Workspace } from '../core/model.ts';
import { toDigests } from '../edit/accounts.ts';
import { digestOf, keyId, type AccountKey } from '../read/account-digest.ts';
import { plural } from '../report/terminal.ts';
import { EXIT, isJson, printJson, UsageError, words, type Command, type Input, type Io } from '../cli/frame/command.ts';
import { editingCommand, split } from '../cli/edits/edit-command.ts';
import {
  beginningKey,
  isAccount,
  accountFormFor,
  keyHere,
  KEY_SETTING,
  KEY_VARIABLE,
  neededKey,
} from '../cli/input/account-form.ts';
import { printList } from '../cli/output/list-output.ts';
import { texts } from '../cli/frame/options.ts';
import { configFolder, soundConfig } from '../cli/config/load-config.ts';
import { unknownMiniapp } from '../cli/input/unknown-miniapp.ts';

const migrate = editingCommand({
  name: 'accounts',
  summary: 'how accounts are kept: plain, or as digests that tell nobody who it is',
  usage: ['accounts migrate [--miniapp ID …]'],
  options: {
    miniapp: {
      type: 'string',
      multiple: true,
      value: 'ID',
      describe: 'of a platform that keeps digests: the plain accounts of this miniapp alone',
    },
  },
  request(input, io) {
    const { rest } = split(input, ['migrate']);
    words(rest);
    const named = texts(input, 'miniapp');
    const { path } = configFolder(input, io);
    let key: AccountKey | undefined;
    return {
      edit(given) {
        const { platform, miniapps } = given.workspace;
        const unknown = named.find((id) => !miniapps.has(id));
        if (unknown !== undefined) throw new UsageError(unknownMiniapp(unknown));
        const isSet = platform.accounts === 'digest' && platform.accountsKey !== undefined;
        if (!isSet && named.length > 0) throw new UsageError('--miniapp is for a platform that keeps digests already');
        key ??= isSet
          ? neededKey(path, io, platform.accountsKey)
          : beginningKey(path, io, { isDry: input.values['dry-run'] === true });
        const made = key;
        const chosen = [...miniapps.values()].filter(({ id }) => named.length === 0 || named.includes(id));
        return toDigests(given, chosen, (account) => digestOf(account, made), isSet ? undefined : keyId(made));
      },
    };
  },
});

async function show(input: Input, io: Io): Promise<number> {
  words(input);
  const checked = await soundConfig(input, io);
  if (!checked) return EXIT.no;
  const { platform, miniapps } = checked.workspace;
  const rows = [...miniapps.values()].flatMap(({ whitelist, scenarios }) => [...whitelist, ...scenarios]);
  const named = rows.flatMap(({ account }) => account ?? []);
  const here = keyHere(configFolder(input, io).path, io);
  const { accounts = 'plain', accountsKey } = platform;
  const facts = {
    accounts,
    ...defined({ accountsKey }),
    rows: named.length,
    distinct: new Set(named).size,
    ...defined({ keyHere: here ? keyId(here.key) : undefined }),
  };
  if (isJson(input)) printJson(io, facts);
  else io.stdout(`${sentences(facts, platform).join('\n')}\n`);
  return EXIT.fine;
}

interface AccountFacts {
  readonly rows: number;
  readonly distinct: number;
  readonly keyHere?: string;
}

function sentences({ rows, distinct, keyHere: here }: AccountFacts, { accounts, accountsKey }: Platform): string[] {
  const count = `${plural(distinct, 'account')} in ${plural(rows, 'row')} of whitelists and scenarios`;
  if (accounts !== 'digest') {
    return [
      `plain: ${count}; whoever can read the repository reads them, and its history keeps those that were removed`,
      'next: keep the repository private, or npx miniapp accounts migrate (an owner)',
    ];
  }
  const key =
    here === undefined
      ? `is not on this machine (${KEY_VARIABLE}, or git config ${KEY_SETTING})`
      : here === accountsKey
        ? 'is on this machine'
        : `is not on this machine, which has ${here}`;
  return [`digest: ${count}, by the key ${accountsKey ?? '?'}, which ${key}`];
}

/** The digests of accounts, to be pasted where an account would be read by others. */
async function hash(input: Input, io: Io): Promise<number> {
  const accounts = typedAccounts(input);
  const workspace = await platformOf(input, io);
  if (!workspace) return EXIT.no;
  if (workspace.platform.accounts !== 'digest')
    throw new UsageError('this platform keeps accounts plain: npx miniapp accounts migrate changes that');
  const keep = accountFormFor(input, io);
  const digests = accounts.map((account) => keep(account, workspace.platform));
  if (isJson(input)) printJson(io, { digests });
  else io.stdout(`${digests.join('\n')}\n`);
  return EXIT.fine;
}

interface FoundAccount {
  readonly miniapp: string;
  readonly app: string;
  readonly account: string;
  readonly scenario?: string;
}

/** Where accounts stand: every row and promise that names one of them. */
async function find(input: Input, io: Io): Promise<number> {
  const accounts = typedAccounts(input);
  const workspace = await platformOf(input, io);
  if (!workspace) return EXIT.no;
  const { platform, miniapps } = workspace;
  const keep = accountFormFor(input, io);
  const wanted = new Set(accounts.map((account) => keep(account, platform)));
  const found: FoundAccount[] = [...miniapps.values()].flatMap(({ id, whitelist, scenarios }) => [
    ...whitelist
      .filter(({ account }) => wanted.has(account))
      .map(({ app, account }) => ({ miniapp: id, app, account })),
    ...scenarios.flatMap(({ name, account, app }) =>
      account !== undefined && wanted.has(account) ? [{ miniapp: id, app, account, scenario: name }] : [],
    ),
  ]);
  const rows = found.map(({ miniapp, app, account, scenario = '' }) => [miniapp, app, account, scenario]);
  const head = ['miniapp', 'app', 'account', 'scenario'];
  printList(
    { rows: [head, ...rows], json: { found }, none: 'they stand nowhere; history may still hold them' },
    input,
    io,
  );
  return EXIT.fine;
}

/** What was typed, each of it an account: of a mistake there would be a digest too, and nobody could see it. */
function typedAccounts(input: Input): string[] {
  const accounts = input.positionals.map(canonicalAccount);
  if (accounts.length === 0) throw new UsageError('ACCOUNT is missing', 'word-missing');
  const wrong = accounts.findIndex((account) => !isAccount(account) && !isDigest(account));
  if (wrong >= 0)
    throw new UsageError(`word ${wrong + 1} is no account: an e-mail, a phone number (+ and digits) or a user id`);
  return accounts;
}

const platformOf = async (input: Input, io: Io): Promise<Workspace | undefined> =>
  (await soundConfig(input, io))?.workspace;

const VERBS = { show, hash, find } as const;

export const accountsCommand: Command = {
  ...migrate,
  usage: ['accounts show', 'accounts hash ACCOUNT …', 'accounts find ACCOUNT …', ...migrate.usage],
  run(input, io) {
    const { verb, rest } = split(input, ['show', 'hash', 'find', 'migrate']);
    return verb === 'migrate' ? migrate.run(input, io) : VERBS[verb](rest, io);
  },
};
