/**
 * All steps from one value to another against the same text, where none moves what another is about. An import changes
 * hundreds of places, and one step at a time reads the whole text for each.
 */
import { defined } from '../core/defined.ts';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import type { YamlPath } from '../core/problems/problem.ts';
import { identityIn, type YamlChange } from './changes.ts';
import { isEmpty } from './style.ts';

/** The steps; undefined where something changes its place, which only one step at a time can follow. */
export function allChanges(now: unknown, wanted: unknown, path: YamlPath = []): YamlChange[] | undefined {
  if (isEqual(now, wanted)) return [];
  const isHollow = isEmpty(now) || isEmpty(wanted);
  if (!isHollow && isRecord(now) && isRecord(wanted)) return inMap(now, wanted, path);
  if (!isHollow && Array.isArray(now) && Array.isArray(wanted)) return inList(now, wanted, path);
  return [{ how: 'set', path, value: wanted }];
}

function inMap(
  now: Record<string, unknown>,
  wanted: Record<string, unknown>,
  path: YamlPath,
): YamlChange[] | undefined {
  const all: YamlChange[] = [];
  let after: string | undefined;
  for (const [key, value] of Object.entries(wanted)) {
    if (!Object.hasOwn(now, key)) {
      all.push({ how: 'insert-pair', path, key, value, ...defined({ after }) });
      continue;
    }
    after = key;
    const inside = allChanges(now[key], value, [...path, key]);
    if (!inside) return undefined;
    all.push(...inside);
  }
  const gone = Object.keys(now).filter((key) => !Object.hasOwn(wanted, key));
  // A map of which nothing stays is written anew.
  if (after === undefined) return [{ how: 'set', path, value: wanted }];
  return [...all, ...gone.map((key): YamlChange => ({ how: 'remove', path: [...path, key] }))];
}

function inList(now: readonly unknown[], wanted: readonly unknown[], path: YamlPath): YamlChange[] | undefined {
  const idOf = identityIn(path);
  const [names, wantedNames] = [now.map(idOf), wanted.map(idOf)];
  const [known, kept] = [new Set(names), new Set(wantedNames)];
  const all: YamlChange[] = [];
  let [i, k] = [0, 0];
  while (i < now.length || k < wanted.length) {
    const isNew = k < wanted.length && !known.has(wantedNames[k]!);
    const isGone = i < now.length && !kept.has(names[i]!);
    if (i < now.length && names[i] === wantedNames[k]) {
      const inside = allChanges(now[i], wanted[k], [...path, i]);
      if (!inside) return undefined;
      all.push(...inside);
      [i, k] = [i + 1, k + 1];
    } else if (isNew && isGone && typeof now[i] === 'string' && typeof wanted[k] === 'string') {
      // What is said beside a text is said of that text, as in one step at a time.
      all.push({ how: 'insert-item', path, index: i + 1, value: wanted[k] }, { how: 'remove', path: [...path, i] });
      [i, k] = [i + 1, k + 1];
    } else if (isNew && isGone) {
      const inside = allChanges(now[i], wanted[k], [...path, i]);
      if (!inside) return undefined;
      all.push(...inside);
      [i, k] = [i + 1, k + 1];
    } else if (isNew) {
      all.push({ how: 'insert-item', path, index: i, value: wanted[k] });
      k += 1;
    } else if (isGone) {
      all.push({ how: 'remove', path: [...path, i] });
      i += 1;
    } else {
      return undefined;
    }
  }
  return all;
}
