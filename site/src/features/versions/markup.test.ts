/** Versions that have no card: a row each, with what was uploaded, and what can be done named for a bounded number of them. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { versionsMarkup } from './markup.ts';
import { stageLists, type StageList } from './view-model.ts';

test('a row says what was uploaded, and of many versions with a step the first are named', () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const [, any] = [...smart.versions][0]!;
  const numbers = Array.from({ length: 60 }, (_one, at) => `2.${at}.0`);
  const { review: _review, ...uploaded } = any;
  const versions = new Map(numbers.map((version) => [version, { ...uploaded, version }]));
  const [{ stage, cards }] = stageLists(workspace, { ...smart, versions, release: {} }) as [StageList];
  // Every second one can do less.
  const mixed = cards.map((card, at) => (at % 2 === 0 ? card : { ...card, steps: card.steps.slice(0, 1) }));
  const { text } = versionsMarkup('en', { github: undefined } as never, SMART, [{ stage, cards: mixed }]);
  const earlier = text.slice(text.indexOf('class=earlier'));
  expect(earlier).toMatch(/<tr id="version-2\.\d+\.0">.*?Base library 2\.14\.2 · BaseKit 3\.10\.4 · Pages 2/s);
  const named = [...earlier.matchAll(/<span>[^<]*\(([^)]*)\)<\/span>/g)].map(([, list]) => list!.match(/2\.\d+\.0/g)!);
  expect(named.length).toBeGreaterThan(0);
  for (const list of named) expect(list).toHaveLength(12);
  expect(earlier).toMatch(/, 2\.\d+\.0 and \d+ more\)/);
});

test('a stage without a version is no empty column, and without any version that is said', () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const shown = (versions: typeof smart.versions) =>
    versionsMarkup(
      'en',
      { github: undefined } as never,
      SMART,
      stageLists(workspace, { ...smart, versions, release: {} }),
    ).text;
  const { review: _review, ...uploaded } = smart.versions.values().next().value!;
  const one = shown(new Map([[uploaded.version, uploaded]]));
  expect(one.match(/<h3>/g)).toHaveLength(1);
  expect(one).toContain('Development');
  const none = shown(new Map());
  expect(none).not.toContain('<h3>');
  expect(none).toContain('No version has been uploaded yet.');
});
