/** What the decision promises of any change; the stories of single changes are in `fixtures/transitions`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFiles, evaluateStory } from '../../fixtures/story.ts';
import { fixtureFiles, NOW, SMART } from '../../fixtures/workspace.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { noHistory } from '../lifecycle/history.ts';
import { severityOf } from '../problems/messages.ts';
import { groupEffects } from '../resolution/resolution-table.ts';
import { decide } from './decide.ts';

test('effects: every cell that changes, and in groups that a person grasps', () => {
  const { effects } = evaluateStory('release/publish-its-experience-mark-goes').decision;
  expect(effects).toContainEqual({
    miniapp: SMART,
    app: 'smart-life',
    region: 'EU',
    audience: 'everyone',
    entry: 'link',
    before: '1.1.0',
    after: '1.2.0',
  });
  const both = ['link', 'experience'];
  const changed = { miniapp: SMART, audience: 'everyone', entries: both, before: '1.1.0', after: '1.2.0' };
  const lost = { before: '1.2.0', after: 'app-not-associated' };
  expect(groupEffects(effects)).toEqual([
    { ...changed, app: 'oem-home', regions: ['EU'] },
    { ...changed, app: 'smart-life', regions: ['AY', 'EU'] },
    { miniapp: SMART, app: 'smart-life', regions: ['AZ'], audience: 'whitelisted', entries: ['experience'], ...lost },
  ]);
});

test('the same two states are judged anew at another moment, and as before at the first', () => {
  const path = `miniapps/${SMART}/whitelist.yaml`;
  const text = fixtureFiles()[path]!;
  const row = '  - { app: smart-life, account: guest@example.com, expires: 2026-12-31 }\n';
  const [base, merged] = [text, text + row].map((whitelist) =>
    load(memorySource({ ...fixtureFiles(), [path]: whitelist })),
  );
  const codes = (now: number) =>
    decide({
      base: base!.workspace,
      merged: merged!.workspace,
      differences: [{ path, isInBase: true, isInMerged: true }],
      fileProblems: merged!.problems,
      pullRequest: { author: 'alice', otherFiles: [] },
      reviews: [],
      history: noHistory,
      now,
    }).problems.map(({ code }) => code);
  const later = Date.parse('2027-02-01');
  expect([NOW, later, NOW].map(codes)).toEqual([[], ['whitelist-expired'], []]);
});

const files = fixtureFiles();
const paths = [...Object.keys(files), 'apps/new.yaml', `miniapps/${SMART}/versions/9.0.0.yaml`, 'x'];
const words = ['', 'x', '1.0.0', '\n', 'rita', ': ', 'approved', '}', 'enabled: false'];
const edit = fc.record({ path: fc.constantFrom(...paths), from: fc.nat(400), text: fc.constantFrom(...words) });
const login = fc.constantFrom('alice', 'bob', 'rita', 'olga', 'nobody', '', 'github-actions[bot]');

function edited(edits: readonly { path: string; from: number; text: string }[]): Record<string, string> {
  const after = { ...files };
  for (const { path, from, text } of edits) {
    const old = after[path] ?? '';
    after[path] = old.slice(0, from) + text + old.slice(from + text.length);
  }
  return after;
}

test('a decision comes of any edit of any files, and is yes only without an error and a missing approval', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), login, fc.array(login), (edits, actor, approvedBy) => {
      const { ok, problems, approvals } = evaluateFiles(files, edited(edits), { actor, approvedBy }).decision;
      const hasError = problems.some(({ code }) => severityOf(code) === 'error');
      expect(ok).toBe(!hasError && approvals.missing === 0);
    }),
    { numRuns: 200 },
  );
});

test('whoever is in no file may do nothing', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.string(), (edits, actor) => {
      const after = edited(edits);
      fc.pre(
        !Object.hasOwn(after, `people/${actor}.yaml`) && Object.keys(after).some((path) => after[path] !== files[path]),
      );
      expect(evaluateFiles(files, after, { actor: `${actor}?` }).decision.ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});
