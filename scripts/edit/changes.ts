/** The single steps that lead from the value of a file to another, each as small as it can be. */
import { defined } from '../core/defined.ts';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import type { YamlPath } from '../core/problems/problem.ts';
import { ROW_KEYS } from '../core/row-keys.ts';
import { isEmpty } from './style.ts';

export type YamlChange =
  | { readonly how: 'set'; readonly path: YamlPath; readonly value: unknown }
  | { readonly how: 'remove'; readonly path: YamlPath }
  /** A new entry of the map or list at `path`; in a map after the key `after`, or first. */
  | {
      readonly how: 'insert-pair';
      readonly path: YamlPath;
      readonly key: string;
      readonly after?: string;
      readonly value: unknown;
    }
  | { readonly how: 'insert-item'; readonly path: YamlPath; readonly index: number; readonly value: unknown };

/** The first step from one value to the other; undefined when they are equal. */
export function firstChange(now: unknown, wanted: unknown, path: YamlPath = []): YamlChange | undefined {
  if (isEqual(now, wanted)) return undefined;
  const isHollow = isEmpty(now) || isEmpty(wanted);
  if (!isHollow && isRecord(now) && isRecord(wanted)) return inMap(now, wanted, path);
  if (!isHollow && Array.isArray(now) && Array.isArray(wanted)) return inList(now, wanted, path);
  return { how: 'set', path, value: wanted };
}

/** What is new comes before what goes, so that nothing is empty on the way. */
function inMap(now: Record<string, unknown>, wanted: Record<string, unknown>, path: YamlPath): YamlChange {
  const keys = Object.keys(wanted);
  for (const key of keys) {
    if (Object.hasOwn(now, key) && !isEqual(now[key], wanted[key])) {
      return firstChange(now[key], wanted[key], [...path, key])!;
    }
  }
  const added = keys.findIndex((key) => !Object.hasOwn(now, key));
  const key = keys[added];
  if (key !== undefined) {
    const after = keys[added - 1];
    return { how: 'insert-pair', path, key, value: wanted[key], ...defined({ after }) };
  }
  const removed = Object.keys(now).find((known) => !Object.hasOwn(wanted, known))!;
  return { how: 'remove', path: [...path, removed] };
}

/** What an item of the list at a path is known by: a row by the fields that tell it from others, anything else by all that it is. */
export function identityIn(path: YamlPath): (item: unknown) => string {
  const keys = ROW_KEYS[String(path.at(-1))];
  return (item) => {
    const isRow = keys !== undefined && isRecord(item) && keys.every((key) => Object.hasOwn(item, key));
    return JSON.stringify(isRow ? keys.map((key) => item[key]) : item);
  };
}

function inList(now: readonly unknown[], wanted: readonly unknown[], path: YamlPath): YamlChange {
  let start = 0;
  while (start < now.length && start < wanted.length && isEqual(now[start], wanted[start])) start += 1;
  let [nowEnd, wantedEnd] = [now.length, wanted.length];
  while (nowEnd > start && wantedEnd > start && isEqual(now[nowEnd - 1], wanted[wantedEnd - 1])) {
    nowEnd -= 1;
    wantedEnd -= 1;
  }
  const [old, fresh] = [now.slice(start, nowEnd), wanted.slice(start, wantedEnd)];
  const at = [...path, start];
  const idOf = identityIn(path);
  const [ids, wantedIds] = [old.map(idOf), fresh.map(idOf)];
  const isSame = ids.length > 0 && ids[0] === wantedIds[0];
  const comesLater = !isSame && ids.length > 0 && wantedIds.includes(ids[0]!);
  const wasLater = !isSame && wantedIds.length > 0 && ids.includes(wantedIds[0]!);
  // What is said beside a text is said of that text: it goes with it, and does not stay beside another.
  const isText = typeof old[0] === 'string' && typeof fresh[0] === 'string' && !wasLater;
  if (old.length === 0 || comesLater || isText) return { how: 'insert-item', path, index: start, value: fresh[0] };
  if (fresh.length === 0 || wasLater) return { how: 'remove', path: at };
  return firstChange(old[0], fresh[0], at)!;
}

/** The value after a change. */
export function changed(value: unknown, change: YamlChange): unknown {
  const { path } = change;
  if (change.how === 'set') return replaceAt(value, path, () => change.value);
  if (change.how === 'remove') {
    const key = path.at(-1)!;
    return replaceAt(value, path.slice(0, -1), (parent) => {
      if (Array.isArray(parent)) return parent.filter((_, i) => i !== key);
      return Object.fromEntries(Object.entries(parent as object).filter(([name]) => name !== key));
    });
  }
  return replaceAt(value, path, (parent) => {
    if (change.how === 'insert-item') return (parent as unknown[]).toSpliced(change.index, 0, change.value);
    return { ...(parent as object), [change.key]: change.value };
  });
}

/** What stands at a path of a value. Throws TypeError where the way there is blocked: the path is one that was found in it. */
export function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

function replaceAt(value: unknown, path: YamlPath, replace: (inner: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replace(value);
  if (Array.isArray(value)) return value.with(Number(step), replaceAt(value[Number(step)], rest, replace));
  const map = value as Record<string, unknown>;
  return { ...map, [step]: replaceAt(map[step], rest, replace) };
}
