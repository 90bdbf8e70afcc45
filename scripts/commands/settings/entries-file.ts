/** Commands that take many entries of a kind from one file: people, apps, and the names of miniapps. */
import { namedIds, regionsMeant } from '../../core/named.ts';
import type { FileKind } from '../../core/paths.ts';
import { problem, type Place, type Problem } from '../../core/problems/problem.ts';
import { MINIAPPS_LISTED } from '../../core/tool-command.ts';
import { addApp } from '../../edit/apps.ts';
import { editBasics } from '../../edit/basics.ts';
import type { Edited, EditState } from '../../edit/edit.ts';
import { addPerson } from '../../edit/people.ts';
import { Findings } from '../../project/finding.ts';
import { readEntries, type EntryShape } from '../../tables/entries.ts';
import { required, text, words, type Input, type Io } from '../../cli/frame/command.ts';
import type { CommandRequest } from '../../cli/edits/edit-command.ts';
import { ENTRIES_LIMIT, givenFile } from '../../cli/input/input-file.ts';
import { together } from '../../cli/edits/bulk.ts';
import { unfitFor } from '../../cli/input/schema-check.ts';
import type { Field } from '../../cli/edits/settings-command.ts';

interface PlacedEntry {
  readonly field: Field;
  readonly place: Place;
}

/** Reads the file that `--file` names; `make` gets its entries once the configuration is there. */
function fromFile(
  input: Input,
  io: Io,
  shape: EntryShape,
  make: (given: EditState, entries: readonly PlacedEntry[]) => Edited,
): CommandRequest {
  const file = givenFile(required(input, 'file'), io, ENTRIES_LIMIT);
  const findings = new Findings('.');
  const entries = (readEntries(file.name, file.text, shape, findings) ?? []).map(({ values, offset }) => ({
    field: (name: string) => values.get(name),
    place: { file: file.name, isOutside: true as const, offset },
  }));
  return {
    edit(given) {
      const made = findings.problems.length > 0 ? { problems: findings.problems } : make(given, entries);
      return 'problems' in made ? { ...made, texts: new Map([[file.name, file.text]]) } : made;
    },
  };
}

const listOf = (field: Field, name: string): string[] => (field(name) ?? '').split(' ').filter((part) => part !== '');
const numberOf = (typed: string | undefined): number | string | undefined =>
  typed !== undefined && /^[1-9][0-9]{0,15}$/.test(typed) ? Number(typed) : typed;
const booleanOf = (typed: string | undefined): boolean | string | undefined =>
  typed === 'true' || typed === 'false' ? typed === 'true' : typed;

/** An entry whose value its file may not hold, told where the entry is; otherwise the edit. */
function fitting(kind: FileKind, value: Record<string, unknown>, { place }: PlacedEntry, make: () => Edited): Edited {
  const present = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
  const unfit = unfitFor(kind, present).map(({ problem: found }): Problem => ({ ...found, at: place }));
  if (unfit.length > 0) return { problems: unfit };
  const made = make();
  return 'problems' in made ? { problems: made.problems.map((found) => ({ ...found, at: place })) } : made;
}

/** Two entries of one name: the second would undo the first. */
function twice(entries: readonly PlacedEntry[], nameOf: (entry: PlacedEntry) => string): Problem[] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, i) => {
    const name = nameOf(entry);
    const first = seen.get(name);
    if (first === undefined) seen.set(name, i);
    return first === undefined ? [] : [problem('row-duplicate', entry.place, { what: name, first: first + 1 })];
  });
}

/**
 * `person add --file`: an edit that adds everybody of the file or, with problems, nobody. Throws UsageError for words besides the file
 * and for a file that cannot be read.
 */
export function peopleFromFile(input: Input, io: Io): CommandRequest {
  words(input);
  const fields = ['login', 'githubId', 'name', 'internal', 'roles', 'left'];
  return fromFile(input, io, { main: 'login', fields, lists: ['roles'] }, (given, entries) => {
    const repeated = twice(entries, ({ field }) => field('login') ?? '');
    if (repeated.length > 0) return { problems: repeated };
    const made = entries.map((entry) => {
      const { field } = entry;
      const [login = '', roles] = [field('login'), listOf(field, 'roles')];
      const person = {
        githubId: numberOf(field('githubId')) as number,
        name: field('name'),
        internal: booleanOf(field('internal')) as boolean | undefined,
        platformRoles: roles.length > 0 ? roles : undefined,
        left: field('left'),
      };
      return fitting('person', { login, ...person }, entry, () => addPerson(given, login, person));
    });
    return together(made, 'row');
  });
}

/** `app add --file`: an edit that adds every app of the file or, with problems, none. Throws UsageError as for people. */
export function appsFromFile(input: Input, io: Io): CommandRequest {
  words(input);
  const fields = ['id', 'name', 'language', 'scheme', 'regions', 'managers'];
  return fromFile(input, io, { main: 'id', fields, lists: ['regions', 'managers'] }, (given, entries) => {
    const repeated = twice(entries, ({ field }) => field('id') ?? '');
    if (repeated.length > 0) return { problems: repeated };
    const ids = namedIds(given.workspace);
    const known = Object.keys(given.workspace.platform.regions);
    const made = entries.map((entry) => {
      const { field } = entry;
      const [id = '', name, scheme] = [field('id'), field('name'), field('scheme')];
      const language = field('language') ?? given.workspace.platform.languages[0] ?? 'en';
      const regions = regionsMeant(ids.regions(listOf(field, 'regions')), known);
      const managers = listOf(field, 'managers');
      const app = {
        id,
        name: name && { [language]: name },
        scheme,
        regions,
        managers: managers.length > 0 ? managers : undefined,
      };
      return fitting('app', app, entry, () =>
        addApp(given, id, {
          language,
          name,
          scheme,
          isDefault: false,
          addRegions: regions,
          removeRegions: [],
          addManagers: managers,
          removeManagers: [],
          removeRuntimes: [],
        }),
      );
    });
    return together(made, 'row');
  });
}

/** Names, descriptions and categories: an entry a miniapp and language. */
export function basicsFromFile(input: Input, io: Io): CommandRequest {
  const [id] = input.positionals.length > 0 ? words(input, 'ID') : [];
  const fields = ['miniapp', 'language', 'name', 'description', 'category'];
  return fromFile(input, io, { main: 'miniapp', fields, lists: [] }, (given, entries) => {
    const fallback = text(input, 'language') ?? given.workspace.platform.languages[0] ?? 'en';
    const { miniapps } = given.workspace;
    const ids = namedIds(given.workspace);
    const idOf = ({ field }: PlacedEntry) => ids.miniapp(field('miniapp') ?? id ?? '');
    const made = [...Map.groupBy(entries, idOf)].map(([name, own]): Edited => {
      const miniapp = miniapps.get(name);
      if (!miniapp) {
        const args = { kind: 'miniapp', name, near: MINIAPPS_LISTED };
        return { problems: own.map(({ place }) => problem('reference-unknown', place, args)) };
      }
      const texts = own.map(({ field }) => ({
        language: field('language') ?? fallback,
        name: field('name'),
        description: field('description'),
      }));
      const category = own.map(({ field }) => field('category')).findLast((value) => value !== undefined);
      return editBasics(given, miniapp, { texts, category });
    });
    return together(made, 'miniapp');
  });
}
