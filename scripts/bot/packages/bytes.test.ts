/** The bytes of what people upload, on the test forge: looked for, proven, and kept by the bot before anything is merged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot-harness.ts';
import { NO_REGISTRY, realRegistry } from '../../fixtures/oci/registry.ts';
import { NATIVE, write } from '../../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { ociStore } from '../../packages/oci-store.ts';
import { readProject } from '../../project/read-project.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 240_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const VERSION = `miniapps/${SMART}/versions/1.4.0.yaml`;
const PACKAGE = `packages/${SMART}/1.4.0`;
const judging = { 'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: { required: true }\n` };

/** Somebody's clone, with what `upload` made. */
async function uploaded() {
  const clone = repository();
  const project = temporaryFolder('project');
  write(project, NATIVE);
  const words = ['upload', SMART, project, '--version', '1.4.0', '--description', 'New', '--actor', 'bob', '--no-pr'];
  await clone.run(...words);
  return { clone, text: readFileSync(clone.file(VERSION), 'utf8') };
}

/** Bytes of a version of the fixture, kept in a clone, and its file with their digest. */
async function recorded(clone: TestRepository, version: string, script: string): Promise<Record<string, string>> {
  const folder = temporaryFolder(version);
  write(folder, { ...NATIVE, 'app.js': script });
  const { sha256, bytes, files } = readProject(folder, { shown: version, id: SMART }).project!.package;
  const path = `miniapps/${SMART}/versions/${version}.yaml`;
  const made = `package: { sha256: ${sha256}, bytes: ${bytes}, files: ${files} }\n`;
  const text = readFileSync(clone.file(path), 'utf8').replace(/^package:.*\n(?: .*\n)*/m, made);
  writeFileSync(clone.file(path), text);
  // What the default branch records is fixed, so it is that which says so.
  clone.commit();
  expect((await clone.run('package', 'push', SMART, version, folder, '--no-push')).code).toBe(0);
  return { [path]: text };
}

test('of two versions that are kept the approval says what comes and goes, after what may be merged; a queue judges bytes too', async () => {
  const { clone, text } = await uploaded();
  const [first, second] = ['1.1.0', '1.2.0'].map((version) => `packages/${SMART}/${version}`);
  const kept = {
    ...(await recorded(clone, '1.1.0', 'App({});')),
    ...(await recorded(clone, '1.2.0', 'ty.request({ url: "https://api.example.com/x" });')),
  };
  own = await registry({ ...judging, ...kept });
  const { bare } = own.forge.repository;
  const store = (...specs: string[]) => clone.git('push', '-q', '-f', bare.folder, ...specs);
  store(`${first}:refs/heads/${first}`, `${second}:refs/heads/${second}`);
  const light = await own.open('alice', {
    branch: 'words',
    files: { [`miniapps/${SMART}/languages.yaml`]: 'strings:\n  en: { hello: Hi }\n' },
  });
  const outcome = await own.run();
  expect([outcome.failures, (await own.shown(light)).state]).toEqual([[], 'merged']);
  const steps = outcome.actions.filter(({ kind }) => kind === 'merge' || kind === 'open-pull');
  expect(steps.map(({ kind }) => kind)).toEqual(['merge', 'open-pull']);
  const [approval] = outcome.pullRequests
    .map(({ evaluated }) => evaluated.pull)
    .filter(({ number }) => number !== light);
  expect(approval!.body).toMatch(/Compared with `1\.1\.0`, byte by byte: 0 files added, 0 removed, 1 changed/);
  const [before, after] = [first, second].map((branch) => bare.run(['rev-parse', branch!]));
  expect(approval!.body).toContain(`/compare/${before}..${after})`);
  expect(approval!.body).toContain('`app.js`');
  await own.review('rita', approval!.number, 'APPROVE');
  expect((await own.run()).failures).toEqual([]);
  expect((await own.shown(approval!.number)).state).toBe('merged');
  expect(own.text(`miniapps/${SMART}/versions/1.2.0.yaml`)).toContain('reviewedBy: rita');

  // A queue puts two on each other; of the later one other bytes stand in the store, and its own where its author pushed them.
  const words = await own.open('alice', {
    branch: 'more-words',
    files: { [`miniapps/${SMART}/languages.yaml`]: 'strings:\n  en: { hello: Hello }\n' },
  });
  const upload = await own.open('bob', { branch: 'new-version', files: { [VERSION]: text } });
  const base = own.main();
  const person = { name: 'GitHub', email: 'noreply@github.com', date: '1795176000 +0000' };
  let head = base;
  for (const number of [words, upload]) {
    const { sha } = (await own.pull(number)).head;
    head = bare.commitTree(bare.mergeTree(head, sha)!, [head, sha], 'queue', person, person);
  }
  bare.setRef('refs/heads/gh-readonly-queue/main/pr-1', head);
  const told = async () => {
    await own.run({ hint: { numbers: [], heads: [], group: { base, head } } });
    const { data } = await own.as('olga').repos.listCommitStatusesForRef({ ...own.repo, ref: head });
    return `${data[0]?.state}: ${data[0]?.description}`;
  };
  expect(await told()).toMatch(/^failure: .*bytes of 1\.4\.0 are not in/);
  store(`${first}:refs/heads/${PACKAGE}`, `${PACKAGE}:refs/heads/upload/bob/${SMART}/1.4.0`);
  expect(await told()).toBe('success: 2 pull requests of the queue may be merged');
  expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(clone.git('rev-parse', `${PACKAGE}^{tree}`));
});

describe('an upload', () => {
  test('waits for its bytes, and is merged once they are where the bot may read them, and kept by the bot', async () => {
    own = await registry(judging);
    const { clone, text } = await uploaded();
    const number = await own.open('bob', { branch: 'upload', files: { [VERSION]: text }, fork: 'bob' });
    const first = await own.run();
    const shown = await own.shown(number);
    expect([shown.state, shown.check]).toEqual([
      'open',
      expect.stringMatching(/^failure: .*bytes of 1\.4\.0 are not in/),
    ]);
    // Of the version that waits for a review, whose bytes nobody has.
    const approval = first.actions.find(({ kind }) => kind === 'open-pull');
    const none = /### Bytes\n\nNothing can be compared: its bytes are not in/;
    expect(approval).toMatchObject({ body: expect.stringMatching(none) });
    const fork = join(dirname(own.forge.repository.bare.folder), 'bob-fork-miniapps.git');
    clone.git('push', '-q', fork, `${PACKAGE}:refs/heads/${PACKAGE}`);
    const outcome = await own.run();
    expect(outcome.failures).toEqual([]);
    const merged = await own.shown(number);
    expect(merged.state).toBe('merged');
    expect(merged.comments.join()).toContain(`#### The bytes of \`${SMART}\` \`1.4.0\``);
    const { bare } = own.forge.repository;
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(clone.git('rev-parse', `${PACKAGE}^{tree}`));
    // Proven bytes, and nothing else of that commit.
    expect(bare.run(['log', '-1', '--format=%an|%s|%P', PACKAGE])).toBe(
      `github-actions[bot]|Package of ${SMART} 1.4.0|`,
    );
  });

  test('whose place in the store others take right before the merge has it again after it', async () => {
    own = await registry(judging);
    const { clone, text } = await uploaded();
    const { bare } = own.forge.repository;
    const number = await own.open('bob', { branch: 'upload', files: { [VERSION]: text }, fork: 'bob' });
    const fork = join(dirname(bare.folder), 'bob-fork-miniapps.git');
    clone.git('push', '-q', fork, `${PACKAGE}:refs/heads/${PACKAGE}`);
    const options = own.options();
    const others: (string | undefined)[] = [];
    options.client.hook.before('request', ({ url }) => {
      if (!url.endsWith('/merge')) return;
      bare.setRef(`refs/heads/${PACKAGE}`, own.main());
      others.push(bare.ref(`refs/heads/${PACKAGE}`));
    });
    expect((await own.run({ client: options.client })).failures).toEqual([]);
    expect([(await own.shown(number)).state, others.length]).toEqual(['merged', 1]);
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(clone.git('rev-parse', `${PACKAGE}^{tree}`));
  });

  test('of a version that is there without its bytes: they are taken from the fork of whoever submits it', async () => {
    const { clone, text } = await uploaded();
    const reviewed = `miniapps/${SMART}/versions/1.2.0.yaml`;
    const before = fixtureFiles()[reviewed]!.replace(/^review:.*\n(?: .*\n)*/m, '');
    own = await registry({ ...judging, [VERSION]: text, [reviewed]: before });
    const { bare } = own.forge.repository;
    const submitted = `${text}review: { status: pending, submittedBy: bob }\n`;
    const number = await own.open('bob', { branch: 'submit', files: { [VERSION]: submitted }, fork: 'bob' });
    await own.run();
    expect((await own.shown(number)).check).toMatch(/^failure: .*bytes of 1\.4\.0 are not in/);
    const fork = join(dirname(bare.folder), 'bob-fork-miniapps.git');
    const other = clone.git('commit-tree', 'HEAD^{tree}', '-m', 'other');
    clone.git('push', '-q', fork, `${other}:refs/heads/${PACKAGE}`);
    await own.run();
    expect([(await own.shown(number)).state, bare.ref(`refs/heads/${PACKAGE}`)]).toEqual(['open', undefined]);
    clone.git('push', '-q', '-f', fork, `${PACKAGE}:refs/heads/${PACKAGE}`);
    expect((await own.run()).failures).toEqual([]);
    expect((await own.shown(number)).state).toBe('merged');
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(clone.git('rev-parse', `${PACKAGE}^{tree}`));
  });

  test('whose bytes are others is refused and not kept; in the repository itself they stand under upload/', async () => {
    own = await registry(judging);
    const { clone, text } = await uploaded();
    const { bare } = own.forge.repository;
    const lie = await own.open('bob', { branch: 'lie', files: { [VERSION]: text.replace(/bytes: \d+/, 'bytes: 7') } });
    clone.git('push', '-q', bare.folder, `${PACKAGE}:refs/heads/upload/bob/${SMART}/1.4.0`);
    await own.run();
    expect((await own.shown(lie)).check).toMatch(/^failure: .*package\.bytes of 1\.4\.0 is recorded as 7/);
    expect(bare.ref(`refs/heads/${PACKAGE}`)).toBeUndefined();
    await own.push('bob', 'lie', { [VERSION]: text });
    await own.run();
    expect((await own.shown(lie)).state).toBe('merged');
    const tree = clone.git('rev-parse', `${PACKAGE}^{tree}`);
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(tree);
    const uploads = () => bare.run(['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/heads/upload/']);
    expect(uploads()).toBe('');
    // Somebody removes the bytes, and somebody else brings them again; whose pull request is not open yet keeps theirs.
    bare.run(['update-ref', '-d', `refs/heads/${PACKAGE}`]);
    for (const to of [`alice/${SMART}/1.4.0`, `bob/${SMART}/1.5.0`])
      clone.git('push', '-q', bare.folder, `${PACKAGE}:refs/heads/upload/${to}`);
    await own.run();
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(tree);
    expect(uploads()).toBe(`bob/${SMART}/1.5.0`);
    // For which there is none a day later either.
    own.forge.clock.set('2026-11-22T12:00:00Z');
    await own.run();
    expect(uploads()).toBe('');
  });

  test('is judged without its bytes where the platform says nothing of packages; what was pushed is kept, and cleared', async () => {
    own = await registry({});
    const { clone, text } = await uploaded();
    const { bare } = own.forge.repository;
    clone.git('push', '-q', bare.folder, `${PACKAGE}:refs/heads/upload/bob/${SMART}/1.4.0`);
    const number = await own.open('bob', { branch: 'new-version', files: { [VERSION]: text } });
    for (let run = 0; run < 2; run += 1) expect((await own.run()).failures).toEqual([]);
    expect((await own.shown(number)).state).toBe('merged');
    expect(bare.run(['rev-parse', `${PACKAGE}^{tree}`])).toBe(clone.git('rev-parse', `${PACKAGE}^{tree}`));
    expect(bare.run(['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/heads/upload/'])).toBe('');
  });

  test.skipIf(NO_REGISTRY)(
    `goes from a fork into a registry of containers, in place of what stood there before (${NO_REGISTRY ?? 'docker-registry'})`,
    async () => {
      const real = await realRegistry({ kind: 'password' });
      try {
        const oci = { registry: real.host, repository: 'team/apps', insecure: true };
        const packages = JSON.stringify({ store: 'oci', required: true, oci });
        own = await registry({ 'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: ${packages}\n` });
        const { clone, text } = await uploaded();
        const number = await own.open('bob', { branch: 'upload', files: { [VERSION]: text }, fork: 'bob' });
        const fork = join(dirname(own.forge.repository.bare.folder), 'bob-fork-miniapps.git');
        clone.git('push', '-q', fork, `${PACKAGE}:refs/heads/${PACKAGE}`);
        // The bot is not let in, which is nobody's fault who proposes.
        await own.run({ env: { MINIAPP_REGISTRY_TOKEN: 'bob:not-right' } });
        const refused = await own.shown(number);
        expect([refused.state, refused.check]).toEqual(['open', expect.not.stringMatching(/^success|not-right/)]);
        const env = { MINIAPP_REGISTRY_TOKEN: 'bob:right' };
        expect((await own.run({ env })).failures).toEqual([]);
        expect((await own.shown(number)).state).toBe('merged');
        expect(own.forge.repository.bare.ref(`refs/heads/${PACKAGE}`)).toBeUndefined();
        const store = ociStore({ ...oci, env });
        const id = { miniapp: SMART, version: '1.4.0' };
        const held = [...(await store.find([id])).values()];
        const [proof] = (await store.prove(held)).values();
        store.close();
        expect(text).toContain((proof as { sha256: string }).sha256);
      } finally {
        real.stop();
      }
    },
  );
});
