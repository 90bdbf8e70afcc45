/** The commands that change a setting of one miniapp. */
import type { Miniapp } from '../core/model.ts';
import { addCloud, addDomain, APIS, canonicalOrigin, removeCloud, removeDomain, type Api } from '../edit/domains.ts';
import { editBasics } from '../edit/basics.ts';
import { addMember, removeMember } from '../edit/members.ts';
import { addDelivery, removeDelivery } from '../edit/trafficking.ts';
import { addToWhitelist, removeFromWhitelist } from '../edit/whitelist.ts';
import { AVATAR_ABOUT, avatarFile } from './avatar-file.ts';
import { oneOf, required, text, UsageError, words, type Command, type Input } from './command.ts';
import { editing, onMiniapp, split } from './editing.ts';

const SETTING = ['add', 'remove', 'list'] as const;

/** All texts of an option that may be given several times. */
export const texts = ({ values }: Input, name: string): string[] => (values[name] ?? []) as string[];

/** The same, at least once. */
export function someTexts(input: Input, name: string): string[] {
  const all = texts(input, name);
  if (all.length === 0) throw new UsageError(`--${name} is missing`);
  return all;
}

export const editCommand: Command = editing({
  name: 'edit',
  summary: 'name, description, avatar and category of a miniapp',
  usage: ['edit ID [--name NAME] [--description TEXT] [--language L] [--avatar FILE] [--category C]'],
  options: {
    name: { type: 'string' },
    description: { type: 'string' },
    language: { type: 'string' },
    avatar: { type: 'string' },
    category: { type: 'string' },
  },
  about: {
    name: 'NAME    what people read',
    description: 'TEXT    what it is for, in one line',
    language: 'L    the language of name and description (default: the fallback language)',
    avatar: AVATAR_ABOUT,
    category: 'C    where it is listed',
  },
  wish(input, io) {
    const [id = ''] = words(input, 'ID');
    const [name, description, category] = ['name', 'description', 'category'].map((option) => text(input, option));
    const avatar = avatarFile(input, io);
    if ([name, description, category, avatar].every((field) => field === undefined)) {
      throw new UsageError('nothing to edit is named: --name, --description, --avatar or --category');
    }
    return onMiniapp(id, (given, miniapp) => {
      const language = text(input, 'language') ?? given.workspace.platform.languages[0] ?? 'en';
      return editBasics(given, miniapp, { language, name, description, category, avatar });
    });
  },
});

export const whitelistCommand: Command = editing({
  name: 'whitelist',
  summary: 'who gets the experience version',
  usage: ['whitelist add|remove|list ID [--app APP --account ACCOUNT [--note TEXT] [--expires DATE]]'],
  options: {
    app: { type: 'string' },
    account: { type: 'string' },
    note: { type: 'string' },
    expires: { type: 'string' },
  },
  about: {
    app: 'APP    the app in which the account is',
    account: 'ACCOUNT    e-mail, phone number or user id',
    note: 'TEXT    whose it is, for others to know',
    expires: 'DATE    until the end of which day, or a UTC time (default: for ever)',
  },
  wish(input) {
    const { verb, rest } = split(input, SETTING);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: whitelistOf };
    const [app, account] = [required(input, 'app'), required(input, 'account')];
    const [note, expires] = [text(input, 'note'), text(input, 'expires')];
    if (verb === 'remove') return onMiniapp(id, (given, miniapp) => removeFromWhitelist(given, miniapp, app, account));
    const row = {
      app,
      account,
      ...(note === undefined ? {} : { note }),
      ...(expires === undefined ? {} : { expires }),
    };
    return onMiniapp(id, (given, miniapp, { now }) => addToWhitelist(given, miniapp, row, now));
  },
});

const whitelistOf = ({ id, whitelist }: Miniapp) => ({
  rows: [
    ['app', 'account', 'expires', 'note'],
    ...whitelist.map(({ app, account, expires = '', note = '' }) => [app, account, expires, note]),
  ],
  json: { miniapp: id, whitelist },
  none: 'nobody is on the whitelist',
});

export const traffickingCommand: Command = editing({
  name: 'trafficking',
  summary: 'which apps may open a miniapp, and where',
  usage: ['trafficking add|remove|list ID [--app APP --region REGION …]'],
  options: { app: { type: 'string' }, region: { type: 'string', multiple: true } },
  about: {
    app: 'APP    the app',
    region: 'REGION    where; may be given several times (remove without one: everywhere)',
  },
  wish(input) {
    const { verb, rest } = split(input, SETTING);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: traffickingOf };
    const app = required(input, 'app');
    if (verb === 'remove')
      return onMiniapp(id, (given, miniapp) => removeDelivery(given, miniapp, app, texts(input, 'region')));
    const regions = someTexts(input, 'region');
    return onMiniapp(id, (given, miniapp) => addDelivery(given, miniapp, app, regions));
  },
});

const traffickingOf = ({ id, basics, trafficking }: Miniapp) => ({
  rows: [['app', 'regions'], ...trafficking.map(({ app, regions }) => [app, regions.join(', ')])],
  json: { miniapp: id, trafficking },
  none: basics.type === 'panel' ? 'every app, as a panel' : 'it is not delivered to any app',
});

export const memberCommand: Command = editing({
  name: 'member',
  summary: 'who works on a miniapp',
  usage: ['member add|remove|list ID [--login LOGIN [--role admin|developer|operator|tester]]'],
  options: { login: { type: 'string' }, role: { type: 'string' } },
  about: { login: 'LOGIN    a person of people/', role: 'ROLE    admin, developer, operator or tester' },
  wish(input) {
    const { verb, rest } = split(input, SETTING);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: membersOf };
    const login = required(input, 'login');
    if (verb === 'remove') return onMiniapp(id, (given, miniapp) => removeMember(given, miniapp, login));
    const role = required(input, 'role');
    return onMiniapp(id, (given, miniapp) => addMember(given, miniapp, login, role));
  },
});

const membersOf = ({ id, members }: Miniapp) => ({
  rows: [['login', 'role'], ...members.map(({ login, role }) => [login, role])],
  json: { miniapp: id, members },
  none: 'it has no members',
});

export const domainCommand: Command = editing({
  name: 'domain',
  summary: 'which servers a miniapp may call',
  usage: ['domain add|remove|list ID [ORIGIN --api request|upload|download|static --region REGION …]'],
  options: { api: { type: 'string' }, region: { type: 'string', multiple: true } },
  about: {
    api: 'request|upload|download|static    by which call (remove without it: by all)',
    region: 'REGION    where; may be given several times (remove without one: everywhere)',
  },
  wish(input) {
    const { verb, rest } = split(input, SETTING);
    if (verb === 'list') {
      const [id = ''] = words(rest, 'ID');
      return { miniapp: id, list: domainsOf };
    }
    const [id = '', typed = ''] = words(rest, 'ID', 'ORIGIN');
    const origin = canonicalOrigin(typed);
    const isNamed = text(input, 'api') !== undefined;
    if (verb === 'remove') {
      const apis: Api[] = isNamed ? [oneOf(input, 'api', APIS, 'request')] : [];
      return onMiniapp(id, (given, miniapp) => removeDomain(given, miniapp, origin, apis, texts(input, 'region')));
    }
    required(input, 'api');
    const api = oneOf(input, 'api', APIS, 'request');
    const regions = someTexts(input, 'region');
    return onMiniapp(id, (given, miniapp) => addDomain(given, miniapp, origin, api, regions));
  },
});

const domainsOf = ({ id, domains }: Miniapp) => ({
  rows: [
    ['api', 'region', 'origins'],
    ...APIS.flatMap((api) =>
      Object.entries(domains[api] ?? {}).map(([region, origins]) => [api, region, origins.join(' ')]),
    ),
  ],
  json: { miniapp: id, domains },
  none: 'it may call no server',
});

export const cloudCommand: Command = editing({
  name: 'cloud',
  summary: 'which cloud APIs a miniapp may call',
  usage: ['cloud add|remove|list ID [NAME]'],
  wish(input) {
    const { verb, rest } = split(input, SETTING);
    if (verb === 'list') {
      const [id = ''] = words(rest, 'ID');
      return { miniapp: id, list: cloudOf };
    }
    const [id = '', name = ''] = words(rest, 'ID', 'NAME');
    const edit = verb === 'add' ? addCloud : removeCloud;
    return onMiniapp(id, (given, miniapp) => edit(given, miniapp, name));
  },
});

const cloudOf = ({ id, domains: { cloud = [] } }: Miniapp) => ({
  rows: [['name'], ...cloud.map((name) => [name])],
  json: { miniapp: id, cloud },
  none: 'it may call no cloud API',
});
