/** What an edit of a settings file changed, in a few words a place: for people who read history. */
import { isRecord } from '../is-record.ts';
import type { Miniapp, Workspace } from '../model.ts';
import { identify } from '../paths.ts';

/** Fields that name a row, in the order in which people read them. */
const NAMING = ['name', 'app', 'account', 'login', 'date', 'region', 'version'];

type Entries = ReadonlyMap<string, string>;

/**
 * Every entry that came (`+`), went (`-`) or says something else (`~`) in a file between two states, in the order of the file.
 * Of reports, which are figures, only how many rows; of a file of another kind nothing.
 */
export function changesIn(path: string, before: Workspace, after: Workspace): string[] {
  const [old, current] = [before, after].map((side) => entriesOf(contentOf(path, side)));
  if (!old || !current) return [];
  const came = [...current].filter(([name]) => !old.has(name)).map(([name, value]) => `+ ${shown(name, value)}`);
  const gone = [...old].filter(([name]) => !current.has(name)).map(([name, value]) => `- ${shown(name, value)}`);
  const other = [...current]
    .filter(([name, value]) => old.has(name) && old.get(name) !== value)
    .map(([name, value]) => `~ ${name}: ${old.get(name)} → ${value}`);
  return [...came, ...gone, ...other];
}

const shown = (name: string, value: string): string => (value === '' ? name : `${name}: ${value}`);

function contentOf(path: string, workspace: Workspace): unknown {
  const { kind, miniapp: id, id: name = '' } = identify(path) ?? {};
  const miniapp = id === undefined ? undefined : workspace.miniapps.get(id);
  switch (kind) {
    case 'miniapp':
      return miniapp?.basics;
    case 'trafficking':
    case 'whitelist':
    case 'members':
    case 'scenarios':
      return miniapp?.[kind];
    case 'domains':
      return miniapp?.domains;
    case 'languages':
      return miniapp?.strings;
    case 'report':
      return miniapp && figures(miniapp, name);
    case 'person':
      return workspace.people.get(name);
    case 'app':
      return workspace.apps.get(name);
    case 'platform':
      return workspace.platform;
    case 'policy':
      return workspace.policy;
    default:
      return undefined;
  }
}

const figures = ({ reports }: Miniapp, month: string) => ({ rows: String(reports.get(month)?.rows.length ?? 0) });

/** A value as entries: rows by what names them, maps by their keys, lists of words by the words. */
function entriesOf(value: unknown, name = ''): Entries {
  const entries = new Map<string, string>();
  const at = (step: string) => (name === '' ? step : `${name} ${step}`);
  const take = (found: Entries) => found.forEach((text, key) => entries.set(key, text));
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      if (isRecord(item)) take(rowEntry(item, name));
      else entries.set(at(String(item)), '');
    }
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isRecord(inner) || Array.isArray(inner)) take(entriesOf(inner, at(key)));
      else entries.set(at(key), String(inner));
    }
  }
  return entries;
}

/** A row under what names it, with the rest of what it says. */
function rowEntry(row: Readonly<Record<string, unknown>>, name: string): Entries {
  const naming = NAMING.filter((field) => Object.hasOwn(row, field));
  const rest = Object.entries(row).filter(([field]) => !naming.includes(field));
  const words = naming.map((field) => String(row[field]));
  const key = [name, ...words].filter((word) => word !== '').join(' ');
  return new Map([[key, rest.map(([field, value]) => `${field} ${inWords(value)}`).join(', ')]]);
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(' ');
  if (isRecord(value)) return Object.entries(value).flat().map(inWords).join(' ');
  return String(value);
}
