/** What a version would bring is worked out of its miniapp alone: each miniapp of a portal asks. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import type { Workspace } from '../model.ts';
import { resolutionTable } from '../resolution/resolution-table.ts';
import { ifPublished } from './if-published.ts';

/** A map that nobody may go through. */
class Unlisted<Key, Value> extends Map<Key, Value> {
  #isFilled = false;
  static of<K, V>(entries: ReadonlyMap<K, V>): Unlisted<K, V> {
    const made = new Unlisted<K, V>();
    for (const [key, value] of entries) made.set(key, value);
    made.#isFilled = true;
    return made;
  }
  override [Symbol.iterator](): MapIterator<[Key, Value]> {
    if (this.#isFilled) throw new Error('all of them were gone through');
    return super[Symbol.iterator]();
  }
}

test('no other miniapp is looked at, and the answers are those of the whole with it online', () => {
  const workspace = fixtureWorkspace();
  const miniapp = workspace.miniapps.get(SMART)!;
  const version = [...miniapp.versions.keys()].find((number) => number !== miniapp.release.online?.version)!;
  const given: Workspace = { ...workspace, miniapps: Unlisted.of(workspace.miniapps) };
  const { after, consequences } = ifPublished(given, miniapp, version, NOW);
  expect(consequences.effects.length).toBeGreaterThan(0);
  const whole = { ...workspace, miniapps: new Map([...workspace.miniapps, ...after.miniapps]) };
  expect(resolutionTable(after, SMART, NOW)).toEqual(resolutionTable(whole, SMART, NOW));
  expect(after.miniapps.get(SMART)!.release.online?.version).toBe(version);
});
