/** Runs with more bytes to read than there is time for: what they do first, what they leave, and that the next one reads it. */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 240_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const judging = { 'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: { required: true }\n` };
const UPLOADED = fixtureFiles()[`miniapps/${SMART}/versions/1.2.0.yaml`]!.replace(/^review:.*\n/m, '');
const upload = (version: string) => ({
  [`miniapps/${SMART}/versions/${version}.yaml`]: UPLOADED.replace('version: 1.2.0', `version: ${version}`),
});
const MINUTE = 60_000;

test('of a run that has taken long the bytes of one are judged, what was planned is done, and the rest is told as a failure', async () => {
  own = await registry(judging);
  const [first, second] = [
    await own.open('alice', { branch: 'first', files: upload('1.4.0') }),
    await own.open('alice', { branch: 'second', files: upload('1.5.0') }),
  ];
  const outcome = await own.run({ began: performance.now() - 16 * MINUTE });
  const checks = async () => [(await own.shown(first)).check, (await own.shown(second)).check];
  const lacking = expect.stringMatching(/^failure: /);
  expect(await checks()).toEqual([lacking, undefined]);
  expect(outcome.failures).toEqual([
    `reading the bytes of others took long, so the next run judges #${second}`,
    'what is left is for the next run, as this one has taken long',
  ]);
  // What waits for an approval is opened once its bytes can be compared.
  expect(outcome.actions.map(({ kind }) => kind)).not.toContain('open-pull');
  const next = await own.run();
  expect([await checks(), next.failures]).toEqual([[lacking, lacking], []]);
  expect(next.actions.map(({ kind }) => kind)).toContain('open-pull');
});

test('what is opened, and compared for that, waits until all of ours were read, where each takes several requests', async () => {
  own = await registry(judging);
  const numbers: number[] = [];
  for (let i = 0; i < 21; i++) {
    const file = `miniapps/${SMART}/reports/20${10 + i}-01.yaml`;
    numbers.push(await own.open('alice', { branch: `draft-${i}`, files: { [file]: 'rows: []\n' }, isDraft: true }));
  }
  own.forge.fault({ on: 'graphql', how: { kind: 'server-error' }, times: 999 });
  const { actions, failures } = await own.run();
  expect(failures).toEqual([]);
  const before = actions.slice(
    0,
    actions.findIndex(({ kind }) => kind === 'open-pull'),
  );
  const told = before.flatMap((action) => (action.kind === 'set-status' ? [action.number] : []));
  expect(told.sort((a, b) => a - b)).toEqual(numbers);
});
