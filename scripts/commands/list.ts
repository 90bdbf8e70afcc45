import { currentLogin } from '../core/identity/login.ts';
import { nearest } from '../core/problems/suggest.ts';
import { textIn } from '../core/localized-text.ts';
import { painter, plural, safe, table } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  oneOf,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Input,
} from '../cli/frame/command.ts';
import type { MiniappSummary } from './validate/summary.ts';
import { NO_CACHE, soundSummary, type SummarizedConfig } from './validate/whole.ts';

export const list: Command = {
  name: 'list',
  takesLogins: true,
  takesNames: true,
  summary: 'all miniapps, or those that fit every filter that is given',
  usage: [
    'list [--type smart|panel] [--category C] [--app APP] [--member LOGIN]',
    '     [--under-review] [--out-of-service] [--archived] [--at COMMIT|DATE] [--no-cache]',
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
    at: { type: 'string', value: 'COMMIT|DATE', describe: 'as it was at this commit, branch, tag, date or time' },
    ...NO_CACHE,
  },
  async run(input, io) {
    words(input);
    const config = await soundSummary(input, io);
    if (!config) return EXIT.no;
    const { languages } = config.shared.platform;
    const filters = filtersOf(input, config);
    const listed = [...config.miniapps].filter(([, miniapp]) => filters.every((fits) => fits(miniapp)));
    const miniapps = listed.map(([id, miniapp]) => row(id, miniapp));
    if (isJson(input)) {
      printJson(io, { miniapps });
      return EXIT.fine;
    }
    const paint = painter(io.isColoured);
    const rows = miniapps.map(({ id, type, name, online, experience, pending }) => {
      const onlineText = online ? `${online.version}${online.enabled ? '' : ' (disabled)'}` : '-';
      return [id, type, onlineText, experience ?? '-', pending ?? '-', textIn(name, languages)];
    });
    const isPart = miniapps.length < config.miniapps.size;
    const of = isPart ? ` of ${config.miniapps.size}` : '';
    if (rows.length > 0)
      io.stdout(`${table([['id', 'type', 'online', 'experience', 'under review', 'name'], ...rows], paint)}\n`);
    io.stdout(`${paint('dim', `${plural(miniapps.length, 'miniapp')}${of}`)}\n`);
    return EXIT.fine;
  },
};

type MiniappFilter = (miniapp: MiniappSummary) => boolean;

/** The filters that are asked for. A name that the configuration does not know is a slip, not an empty list. */
function filtersOf(input: Input, { shared: { apps, people }, miniapps }: SummarizedConfig): MiniappFilter[] {
  const isArchived = input.values['archived'] === true;
  const filters: MiniappFilter[] = [({ archived = false }) => archived === isArchived];
  const known = (option: string, names: Iterable<string>): string | undefined => {
    const name = text(input, option);
    const all = [...names];
    if (name === undefined || all.includes(name)) return name;
    throw new UsageError(`--${option} ${safe(name)}: there is none. ${safe(nearest(name, all))}`);
  };
  if (text(input, 'type') !== undefined) {
    const type = oneOf(input, 'type', ['smart', 'panel'], 'smart');
    filters.push((miniapp) => miniapp.type === type);
  }
  const categories = [...miniapps.values()].flatMap((miniapp) => miniapp.category ?? []);
  const category = known('category', new Set(categories));
  if (category !== undefined) filters.push((miniapp) => miniapp.category === category);
  const app = known('app', apps.keys());
  if (app !== undefined) filters.push(({ type, apps: delivered = [] }) => type === 'panel' || delivered.includes(app));
  const former = [...people.values()].flatMap(({ formerLogins = [] }) => formerLogins);
  const member = known('member', [...people.keys(), ...former]);
  if (member !== undefined) {
    const login = currentLogin(people, member);
    filters.push(({ members = [] }) => members.some((one) => one.login === login));
  }
  if (input.values['under-review'] === true) filters.push(({ pending }) => pending !== undefined);
  if (input.values['out-of-service'] === true) filters.push(({ online }) => online?.enabled !== true);
  return filters;
}

/** A miniapp as `list --format json` has it. */
function row(id: string, { type, name, online, experience, pending }: MiniappSummary) {
  return { id, type, name, online: online ?? null, experience: experience ?? null, pending: pending ?? null };
}
