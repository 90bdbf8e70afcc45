/** The commands that change a setting of one miniapp, or of many. Longer than most files, because it is one table: an entry a setting. */
import { defined } from '../../core/defined.ts';
import type { Domains, Miniapp, Platform, TraffickingRow, WhitelistRow, Workspace } from '../../core/model.ts';
import { namedIds, regionsMeant } from '../../core/named.ts';
import { writtenLogin } from '../../core/identity/login.ts';
import { ORIGIN_APIS, type OriginApi } from '../../core/resolution/requests.ts';
import {
  addCloud,
  addDomains,
  canonicalOrigin,
  removeCloud,
  removeDomains,
  type ListedOrigin,
} from '../../edit/domains.ts';
import { editBasics } from '../../edit/basics.ts';
import { addMember, removeMember, type GivenMember } from '../../edit/members.ts';
import { addDelivery, removeDelivery } from '../../edit/trafficking.ts';
import { addToWhitelist, removeFromWhitelist } from '../../edit/whitelist.ts';
import { AVATAR_FORMATS, avatarFile } from '../../cli/input/avatar-file.ts';
import { oneOf, text, UsageError, type Command, type Input } from '../../cli/frame/command.ts';
import { editingCommand } from '../../cli/edits/edit-command.ts';
import { basicsFromFile } from './entries-file.ts';
import { bulkTarget, MANY_OPTIONS, TARGET } from '../../cli/edits/bulk.ts';
import { domainFaults, rowFaults } from './validate-rows.ts';
import { settingsCommand, type Field } from '../../cli/edits/settings-command.ts';
import { texts } from '../../cli/frame/options.ts';

export const editCommand: Command = editingCommand({
  name: 'edit',
  summary: 'name, description, avatar and category of a miniapp',
  usage: [
    `edit ${TARGET} [--name NAME] [--description TEXT] [--unset name|description|category …] [--language L]`,
    '     [--avatar FILE] [--category C] [--archive | --unarchive]',
    'edit [ID] --file FILE [--language L]',
  ],
  miniappWord: 0,
  options: {
    name: { type: 'string', value: 'NAME', describe: 'what people read' },
    description: { type: 'string', value: 'TEXT', describe: 'what it is for, in one line' },
    language: {
      type: 'string',
      value: 'L',
      describe: 'the language of name and description (default: the fallback language)',
    },
    avatar: { type: 'string', value: 'FILE', describe: AVATAR_FORMATS },
    category: { type: 'string', value: 'C', describe: 'where it is listed' },
    unset: {
      type: 'string',
      multiple: true,
      value: 'FIELD',
      describe: 'what it shall not say any more; name and description in the language of --language',
    },
    archive: {
      type: 'boolean',
      describe: 'given up: it is not listed any more; nothing of it may be enabled online, tried or under review',
    },
    unarchive: { type: 'boolean', describe: 'taken up again' },
    file: {
      type: 'string',
      value: 'FILE',
      describe:
        'an entry a miniapp and language, .csv, .yaml, .json or - (fields: miniapp, language, name, description, category)',
    },
    ...MANY_OPTIONS,
  },
  request(input, io) {
    if (text(input, 'file') !== undefined) return basicsFromFile(input, io);
    const aim = bulkTarget(input);
    if (aim.words.length > 0) throw new UsageError(`"${aim.words[0]}" is one word too many`);
    const [name, description, category] = ['name', 'description', 'category'].map((option) => text(input, option));
    const avatar = avatarFile(input, io);
    const archived = archivedOf(input);
    const unset = texts(input, 'unset').flatMap((field) => field.split(','));
    const strange = unset.find((field) => !UNSETTABLE.includes(field));
    if (strange !== undefined) throw new UsageError(`--unset ${strange}: it is one of ${UNSETTABLE.join(', ')}`);
    if (text(input, 'language') !== undefined && name === undefined && description === undefined && unset.length === 0)
      throw new UsageError('--language says whose --name, --description and --unset are: give one of them');
    const isNothing = [name, description, category, avatar, archived].every((field) => field === undefined);
    if (isNothing && unset.length === 0) {
      throw new UsageError(
        'nothing to edit is named: --name, --description, --avatar, --category, --unset or --archive',
      );
    }
    const both = Object.entries({ name, description, category }).find(
      ([field, value]) => value !== undefined && unset.includes(field),
    );
    if (both) throw new UsageError(`--${both[0]} and --unset ${both[0]} exclude each other`);
    return aim.request((given, miniapp) => {
      const language = text(input, 'language') ?? given.workspace.platform.languages[0] ?? 'en';
      const fields = { texts: [{ language, name, description }], category, avatar, archived };
      return editBasics(given, miniapp, { ...fields, unset: { language, fields: new Set(unset) } });
    });
  },
});

const UNSETTABLE = ['name', 'description', 'category'];

function archivedOf({ values }: Input): boolean | undefined {
  return values['archive'] ? true : values['unarchive'] ? false : undefined;
}

/** The forms that every one of these commands has; what is removed may say less. */
const forms = (name: string, word: string, add: string, remove = add, more = ''): string[] => [
  `${name} add ${TARGET} [${word} …] ${add} [--file FILE] ${more}`.replace(/ +/g, ' ').trim(),
  `${name} remove ${TARGET} [${word} …] ${remove} [--file FILE] ${more}`.replace(/ +/g, ' ').trim(),
  `${name} list ID`,
];

/** The texts of a field that holds several, apart by spaces or commas. */
const partsOf = (field: Field, name: string): string[] =>
  (field(name) ?? '').split(/[ ,]+/).filter((part) => part !== '');

/** People may be named in any letter case. */
const membersIn = ({ people }: Workspace, rows: readonly GivenMember[]): GivenMember[] =>
  rows.map((row) => ({ ...row, login: writtenLogin(people, row.login) }));

/** Of a delivery they are the app's. */
function deliveries(workspace: Workspace, rows: readonly TraffickingRow[]): TraffickingRow[] {
  const ids = namedIds(workspace);
  return rows.map(({ app: word, regions }) => {
    const app = ids.app(word);
    return { app, regions: regionsMeant(ids.regions(regions), workspace.apps.get(app)?.regions ?? []) };
  });
}

function listings(workspace: Workspace, rows: readonly ListedOrigin[]): ListedOrigin[] {
  const ids = namedIds(workspace);
  const all = Object.keys(workspace.platform.regions);
  return rows.map((row) => ({ ...row, regions: regionsMeant(ids.regions(row.regions), all) }));
}

export const whitelistCommand = settingsCommand<GivenAccount>({
  name: 'whitelist',
  summary: 'who gets the experience version',
  usage: forms(
    'whitelist',
    'ACCOUNT',
    '[--account ACCOUNT …] [--app APP] [--note TEXT] [--expires DATE]',
    '[--account ACCOUNT …] [--app APP]',
    '[--update-scenarios]',
  ),
  options: {
    app: {
      type: 'string',
      value: 'APP',
      describe: 'the app in which the account is (remove without it: in every app)',
    },
    account: {
      type: 'string',
      multiple: true,
      value: 'ACCOUNT',
      describe: 'e-mail, phone number or user id; may be given several times; the words after ID are the same',
    },
    note: { type: 'string', value: 'TEXT', describe: 'whose it is, for others to know' },
    expires: {
      type: 'string',
      value: 'DATE',
      describe: 'until the end of which day, or a UTC time (default: for ever)',
    },
  },
  shape: { main: 'account', fields: ['account', 'app', 'note', 'expires'], lists: [] },
  missing: '--account',
  needs: { add: ['app'], remove: [] },
  rowOf: (field, keep) => ({
    app: field('app'),
    account: (platform) => keep(field('account') ?? '', platform),
    note: field('note'),
    expires: field('expires'),
  }),
  add: (given, miniapp, rows, { now }) => addToWhitelist(given, miniapp, whitelistRows(given.workspace, rows), now),
  remove(given, miniapp, rows) {
    const { workspace } = given;
    const ids = namedIds(workspace);
    const removed = rows.map(({ app, account }) => ({
      app: app && ids.app(app),
      account: account(workspace.platform),
    }));
    return removeFromWhitelist(given, miniapp, removed);
  },
  answers: 'whitelist',
  faults: (workspace, miniapp, rows) => rowFaults('whitelist', workspace, miniapp, whitelistRows(workspace, rows)),
  list: ({ id, whitelist }) => ({
    rows: [
      ['app', 'account', 'expires', 'note'],
      ...whitelist.map(({ app, account, expires = '', note = '' }) => [app, account, expires, note]),
    ],
    json: { miniapp: id, whitelist },
    none: 'nobody is on the whitelist',
  }),
});

interface GivenAccount {
  readonly app: string | undefined;
  /** In the form in which a platform keeps it. */
  readonly account: (platform: Platform) => string;
  readonly note: string | undefined;
  readonly expires: string | undefined;
}

function whitelistRows(workspace: Workspace, rows: readonly GivenAccount[]): WhitelistRow[] {
  const ids = namedIds(workspace);
  return rows.map(({ app = '', account, note, expires }) => ({
    app: ids.app(app),
    account: account(workspace.platform),
    ...defined({ note, expires }),
  }));
}

export const traffickingCommand = settingsCommand({
  name: 'trafficking',
  summary: 'which apps may open a miniapp, and where',
  usage: forms('trafficking', 'APP', '[--app APP …] [--region REGION …]', undefined, '[--update-scenarios]'),
  options: {
    app: {
      type: 'string',
      multiple: true,
      value: 'APP',
      describe: 'the app; may be given several times; the words after ID are the same',
    },
    region: {
      type: 'string',
      multiple: true,
      value: 'REGION',
      describe:
        'where; several with commas or given several times; all is everywhere the app is (remove without one: everywhere)',
    },
  },
  shape: { main: 'app', fields: ['app', 'regions'], lists: ['regions'] },
  optionOf: { regions: 'region' },
  missing: '--app',
  needs: { add: ['regions'], remove: [] },
  rowOf: (field) => ({ app: field('app') ?? '', regions: partsOf(field, 'regions') }),
  add: (given, miniapp, rows) => addDelivery(given, miniapp, deliveries(given.workspace, rows)),
  remove: (given, miniapp, rows) => removeDelivery(given, miniapp, deliveries(given.workspace, rows)),
  answers: 'trafficking',
  faults: (workspace, miniapp, rows) => rowFaults('trafficking', workspace, miniapp, deliveries(workspace, rows)),
  list: ({ id, basics, trafficking }) => ({
    rows: [['app', 'regions'], ...trafficking.map(({ app, regions }) => [app, regions.join(', ')])],
    json: { miniapp: id, trafficking },
    none: basics.type === 'panel' ? 'every app, as a panel' : 'it is not delivered to any app',
  }),
});

export const memberCommand = settingsCommand<GivenMember>({
  name: 'member',
  summary: 'who works on a miniapp',
  usage: forms('member', 'LOGIN', '[--login LOGIN …] [--role ROLE]', '[--login LOGIN …]'),
  options: {
    login: {
      type: 'string',
      multiple: true,
      value: 'LOGIN',
      describe: 'a person of people/; may be given several times; the words after ID are the same',
    },
    role: {
      type: 'string',
      value: 'ROLE',
      describe: 'admin, developer, operator or tester; instead of the one they have',
    },
  },
  shape: { main: 'login', fields: ['login', 'role'], lists: [] },
  missing: '--login',
  needs: { add: ['role'], remove: [] },
  rowOf: (field) => ({ login: field('login') ?? '', role: field('role') ?? '' }),
  add: (given, miniapp, rows) => addMember(given, miniapp, membersIn(given.workspace, rows)),
  remove: (given, miniapp, rows) =>
    removeMember(
      given,
      miniapp,
      membersIn(given.workspace, rows).map(({ login }) => login),
    ),
  faults: (workspace, miniapp, rows) => rowFaults('members', workspace, miniapp, membersIn(workspace, rows)),
  list: ({ id, members }) => ({
    rows: [['login', 'role'], ...members.map(({ login, role }) => [login, role])],
    json: { miniapp: id, members },
    none: 'it has no members',
  }),
});

export const domainCommand = settingsCommand<ListedOrigin>({
  name: 'domain',
  summary: 'which servers a miniapp may call',
  usage: forms(
    'domain',
    'ORIGIN',
    `[--api API] ${ORIGIN_APIS.map((api) => `[--${api} ORIGIN …]`).join(' ')} [--region REGION …]`,
  ),
  options: {
    api: {
      type: 'string',
      value: 'request|upload|download|static',
      describe: 'by which call (remove without it: by all)',
    },
    region: {
      type: 'string',
      multiple: true,
      value: 'REGION',
      describe: 'where; several with commas or given several times; all is everywhere (remove without one: everywhere)',
    },
    ...Object.fromEntries(
      ORIGIN_APIS.map((api) => [
        api,
        {
          type: 'string',
          multiple: true,
          value: 'ORIGIN',
          describe: `the same as ORIGIN --api ${api}; may be given several times`,
        } as const,
      ]),
    ),
  },
  shape: { main: 'origin', fields: ['origin', 'api', 'regions'], lists: ['regions'] },
  optionOf: { regions: 'region' },
  missing: 'ORIGIN',
  needs: { add: ['api', 'regions'], remove: [] },
  besides(input: Input) {
    // An option that names no call is told before anything is read.
    if (text(input, 'api') !== undefined) oneOf(input, 'api', ORIGIN_APIS, 'request');
    return ORIGIN_APIS.flatMap((api) =>
      texts(input, api).map(
        (origin) =>
          new Map([
            ['origin', origin],
            ['api', api],
          ]),
      ),
    );
  },
  rowOf: (field) => ({
    origin: field('origin') ?? '',
    apis: partsOf(field, 'api') as OriginApi[],
    regions: partsOf(field, 'regions'),
  }),
  add: (given, miniapp, rows) => addDomains(given, miniapp, listings(given.workspace, rows)),
  remove: (given, miniapp, rows) => removeDomains(given, miniapp, listings(given.workspace, rows)),
  faults: (workspace, miniapp, rows) => domainFaults(workspace, miniapp, listings(workspace, rows).map(domainsFile)),
  list: ({ id, domains }) => ({
    rows: [
      ['api', 'region', 'origins'],
      ...ORIGIN_APIS.flatMap((api) =>
        Object.entries(domains[api] ?? {}).map(([region, origins]) => [api, region, origins.join(' ')]),
      ),
    ],
    json: { miniapp: id, domains },
    none: 'it may call no server',
  }),
});

const domainsFile = ({ origin, apis, regions }: ListedOrigin): Domains =>
  Object.fromEntries(
    apis.map((api) => [api, Object.fromEntries(regions.map((region) => [region, [canonicalOrigin(origin)]]))]),
  );

export const cloudCommand = settingsCommand({
  name: 'cloud',
  summary: 'which cloud APIs a miniapp may call',
  usage: forms('cloud', 'NAME', ''),
  options: {},
  shape: { main: 'name', fields: ['name'], lists: [] },
  missing: 'NAME',
  needs: { add: [], remove: [] },
  rowOf: (field) => field('name') ?? '',
  add: addCloud,
  remove: removeCloud,
  faults: (workspace, miniapp, rows) =>
    domainFaults(
      workspace,
      miniapp,
      rows.map((name) => ({ cloud: [name] })),
    ),
  list: ({ id, domains: { cloud = [] } }: Miniapp) => ({
    rows: [['name'], ...cloud.map((name) => [name])],
    json: { miniapp: id, cloud },
    none: 'it may call no cloud API',
  }),
});
