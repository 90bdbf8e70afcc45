/** The commands of packages on a platform whose store is a registry of containers, a real one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { editPlace } from '../../read/edit-state.ts';
import { withLock } from '../../edit/lock.ts';
import { inBetween } from '../../fixtures/oci/in-between.ts';
import { NO_REGISTRY, realRegistry } from '../../fixtures/oci/registry.ts';
import { NATIVE, projectOf } from '../../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';

afterAll(removeRepositories);

test.skipIf(NO_REGISTRY)(
  `stored by upload, judged by plan, verified, brought back, exchanged and found (${NO_REGISTRY ?? 'docker-registry'})`,
  async () => {
    const real = await realRegistry();
    const own = repository();
    // Whether others could edit when bytes were sent.
    const edits: Promise<string>[] = [];
    const registry = await inBetween(real.host, ({ method }) => {
      if (method === 'POST') edits.push(withLock(editPlace(own.file('')), () => 'possible', { patience: 0 }));
      return false;
    });
    try {
      const oci = `{ registry: "${registry.host}", repository: team/apps, insecure: true }`;
      own.edit('platform.yaml', 'languages:', `packages: { store: oci, required: true, oci: ${oci} }\nlanguages:`);
      own.commit();
      const project = projectOf(NATIVE);
      const upload = (version: string, folder = project) =>
        own.runJson('upload', SMART, folder, '--version', version, '--description', 'x', '--actor', 'bob', '--no-pr');
      const ref = (version: string) => `${registry.host}/team/apps:${SMART}-${version}`;

      const first = await upload('1.4.0');
      expect([first.code, first.value.stored]).toEqual([0, { store: 'oci', ref: ref('1.4.0') }]);
      expect(own.git('for-each-ref', 'refs/heads/packages')).toBe('');
      expect(new Set(await Promise.all(edits))).toEqual(new Set(['possible']));
      own.git('checkout', '-q', '-b', 'uploaded');
      own.commit({ by: 'bob' });
      const about = async () => {
        const { code, value } = await own.runJson('plan', '--base', 'main', '--actor', 'bob');
        return [
          code,
          ...value.problems.map((one: any) => one.code).filter((one: string) => one.startsWith('package-')),
        ];
      };
      expect(await about()).toEqual([0]);
      const row = async (...words: string[]) => {
        const { code, value } = await own.runJson('package', ...words);
        return [code, value.packages[0]];
      };
      const stored = { version: '1.4.0', status: 'stored', store: 'oci', ref: ref('1.4.0') };
      expect(await row('verify', SMART, '1.4.0')).toMatchObject([0, stored]);
      expect((await row('list', SMART))[1]).toMatchObject(stored);
      const out = join(temporaryFolder('out'), 'got');
      expect((await own.run('package', 'get', SMART, '1.4.0', '--out', out)).code).toBe(0);
      expect(existsSync(join(out, 'app.json'))).toBe(true);

      // Somebody else's bytes under the number stay there, and one's own are kept by Git.
      own.git('reset', '-q', '--hard', 'main');
      const other = projectOf({ ...NATIVE, 'app.js': '// other\n' });
      const second = await upload('1.4.0', other);
      expect([second.code, second.value.stored]).toEqual([0, { store: 'git', ref: `packages/${SMART}/1.4.0` }]);
      expect(second.value.notes.join('\n')).toMatch(/holds other bytes, which an upload does not replace/);
      expect(await row('verify', SMART, '1.4.0')).toMatchObject([1, { status: 'differs' }]);
      expect((await own.run('package', 'get', SMART, '1.4.0', '--out', join(out, 'no'))).code).toBe(0);
      const here = await own.runJson('package', 'push', SMART, '1.4.0', other, '--no-push');
      expect([here.value.stored.store, here.value.pushed]).toEqual(['git', null]);
      expect(await row('verify', SMART, '1.4.0')).toMatchObject([1, { status: 'differs' }]);
      // What no base records may not take its place; what the default branch records is the version's own.
      const refused = await own.runJson('package', 'push', SMART, '1.4.0', other);
      expect([refused.code, refused.value.error]).toEqual([1, expect.stringContaining('holds other bytes')]);
      own.git('checkout', '-q', 'main');
      own.commit({ by: 'bob' });
      expect((await own.runJson('package', 'push', SMART, '1.4.0', other)).value.stored).toMatchObject({
        store: 'oci',
      });
      expect(await row('verify', SMART, '1.4.0')).toMatchObject([0, stored]);

      registry.stop();
      const unasked = await own.runJson('package', 'verify', SMART, '1.4.0');
      // Nothing is proven by what nobody could look at; nor is it called missing.
      const reasons = [expect.stringContaining('nothing answers there')];
      expect([unasked.code, unasked.value.ok, unasked.value.notes]).toEqual([2, true, reasons]);
      own.git('branch', '-D', `packages/${SMART}/1.4.0`);
      const told = await own.run('package', 'verify', SMART, '1.4.0');
      expect([told.code, told.out]).toEqual([2, expect.stringMatching(/1\.4\.0 +unknown[^]*1 version: 1 unknown/)]);
      expect((await own.run('package', 'list', SMART)).code).toBe(0);
      const third = await upload('1.5.0');
      expect([third.code, third.value.stored.store]).toEqual([0, 'git']);
    } finally {
      registry.stop();
      real.stop();
    }
  },
);
