/** The commands that change people and host apps. */
import type { Platform } from '../../core/model.ts';
import { namedIds, regionsMeant } from '../../core/named.ts';
import { writtenLogin } from '../../core/identity/login.ts';
import { nearest } from '../../core/problems/suggest.ts';
import { pathOf } from '../../core/paths.ts';
import { problem } from '../../core/problems/problem.ts';
import { addApp, editApp, type AppFields } from '../../edit/apps.ts';
import type { Edited } from '../../edit/edit.ts';
import type { RuntimeFields } from '../../edit/runtimes.ts';
import { addPerson, editPerson, type PersonFields } from '../../edit/people.ts';
import { requiredAll, text, UsageError, words, type Command, type Input } from '../../cli/frame/command.ts';
import { editingCommand, split } from '../../cli/edits/edit-command.ts';
import { appsFromFile, peopleFromFile } from '../settings/entries-file.ts';
import { appsOf, peopleOf, withList } from './list.ts';
import { texts } from '../../cli/frame/options.ts';

const personEdits = editingCommand({
  name: 'person',
  summary: 'people of the platform',
  usage: [
    'person add LOGIN --github-id N --name NAME [--internal | --external] [--role owner|reviewer … | --no-role] [--left DATE]',
    'person add --file FILE',
    'person edit LOGIN [--name NAME] [--internal | --external] [--role ROLE … | --no-role] [--left DATE]',
  ],
  options: {
    'github-id': {
      type: 'string',
      value: 'N',
      describe: "GitHub's numeric id of the account: https://api.github.com/users/LOGIN shows it",
    },
    name: { type: 'string', value: 'NAME', describe: 'what people call them' },
    internal: { type: 'boolean', describe: 'one of us: what they upload and submit can be approved automatically' },
    external: { type: 'boolean', describe: 'not one of us' },
    role: {
      type: 'string',
      multiple: true,
      value: 'owner|reviewer',
      describe: 'a role on the platform; may be given several times; these and no other',
    },
    'no-role': { type: 'boolean', describe: 'no role on the platform any more' },
    left: {
      type: 'string',
      value: 'DATE',
      describe: 'when they left; from the moment it is merged they hold no rights, whatever the date',
    },
    file: {
      type: 'string',
      value: 'FILE',
      describe: 'person add: many, .csv, .yaml, .json or - (fields: login, githubId, name, internal, roles, left)',
    },
  },
  request(input, io) {
    const { verb, rest } = split(input, ['add', 'edit', 'list']);
    if (verb === 'add' && text(input, 'file') !== undefined) return peopleFromFile(rest, io);
    const [word = ''] = words(rest, 'LOGIN');
    if (verb === 'add') {
      const [id = '', name = ''] = requiredAll(input, 'github-id', 'name');
      const fields = { githubId: githubId(id), name };
      return { edit: (given) => addPerson(given, word, { ...personFields(input), ...fields }) };
    }
    return {
      edit(given): Edited {
        const { people } = given.workspace;
        const login = writtenLogin(people, word);
        if (people.has(login)) return editPerson(given, login, personFields(input));
        const args = { kind: 'person', name: login, near: nearest(login, [...people.keys()]) };
        return { problems: [problem('reference-unknown', { file: pathOf.person(login) }, args)] };
      },
    };
  },
});

export const personCommand: Command = withList(personEdits, peopleOf);

function personFields(input: Input): PersonFields {
  const { internal, external, 'no-role': hasNoRole } = input.values;
  const roles = texts(input, 'role');
  return {
    name: text(input, 'name'),
    internal: internal ? true : external ? false : undefined,
    platformRoles: hasNoRole ? [] : roles.length > 0 ? roles : undefined,
    left: text(input, 'left'),
  };
}

function githubId(typed: string): number {
  if (!/^[1-9][0-9]{0,15}$/.test(typed)) throw new UsageError(`--github-id ${typed}: a whole number`);
  return Number(typed);
}

const appEdits = editingCommand({
  name: 'app',
  takesNames: true,
  summary: 'host apps that open miniapps',
  usage: [
    'app add APP --name NAME [--language L] --scheme SCHEME --region REGION … [--default] [--manager LOGIN …]',
    '        [--runtime V [--base-library V] [--kit NAME=V …] [--share PERCENT]]',
    'app add --file FILE',
    'app edit APP [--name NAME [--language L]] [--scheme SCHEME] [--default] [--add-region R …] [--remove-region R …]',
    '         [--add-manager LOGIN …] [--remove-manager LOGIN …]',
    '         [--runtime V [--base-library V] [--kit NAME=V …] [--remove-kit NAME …] [--share PERCENT]]',
    '         [--remove-runtime V …]',
  ],
  options: {
    name: { type: 'string', value: 'NAME', describe: 'what people read' },
    language: { type: 'string', value: 'L', describe: 'the language of the name (default: the fallback language)' },
    scheme: { type: 'string', value: 'SCHEME', describe: 'the URL scheme that opens the app' },
    region: {
      type: 'string',
      multiple: true,
      value: 'REGION',
      describe: 'app add: where it is used; several with commas or given several times; all is everywhere',
    },
    'add-region': { type: 'string', multiple: true, value: 'REGION', describe: 'app edit: one more region' },
    'remove-region': { type: 'string', multiple: true, value: 'REGION', describe: 'app edit: one region less' },
    default: { type: 'boolean', describe: 'make it the default app, instead of the one that is' },
    manager: {
      type: 'string',
      multiple: true,
      value: 'LOGIN',
      describe: 'app add: whose consent delivery to it needs; may be given several times',
    },
    'add-manager': { type: 'string', multiple: true, value: 'LOGIN', describe: 'app edit: one more manager' },
    'remove-manager': { type: 'string', multiple: true, value: 'LOGIN', describe: 'app edit: one manager less' },
    runtime: {
      type: 'string',
      value: 'V',
      describe: 'app edit: what this version of the app can run, new or changed',
    },
    'base-library': { type: 'string', value: 'V', describe: 'the newest base library that it holds' },
    kit: {
      type: 'string',
      multiple: true,
      value: 'NAME=V',
      describe: 'a kit that it holds; may be given several times, other kits stay',
    },
    'remove-kit': { type: 'string', multiple: true, value: 'NAME', describe: 'a kit that it does not hold' },
    share: { type: 'string', value: 'PERCENT', describe: 'the part of the app’s users that has it' },
    'remove-runtime': {
      type: 'string',
      multiple: true,
      value: 'V',
      describe: 'app edit: a version of the app that is used no more',
    },
    file: {
      type: 'string',
      value: 'FILE',
      describe: 'app add: many, .csv, .yaml, .json or - (fields: id, name, language, scheme, regions, managers)',
    },
  },
  request(input, io) {
    const { verb, rest } = split(input, ['add', 'edit', 'list']);
    if (verb === 'add' && text(input, 'file') !== undefined) return appsFromFile(rest, io);
    const [word = ''] = words(rest, 'APP');
    if (verb === 'add') {
      requiredAll(input, 'name', 'scheme', 'region');
    }
    return {
      edit(given): Edited {
        const { apps, platform } = given.workspace;
        const fields = appFields(input, platform);
        if (verb === 'add') return addApp(given, word, fields);
        const id = namedIds(given.workspace).app(word);
        if (apps.has(id)) return editApp(given, id, fields);
        const args = { kind: 'app', name: id, near: nearest(id, [...apps.keys()]) };
        return { problems: [problem('reference-unknown', { file: pathOf.app(id) }, args)] };
      },
    };
  },
});

export const appCommand: Command = withList(appEdits, appsOf);

/** Regions are ids, so that a comma parts them. */
const parts = (input: Input, name: string): string[] =>
  texts(input, name)
    .flatMap((text) => text.split(','))
    .filter((part) => part !== '');

const appFields = (input: Input, { languages, regions }: Platform): AppFields => ({
  language: text(input, 'language') ?? languages[0] ?? 'en',
  name: text(input, 'name'),
  scheme: text(input, 'scheme'),
  isDefault: input.values['default'] === true,
  addRegions: regionsMeant([...parts(input, 'region'), ...parts(input, 'add-region')], Object.keys(regions)),
  removeRegions: parts(input, 'remove-region'),
  addManagers: [...texts(input, 'manager'), ...texts(input, 'add-manager')],
  removeManagers: texts(input, 'remove-manager'),
  runtime: runtimeFields(input),
  removeRuntimes: texts(input, 'remove-runtime'),
});

function runtimeFields(input: Input): RuntimeFields | undefined {
  const appVersion = text(input, 'runtime');
  if (appVersion === undefined) {
    return undefined;
  }
  const kits = texts(input, 'kit').map((pair) => {
    const [, name, version] = /^([^=]+)=([^=]+)$/.exec(pair) ?? [];
    if (name === undefined || version === undefined)
      throw new UsageError(`--kit ${pair}: NAME=VERSION, as BaseKit=3.0.6`);
    return [name, version] as const;
  });
  const baseLibrary = text(input, 'base-library');
  const share = text(input, 'share');
  return {
    appVersion,
    baseLibrary,
    kits: Object.fromEntries(kits),
    removeKits: texts(input, 'remove-kit'),
    share: share === undefined ? undefined : percent(share),
  };
}

function percent(typed: string): number {
  if (!/^[0-9]{1,3}(?:\.[0-9]+)?$/.test(typed)) throw new UsageError(`--share ${typed}: a number of percent, as 12.5`);
  return Number(typed);
}
