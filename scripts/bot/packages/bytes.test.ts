/** The bytes of what people upload, on the test forge: looked for, proven, and kept by the bot before anything is merged. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot.ts';
import { NO_REGISTRY, realRegistry } from '../../fixtures/oci/registry.ts';
import { NATIVE, write } from '../../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { ociStore } from '../../packages/oci-store.ts';
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
