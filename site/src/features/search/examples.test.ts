/** What the search offers to begin with is found by it. */
import { expect, test } from 'vitest';
import { fixtureWorkspace } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { searchExamples } from './examples.ts';
import { finderOf } from './found.ts';
import { searchIndex, searchInsides } from './view-model.ts';

const workspace = publish(fixtureWorkspace());

test.each(['en', 'zh'] as const)(
  'each example is answered (%s), and an empty platform has one that is',
  async (language) => {
    const answers = async (world: typeof workspace) => {
      const finder = await finderOf(searchIndex(world, language), searchInsides(world), '{app}');
      return searchExamples(world, language).map((query) => [query, finder.find(query, '').count > 0] as const);
    };
    const found = await answers(workspace);
    expect(found.length).toBeGreaterThan(4);
    expect(found.filter(([, isFound]) => !isFound)).toEqual([]);
    const empty = { ...workspace, miniapps: new Map(), apps: new Map(), people: new Map() } as typeof workspace;
    expect((await answers(empty)).map(([, isFound]) => isFound)).toEqual([true]);
  },
);
