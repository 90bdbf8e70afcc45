import { nameShape, nameSkeleton } from '../confusables.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place, type Problem } from '../problems/problem.ts';
import type { ComparingRule } from './rule.ts';

/** Names of one kind are compared in all languages: who reads one list sees them side by side. */
export const namesAreDistinct: ComparingRule = {
  id: 'names-are-distinct',
  why: 'Ensure that people can tell miniapps, apps and people apart by their names.',
  *check({ miniapps, apps, people }) {
    const listed = [...miniapps.values()].filter(({ basics }) => basics.archived !== true);
    yield* alike(
      listed.map(({ id, basics }) => ({ id, file: pathOf.file(id, 'miniapp'), name: basics.name })),
      (id) => [`edit ${id} --name NAME`, `edit ${id} --archive`],
    );
    yield* alike(
      [...apps].map(([id, { name }]) => ({ id, file: pathOf.app(id), name })),
      (id) => [`app edit ${id} --name NAME`],
    );
    const present = [...people].filter(([, { left }]) => left === undefined);
    yield* alike(
      present.map(([login, { name }]) => ({ id: login, file: pathOf.person(login), name })),
      (login) => [`person edit ${login} --name NAME`, `person edit ${login} --left DATE`],
    );
  },
};

interface NamedSubject {
  readonly id: string;
  readonly file: string;
  readonly name: string | Readonly<Record<string, string>>;
}

/** How many others a sentence names. */
const MOST_NAMED = 3;

/** `ways`: the commands by which one of the kind is named anew, or marked as given up, each without the name of the tool. */
function* alike(all: readonly NamedSubject[], ways: (id: string) => readonly string[]): Iterable<Problem> {
  const texts = all.flatMap((one) =>
    typeof one.name === 'string'
      ? [{ ...one, text: one.name, path: ['name'] }]
      : Object.entries(one.name).map(([language, text]) => ({ ...one, text, path: ['name', language] })),
  );
  // A name that is like others in both ways is one finding, which names the others of both.
  const found = new Map<string, { place: Place; id: string; name: string; others: Set<string> }>();
  for (const likeness of [nameSkeleton, nameShape])
    for (const same of Map.groupBy(texts, ({ text }) => likeness(text)).values()) {
      const [first] = same;
      if (same.every(({ id }) => id === first!.id)) continue;
      const labels = [...new Map(same.map(({ id, text }) => [`${id} (${text})`, id]))];
      // A name that is written alike in several languages is one finding.
      for (const [one] of Map.groupBy(same, ({ id: own }) => own).values()) {
        const { id, file, text, path } = one!;
        const key = [file, ...path].join('/');
        const known = found.get(key) ?? { place: at(file, ...path), id, name: text, others: new Set() };
        for (const [label] of firstOf(MOST_NAMED, labels, ([, other]) => other !== id)) known.others.add(label);
        found.set(key, known);
      }
    }
  for (const { place, id, name, others } of found.values()) {
    const args = { name, others: [...others].slice(0, MOST_NAMED).join(', ') };
    yield problem('name-alike', place, {
      ...args,
      commands: ways(id)
        .map((way) => `npx miniapp ${way}`)
        .join(', '),
    });
  }
}

/** The first few that fit; what comes after them is not looked at, as thousands may have one name. */
function firstOf<One>(count: number, all: readonly One[], fits: (one: One) => boolean): One[] {
  const found: One[] = [];
  for (const one of all) {
    if (fits(one)) found.push(one);
    if (found.length === count) break;
  }
  return found;
}
