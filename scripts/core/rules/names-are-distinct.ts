import { nameSkeleton } from '../confusables.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

/** Names of one kind are compared in all languages: who reads one list sees them side by side. */
export const namesAreDistinct: Rule = {
  id: 'names-are-distinct',
  why: 'Ensure that people can tell miniapps, apps and people apart by their names.',
  *check({ miniapps, apps, people }) {
    const listed = [...miniapps.values()].filter(({ basics }) => basics.archived !== true);
    yield* alike(listed.map(({ id, basics }) => ({ id, file: pathOf.file(id, 'miniapp'), name: basics.name })));
    yield* alike([...apps.values()].map(({ id, name }) => ({ id, file: pathOf.app(id), name })));
    const present = [...people.values()].filter(({ left }) => left === undefined);
    yield* alike(present.map(({ login, name }) => ({ id: login, file: pathOf.person(login), name })));
  },
};

interface Named {
  readonly id: string;
  readonly file: string;
  readonly name: string | Readonly<Record<string, string>>;
}

/** How many others a sentence names. */
const MOST_NAMED = 3;

function* alike(all: readonly Named[]): Iterable<Problem> {
  const texts = all.flatMap((one) =>
    typeof one.name === 'string'
      ? [{ ...one, text: one.name, path: ['name'] }]
      : Object.entries(one.name).map(([language, text]) => ({ ...one, text, path: ['name', language] })),
  );
  const told = new Set<string>();
  for (const same of Map.groupBy(texts, ({ text }) => nameSkeleton(text)).values()) {
    if (same.every(({ id }) => id === same[0]!.id)) continue;
    for (const { id, file, text, path } of same) {
      const others = same.filter((other) => other.id !== id);
      const named = [...new Set(others.map((other) => `${other.id} (${other.text})`))];
      // A name that is written alike in several languages is one finding.
      const key = JSON.stringify([id, text, named]);
      if (told.has(key)) continue;
      told.add(key);
      yield problem('name-alike', at(file, ...path), { name: text, others: named.slice(0, MOST_NAMED).join(', ') });
    }
  }
}
