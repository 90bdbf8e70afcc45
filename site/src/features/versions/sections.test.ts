/** Versions that have no card: a row each, with what was uploaded, and what can be done named for a bounded number of them. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { rendered } from '../../../tests/rendered.ts';
import { stepsOfMany } from './steps-of-many.ts';
import Versions from './Versions.astro';
import { stageLists, type StageList } from './view-model.ts';

/** The section of a miniapp with these lists. */
const section = (lists: readonly StageList[]): Promise<string> =>
  rendered(Versions, {
    language: 'en',
    facts: { lists, miniapp: { id: SMART }, editing: { github: undefined, files: new Set() } },
  });

test('a row says what was uploaded, and of many versions with a step the first are named', async () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const [, any] = [...smart.versions][0]!;
  const numbers = Array.from({ length: 60 }, (_one, at) => `2.${at}.0`);
  const { review: _review, ...uploaded } = any;
  const versions = new Map(numbers.map((version) => [version, { ...uploaded, version }]));
  const [{ stage, cards }] = stageLists(workspace, { ...smart, versions, release: {} }) as [StageList];
  // Every second one can do less.
  const mixed = cards.map((card, at) => (at % 2 === 0 ? card : { ...card, steps: card.steps.slice(0, 1) }));
  const text = await section([{ stage, cards: mixed }]);
  const earlier = text.slice(text.indexOf('class=earlier'));
  expect(earlier).toMatch(/<tr id="version-2\.\d+\.0">.*?Base library 2\.14\.2 · BaseKit 3\.10\.4 · Pages 2/s);
  const some = stepsOfMany('en', mixed.slice(8)).filter(({ name }) => name.endsWith(')'));
  expect(some.length).toBeGreaterThan(0);
  for (const { name, command } of some) {
    expect(name.match(/2\.\d+\.0/g)).toHaveLength(12);
    expect(name).toMatch(/, 2\.\d+\.0 and \d+ more\)$/);
    expect(command).toMatch(/ VERSION\b/);
  }
  for (const { name, command } of stepsOfMany('en', mixed.slice(8)))
    expect(earlier).toContain(`<span>${name}</span> <code class=command>${command}</code>`);
});

test('a stage without a version is no empty column, and without any version that is said', async () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const shown = (versions: typeof smart.versions) =>
    section(stageLists(workspace, { ...smart, versions, release: {} }));
  const { review: _review, ...uploaded } = smart.versions.values().next().value!;
  const one = await shown(new Map([[uploaded.version, uploaded]]));
  expect(one.match(/<h3>/g)).toHaveLength(1);
  expect(one).toContain('Development');
  const none = await shown(new Map());
  expect(none).not.toContain('<h3>');
  expect(none).toContain('No version has been uploaded yet.');
});
