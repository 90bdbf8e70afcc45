import { currentLogin } from '../core/policy/identity.ts';
import { pendingVersion } from '../core/transitions/lifecycle.ts';
import type { Miniapp, Workspace } from '../core/model.ts';
import { nearest } from '../core/suggest.ts';
import { textIn } from '../core/localized-text.ts';
import { painter, plural, safe, table } from '../report/terminal.ts';
import { EXIT, isJson, oneOf, printJson, text, UsageError, words, type Command, type Input } from '../cli/command.ts';
import { soundConfig } from '../cli/load-config.ts';

export const list: Command = {
  name: 'list',
  takesNames: true,
  summary: 'all miniapps, or those that fit every filter that is given',
  usage: [
    'list [--type smart|panel] [--category C] [--app APP] [--member LOGIN]',
    '     [--under-review] [--out-of-service] [--archived] [--at COMMIT|DATE]',
  ],
  options: {
    type: { type: 'string', value: 'smart|panel', describe: 'of this type' },
    category: { type: 'string', value: 'C', describe: 'of this category' },
    app: { type: 'string', value: 'APP', describe: 'delivered to this app' },
    member: { type: 'string', value: 'LOGIN', describe: 'that this person works on' },
    'under-review': { type: 'boolean', describe: 'with a version that waits for a review' },
    'out-of-service': {
      type: 'boolean',
      describe: 'without a version that opens for everybody: none is online, or the service is disabled',
    },
    archived: { type: 'boolean', describe: 'given up; without it these are left out' },
    at: { type: 'string', value: 'COMMIT|DATE', describe: 'as it was at this commit, branch, tag, date or UTC time' },
  },
  async run(input, io) {
    words(input);
    const checked = await soundConfig(input, io);
    if (!checked) return EXIT.no;
    const { workspace } = checked;
    const { languages } = workspace.platform;
    const filters = filtersOf(input, workspace);
    const miniapps = [...workspace.miniapps.values()].filter((miniapp) => filters.every((fits) => fits(miniapp)));
    if (isJson(input)) {
      printJson(io, { miniapps: miniapps.map((miniapp) => row(miniapp)) });
      return EXIT.fine;
    }
    const paint = painter(io.isColoured);
    const rows = miniapps.map((miniapp) => {
      const { id, type, online, experience, pending } = row(miniapp);
      const onlineText = online ? `${online.version}${online.enabled ? '' : ' (disabled)'}` : '-';
      return [id, type, onlineText, experience ?? '-', pending ?? '-', textIn(miniapp.basics.name, languages)];
    });
    const isPart = miniapps.length < workspace.miniapps.size;
    const of = isPart ? ` of ${workspace.miniapps.size}` : '';
    if (rows.length > 0)
      io.stdout(`${table([['id', 'type', 'online', 'experience', 'under review', 'name'], ...rows], paint)}\n`);
    io.stdout(`${paint('dim', `${plural(miniapps.length, 'miniapp')}${of}`)}\n`);
    return EXIT.fine;
  },
};

type MiniappFilter = (miniapp: Miniapp) => boolean;

/** The filters that are asked for. A name that the configuration does not know is a slip, not an empty list. */
function filtersOf(input: Input, { apps, people, miniapps }: Workspace): MiniappFilter[] {
  const isArchived = input.values['archived'] === true;
  const filters: MiniappFilter[] = [({ basics }) => (basics.archived === true) === isArchived];
  const known = (option: string, names: Iterable<string>): string | undefined => {
    const name = text(input, option);
    const all = [...names];
    if (name === undefined || all.includes(name)) return name;
    throw new UsageError(`--${option} ${safe(name)}: there is none. ${safe(nearest(name, all))}`);
  };
  if (text(input, 'type') !== undefined) {
    const type = oneOf(input, 'type', ['smart', 'panel'], 'smart');
    filters.push(({ basics }) => basics.type === type);
  }
  const categories = [...miniapps.values()].flatMap(({ basics }) => basics.category ?? []);
  const category = known('category', new Set(categories));
  if (category !== undefined) filters.push(({ basics }) => basics.category === category);
  const app = known('app', apps.keys());
  if (app !== undefined)
    filters.push(({ basics, trafficking }) => basics.type === 'panel' || trafficking.some((one) => one.app === app));
  const former = [...people.values()].flatMap(({ formerLogins = [] }) => formerLogins);
  const member = known('member', [...people.keys(), ...former]);
  if (member !== undefined) {
    const login = currentLogin(people, member);
    filters.push(({ members }) => members.some((one) => one.login === login));
  }
  if (input.values['under-review'] === true) filters.push((miniapp) => pendingVersion(miniapp) !== undefined);
  if (input.values['out-of-service'] === true) filters.push(({ release }) => release.online?.enabled !== true);
  return filters;
}

/** A miniapp as `list --format json` and the portal's list have it. */
export function row(miniapp: Miniapp) {
  const { id, basics, release } = miniapp;
  return {
    id,
    type: basics.type,
    name: basics.name,
    online: release.online ?? null,
    experience: release.experience?.version ?? null,
    pending: pendingVersion(miniapp) ?? null,
  };
}
