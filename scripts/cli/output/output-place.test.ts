/** Where commands write what they make: nothing of it lands among Git's own files, or in the configuration. */
import { execFileSync } from 'node:child_process';
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { armFaults } from '../../fixtures/file-faults.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';

const own = cliHarness('output');
afterAll(() => {
  own.remove();
  removeRepositories();
});
beforeAll(() => {
  own.reset();
  execFileSync('git', ['init', '-q'], { cwd: own.home });
  for (const folder of ['mirror/objects', 'mirror/refs', '.git/worktrees/x'])
    mkdirSync(join(own.home, folder), { recursive: true });
  for (const file of ['mirror/HEAD', '.git/worktrees/x/HEAD', '.git/worktrees/x/commondir'])
    writeFileSync(join(own.home, file), 'x\n');
  symlinkSync('.git', join(own.home, 'elsewhere'));
  symlinkSync('.git/info/new', join(own.home, 'dangling.svg'));
  symlinkSync('dangling.svg', join(own.home, 'twice.svg'));
  mkdirSync(join(own.home, 'mirror/main'));
  writeFileSync(join(own.home, 'mirror/main/.git'), 'gitdir: ../worktrees/main\n');
});

/** Everything that is there. */
const names = () => readdirSync(own.home, { recursive: true, encoding: 'utf8' }).sort();

const COMMANDS: readonly (readonly [words: string, ending: string])[] = [
  ['export', ''],
  ['portal build', ''],
  [`qr ${SMART}`, '.svg'],
  [`language export ${SMART}`, '.csv'],
  [`package get ${SMART} 1.1.0`, ''],
  [`package get ${SMART} 1.1.0`, '.zip'],
];

async function asked(words: string, out: string) {
  const before = names();
  const { code, err } = await own.run([...words.split(' '), '--out', out]);
  return { code, err, isAsBefore: names().join('\n') === before.join('\n') };
}

const refused = (out: string, why: string) => ({
  code: 2,
  err: expect.stringContaining(`--out ${out}: it is in ${why}`),
  isAsBefore: true,
});
const GITS = 'a folder of Git’s own';

test.each(COMMANDS)('nothing is written among Git’s own files by %s', async (words, ending) => {
  const out = `.git/hooks/x${ending}`;
  expect(await asked(words, out)).toEqual(refused(out, GITS));
});

test('a working tree inside a bare repository is none of Git’s own folders', async () => {
  expect((await asked(`qr ${SMART} --app smart-life`, 'mirror/main/x.svg')).code).toBe(0);
});

test.each([
  ['.GIT/x.svg', GITS],
  ['elsewhere/x.svg', GITS],
  ['dangling.svg', GITS],
  ['twice.svg', GITS],
  ['mirror/objects/x.svg', GITS],
  ['elsewhere/worktrees/x/y.svg', GITS],
  ['config/apps/x.svg', 'the configuration'],
])('nothing is written to %s', async (out, why) => {
  expect(await asked(`qr ${SMART}`, out)).toEqual(refused(out, why));
});

test('a folder that is only called like one of Git’s is as good as any other', async () => {
  const { code } = await own.run(`qr ${SMART} --out .github/x.svg`.split(' '));
  expect([code, existsSync(join(own.home, '.github'))]).toEqual([2, false]);
  mkdirSync(join(own.home, '.github'));
  expect((await own.run(`qr ${SMART} --out .github/x.svg`.split(' '))).code).toBe(0);
});

test.each([
  ['nowhere/x.svg', 'nowhere/x.svg cannot be written: there is no such folder\n'],
  ['config/platform.yaml/x.svg', '--out config/platform.yaml/x.svg: it is in the configuration'],
])('the folder of %s is not there: told without names that nobody gave', async (out, why) => {
  writeFileSync(join(own.home, 'a-file'), '');
  expect(await own.run(`qr ${SMART} --app smart-life --out ${out}`.split(' '))).toMatchObject({
    code: 2,
    err: expect.stringContaining(why),
  });
});

test.each(COMMANDS)('below a file nothing is written, and the file is named, by %s', async (words, ending) => {
  writeFileSync(join(own.home, 'a-file'), '');
  const out = `a-file/deep/x${ending}`;
  const { code, err } = await own.run([...words.split(' '), '--out', out]);
  const why = `--out ${out}: ${join(realpathSync(own.home), 'a-file')} is no folder; name a place elsewhere`;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(why) });
  expect(err).not.toContain('DEBUG');
});

describe.each([
  ['out.svg', `qr ${SMART}`],
  ['out.png', `qr ${SMART}`],
  ['out.csv', `language export ${SMART}`],
  ['out.json', `language export ${SMART}`],
])('%s is written whole', (name, words) => {
  const file = join(own.home, name);
  const said = () => own.run([...words.split(' '), '--out', name]);
  const left = () => names().filter((one) => one.startsWith('.miniapp-out-'));

  test.each(['kill', 'half', 'ENOSPC', 'ENOSPC…', 'EACCES'])(
    'or what was there stays: %s at any step',
    async (kind) => {
      writeFileSync(file, 'former');
      let steps = 0;
      for (let at = 1; ; at += 1) {
        const faults = armFaults(own.home, at, kind);
        await said().finally(() => faults.disarm());
        if (!faults.isHit) break;
        steps += 1;
        const text = readFileSync(file, 'latin1');
        expect([faults.step, text === 'former' || text.length > 50]).toEqual([faults.step, true]);
        // Where only the file may be written, it is.
        if (kind === 'EACCES' && !faults.step.startsWith('rmSync'))
          expect([faults.step, text === 'former']).toEqual([faults.step, false]);
        writeFileSync(file, 'former');
      }
      expect(steps).toBeGreaterThan(1);
      expect(readFileSync(file, 'latin1')).not.toBe('former');
      // What a command can clear it clears. This process goes on, so that what one that is ended leaves counts as at work.
      if (/^E[A-Z]+$/.test(kind)) expect(left()).toEqual([]);
      for (const one of left()) rmSync(join(own.home, one));
    },
  );

  test('through a link, with the rights that the file had', async () => {
    const target = join(own.home, `real-${name}`);
    writeFileSync(target, '', { mode: 0o600 });
    chmodSync(target, 0o640);
    const link = `link-${name}`;
    symlinkSync(`real-${name}`, join(own.home, link));
    expect((await own.run([...words.split(' '), '--out', link])).code).toBe(0);
    expect([readlinkSync(join(own.home, link)), statSync(target).mode & 0o777, statSync(target).size > 50]).toEqual([
      `real-${name}`,
      0o640,
      true,
    ]);
  });
});

describe('an output that can only be written in place', () => {
  const name = 'in-place.svg';
  const file = join(own.home, name);
  const kept = temporaryFolder('kept');
  const copies = () =>
    readdirSync(kept, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  const real = {
    rename: fs.renameSync,
    write: fs.writeSync,
    writeFile: fs.writeFileSync,
    readFile: fs.readFileSync,
    open: fs.openSync,
    rm: fs.rmSync,
  };
  const restore = () => {
    for (const [name, call] of Object.entries(real)) Object.assign(fs, { [`${name}Sync`]: call });
    syncBuiltinESMExports();
    vi.unstubAllEnvs();
  };
  afterEach(restore);

  /** It is mounted alone, and so many times writing into it fails after some bytes. */
  function failing(times: number): void {
    let left = times;
    fs.renameSync = (_, to) => {
      throw Object.assign(new Error(`EBUSY: ${String(to)}`), { code: 'EBUSY' });
    };
    fs.writeSync = ((handle: number, bytes: Uint8Array, ...rest: number[]) => {
      if (!isOfFile(handle)) return real.write(handle, bytes, ...rest);
      if (left === 0) return real.write(handle, bytes, ...rest);
      left -= 1;
      real.write(handle, bytes, 0, 3, 0);
      throw Object.assign(new Error('ENOSPC: simulated'), { code: 'ENOSPC' });
    }) as typeof fs.writeSync;
    syncBuiltinESMExports();
    vi.stubEnv('TMPDIR', kept);
  }
  const isOfFile = (handle: number) => statSync(file).ino === fs.fstatSync(handle).ino;
  const said = () => own.run(['qr', SMART, '--app', 'smart-life', '--out', name]);

  test('is written', async () => {
    writeFileSync(file, 'former'.repeat(10_000));
    failing(0);
    expect((await said()).code).toBe(0);
    expect([readFileSync(file, 'utf8').endsWith('</svg>\n'), copies()]).toEqual([true, []]);
  });

  test('is as it was where writing fails', async () => {
    writeFileSync(file, 'former');
    failing(1);
    expect(await said()).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written: ENOSPC') });
    expect([readFileSync(file, 'utf8'), copies()]).toEqual(['former', []]);
  });

  test('stands in a copy that is named where nothing can be written any more', async () => {
    writeFileSync(file, 'former');
    failing(Infinity);
    const { code, err } = await said();
    expect([code, err]).toEqual([2, expect.stringContaining(`incomplete now, and what was there stands in ${kept}/`)]);
    expect(copies()).toEqual(['former']);
  });

  describe('where no copy can be made', () => {
    test.each([
      ['as there is no folder for it', 'TMPDIR names another', () => vi.stubEnv('TMPDIR', join(kept, 'none'))],
      [
        'as that folder is full',
        'TMPDIR names another',
        () => {
          fs.writeFileSync = ((to: string, bytes: Uint8Array, ...rest: []) => {
            if (!String(to).includes('miniapp-former-')) return real.writeFile(to, bytes, ...rest);
            real.writeFile(to, bytes.subarray(0, 3));
            throw Object.assign(new Error('ENOSPC: simulated'), { code: 'ENOSPC' });
          }) as typeof fs.writeFileSync;
          syncBuiltinESMExports();
        },
      ],
      [
        'as the file may be written and not read',
        'could not be read',
        () => {
          fs.readFileSync = ((from: string, ...rest: []) => {
            if (from === file) throw Object.assign(new Error('EACCES: simulated'), { code: 'EACCES' });
            return real.readFile(from, ...rest);
          }) as typeof fs.readFileSync;
          fs.openSync = ((path: string, flags: string | number, ...rest: []) => {
            if (path === file && flags !== fs.constants.O_WRONLY)
              throw Object.assign(new Error('EACCES: simulated'), { code: 'EACCES' });
            return real.open(path, flags, ...rest);
          }) as typeof fs.openSync;
          syncBuiltinESMExports();
        },
      ],
    ])('%s, it is written, nothing is left, and what fails says so', async (_, why, hinder) => {
      writeFileSync(file, 'former');
      for (const name of readdirSync(kept)) rmSync(join(kept, name), { recursive: true });
      failing(0);
      hinder();
      const written = await said();
      restore();
      expect(written).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8')).toMatch(/<\/svg>\n$/);
      failing(Infinity);
      hinder();
      const { code, err } = await said();
      restore();
      expect([code, err]).toEqual([2, expect.stringMatching(`incomplete now, and .*no copy.*`)]);
      expect(err).toContain(why);
      expect(readdirSync(kept)).toEqual([]);
    });

    test('a copy that cannot be removed is no failure', async () => {
      writeFileSync(file, 'former');
      failing(0);
      fs.rmSync = (path, options) => {
        if (String(path).includes('miniapp-former-')) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
        real.rm(path, options);
      };
      syncBuiltinESMExports();
      expect(await said()).toMatchObject({ code: 0 });
    });
  });
});
