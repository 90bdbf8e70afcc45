/** Whose pull requests cost reading bytes: those of people/ and of the bot. */
import { expect, test } from 'vitest';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import { costsBytes } from './bytes.ts';

const files = {
  ...fixtureFiles(),
  'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: { required: true }\n`,
};
const { workspace } = load(memorySource(files));

const costs = (kind: string, ...codes: string[]) => costsOf({}, kind, ...codes);
const costsOf = (more: object, kind: string, ...codes: string[]) =>
  costsBytes({ base: workspace }, {
    ...more,
    evaluation: {
      workspace,
      decision: { transitions: [{ kind, miniapp: SMART, version: '1.2.0', at: { file: 'x' } }] },
      problems: codes.map((code) => ({ code, severity: 'error' })),
    },
  } as unknown as EvaluatedPullRequest);

test.each(['upload', 'approve', 'reject', 'publish', 'rollback'])('%s', (kind) => {
  expect(costs(kind)).toBe(true);
  // A rule that is broken is told together with what the bytes say.
  expect(costs(kind, 'version-order')).toBe(true);
  expect(costs(kind, 'actor-unknown')).toBe(false);
  expect(costs(kind, 'scenario-broken', 'actor-unknown')).toBe(false);
  // Until somebody lends the right, as each approval of the bot's waits for.
  expect(costs(kind, 'actor-not-allowed')).toBe(false);
  expect(costsOf({ isForBot: true }, kind, 'actor-not-allowed')).toBe(true);
});

test('an edit of words costs none', () => expect(costs('edit-basics')).toBe(false));
