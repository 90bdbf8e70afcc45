/**
 * A validation by parts, with what was kept of those before it, finds what reading everything at once finds. Longer than most files: every
 * test compares the same generated folders.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../cache/store.ts';
import { checkRules } from '../../core/rules/index.ts';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { FIXTURE, NOW, PANEL, SMART } from '../../fixtures/workspace.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import { STRAYS } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { readByParts, WORKER, type ByParts, type FoundByParts } from './by-parts.ts';
import { loadShared, type ExaminedFolder } from './examine.ts';
import { RecordPlace, recordsOf } from './records.ts';
import { summaryOf } from './summary.ts';
import { configDigest, configDigestOf } from './texts-digest.ts';
import type { PartsToExamine } from './work.ts';

afterAll(removeRepositories);

/** Long enough after everything was written that nothing can be written again in the same tick of the clock. */
const later = (): number => Date.now() + 60_000;

function folder(): { root: string; place: RecordPlace } {
  const root = join(temporaryFolder('parts'), 'config');
  cpSync(FIXTURE, root, { recursive: true });
  return { root, place: placeOf(root) };
}

const validateByParts = async (root: string, now: number, how?: ByParts) =>
  (await readByParts(root, now, how))?.problems;

const stores = new Map<string, { XDG_CACHE_HOME: string }>();
function placeOf(root: string): RecordPlace {
  const env = stores.get(root) ?? { XDG_CACHE_HOME: temporaryFolder('kept') };
  stores.set(root, env);
  return recordsOf(openStore(env), root, later())!;
}

function allAtOnce(root: string, now: number) {
  const { workspace, problems, texts } = loadWorkingTree(root);
  const miniapps = [...workspace.miniapps].map(([id, miniapp]) => [id, summaryOf(miniapp)] as const);
  const located = locateAll([...problems, ...checkRules(workspace, now)], texts);
  const found = { problems: located, miniapps, read: [...workspace.miniapps] };
  // The rest is asked for where nothing is wrong.
  return located.length > 0 ? found : { ...found, digest: configDigestOf(texts), files: [...workspace.files].sort() };
}

/** The same of what was read by parts. */
function allByParts({ problems, miniapps, readings, shared }: FoundByParts) {
  const own = [...readings!];
  const { workspace, texts } = loadShared(shared);
  const found = { problems, miniapps: [...miniapps], read: own.map(([id, { miniapp }]) => [id, miniapp]) };
  if (problems.length > 0) return found;
  return {
    ...found,
    digest: configDigest(texts, new Map(own.map(([id, reading]) => [id, reading.texts]))),
    files: [...workspace.files, ...own.flatMap(([, { files }]) => files)].sort(),
  };
}

const atOnce = (root: string, now: number): unknown => allAtOnce(root, now).problems;

const IDS = [SMART, PANEL, 'tythird000000001', 'tyfourth00000001'];
const FILES = ['miniapp', 'members', 'release', 'whitelist', 'trafficking', 'domains', 'languages', 'scenarios'].map(
  (name) => `${name}.yaml`,
);
const inMiniapp = fc
  .tuple(
    fc.constantFrom(...IDS),
    fc.constantFrom(
      ...FILES,
      'avatar.svg',
      'versions/1.0.0.yaml',
      'versions/2.0.0.yaml',
      'notes.txt',
      '.DS_Store',
      'A.svg',
      'a.svg',
    ),
  )
  .map(([id, name]) => `miniapps/${id}/${name}`);
const path = fc.oneof(
  { weight: 8, arbitrary: inMiniapp },
  fc.constantFrom(
    'platform.yaml',
    'policy.yaml',
    'apps/smart-life.yaml',
    'people/olga.yaml',
    'people/new.yaml',
    'stray.txt',
    'miniapps/stray.txt',
    'miniapps/TYSMART0000000001/miniapp.yaml',
  ),
);
const text = fc.oneof(
  fc.constantFrom('', 'a: [', 'whitelist: []\n', `id: ${SMART}\ntype: smart\nname: { en: Same }\navatar: avatar.svg\n`),
  fc
    .constantFrom('2026-11-19', '2026-11-21', '2026-02-30')
    .map((day) => `whitelist:\n  - { app: smart-life, account: a@example.com, expires: ${day} }\n`),
);
const KINDS = [
  'write',
  'remove',
  'copy',
  'touch',
  'execute',
  'link',
  'replace',
  'exchange',
  'set back',
  'clock',
] as const;
type Step = readonly [kind: (typeof KINDS)[number], path: string, text: string];
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...KINDS), path, text);

/** Does one thing to a folder, as people, editors and Git do; what cannot be done is left. */
function apply(root: string, [kind, at, content]: Step): void {
  const file = join(root, at);
  const id = at.split('/')[1] ?? '';
  if (kind === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, content);
  } else if (kind === 'remove') rmSync(file, { force: true });
  else if (kind === 'copy' && at.startsWith('miniapps/') && id !== SMART && /^[a-z0-9]+$/.test(id)) {
    rmSync(join(root, 'miniapps', id), { recursive: true, force: true });
    cpSync(join(FIXTURE, 'miniapps', SMART), join(root, 'miniapps', id), { recursive: true });
  } else if (existsSync(file)) {
    if (kind === 'touch') utimesSync(file, new Date(), new Date());
    else if (kind === 'execute') chmodSync(file, 0o755);
    else if (kind === 'link') {
      rmSync(file);
      symlinkSync('elsewhere', file);
    } else if (kind === 'replace') {
      writeFileSync(`${file}.new`, readFileSync(file, 'utf8').replace('1.0.0', '9.0.0'));
      renameSync(`${file}.new`, file);
    } else if (kind === 'exchange' && at.startsWith('miniapps/')) {
      const folder = join(root, 'miniapps', id);
      const other = join(root, 'miniapps', id === SMART ? PANEL : SMART);
      renameSync(folder, `${root}.aside`);
      if (existsSync(other)) renameSync(other, folder);
      renameSync(`${root}.aside`, other);
    } else if (kind === 'set back' && lstatSync(file).isFile()) {
      // Beyond a tick of the file system's clock.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
      const { atime, mtime } = statSync(file);
      writeFileSync(file, readFileSync(file, 'latin1').replace(/[a-z](?!.*[a-z])/s, '{'), 'latin1');
      utimesSync(file, atime, mtime);
    }
  }
}

test('after any edits, at any time, with and without what was kept', async () => {
  const compared = { byParts: 0, atOnce: 0, sound: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      async (rounds) => {
        const { root, place } = folder();
        await readByParts(root, NOW, { place, began: later() });
        let now = NOW;
        for (const steps of rounds) {
          for (const one of steps) {
            if (one[0] === 'clock') now = NOW + (one[1].length - 25) * 86_400_000;
            else apply(root, one);
          }
          const whole = allAtOnce(root, now);
          // Now and then by two threads.
          const many = steps.length === 4 ? 1 : Infinity;
          // And now and then without all that is read, of which then nothing is kept.
          const isWhole = steps.length !== 3;
          const kept = await readByParts(root, now, { place, many, isWhole, began: later() });
          const anew = await readByParts(root, now, { isWhole });
          // Undefined: it is read at once instead.
          if (kept && isWhole) expect(allByParts(kept)).toEqual(whole);
          if (kept) expect([kept.problems, [...kept.miniapps]]).toEqual([whole.problems, whole.miniapps]);
          compared[kept ? 'byParts' : 'atOnce'] += 1;
          if (kept?.readings && kept.problems.length === 0) compared.sound += 1;
          expect(anew).toEqual(kept);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(compared.byParts).toBeGreaterThan(compared.atOnce);
  expect(compared.sound).toBeGreaterThan(5);
});

test('in two threads as in one', async () => {
  const { root, place } = folder();
  for (let i = 0; i < 60; i += 1) {
    const copy = join(root, `miniapps/tycopy${String(i).padStart(10, '0')}`);
    cpSync(join(root, 'miniapps', SMART), copy, { recursive: true });
    if (i % 7 === 0) writeFileSync(join(copy, 'members.yaml'), `members:\n  - { login: nobody${i}, role: admin }\n`);
  }
  const whole = atOnce(root, NOW) as unknown[];
  expect(whole.length).toBeGreaterThan(60);
  expect(await validateByParts(root, NOW, { many: 1 })).toEqual(whole);
  for (const many of [1, Infinity, 1]) {
    expect(await validateByParts(root, NOW, { many, place, began: later() })).toEqual(whole);
  }
});

test('the second thread does its part', async () => {
  const { root } = folder();
  const parts = [[SMART], [PANEL]];
  const shared = { entries: [], contents: new Map() };
  const next = new Int32Array(new SharedArrayBuffer(4));
  const clocks = { now: NOW, began: later() };
  const workerData: PartsToExamine = {
    root,
    parts,
    next,
    shared,
    known: new Map(),
    isKept: true,
    isWhole: false,
    ...clocks,
  };
  const worker = new Worker(WORKER, { workerData });
  const found: [number, ExaminedFolder[]][] = [];
  worker.on('message', (message: [number, ExaminedFolder[]]) => found.push(message));
  expect(await once(worker, 'exit')).toEqual([0]);
  expect(found.map(([part, [one]]) => [part, one?.id, one?.finding?.summary?.name])).toEqual([
    [0, SMART, expect.anything()],
    [1, PANEL, expect.anything()],
  ]);
});

test.each([
  ['fails before it has done anything', 'throw new Error()'],
  ['is ended after it took parts', 'for (const _ of [1, 2]) Atomics.add(workerData.next, 0, 1); process.exit(1);'],
  [
    'is ended after one part of three',
    `const { examiner } = await import(${JSON.stringify(join(import.meta.dirname, 'examine.ts'))});
    const { filesOf } = await import(${JSON.stringify(join(import.meta.dirname, '../../git/working-tree/working-tree.ts'))});
    const taken = [1, 2, 3].map(() => Atomics.add(workerData.next, 0, 1));
    const ids = workerData.parts[taken[0]] ?? [];
    parentPort.postMessage([taken[0], await examiner({ ...workerData, source: filesOf(workerData.root) })(ids)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.exit(1);`,
  ],
])('what a second thread leaves undone that %s is done by the first', async (_, code) => {
  const { root, place } = folder();
  for (let i = 0; i < 60; i += 1) {
    const copy = join(root, `miniapps/tycopy${String(i).padStart(10, '0')}`);
    cpSync(join(root, 'miniapps', SMART), copy, { recursive: true });
    if (i % 7 === 0) writeFileSync(join(copy, 'members.yaml'), `members:\n  - { login: nobody${i}, role: admin }\n`);
  }
  const thread = join(temporaryFolder('thread'), 'thread.mjs');
  writeFileSync(thread, `import { parentPort, workerData } from 'node:worker_threads';\n${code}`);
  const whole = atOnce(root, NOW);
  expect(await validateByParts(root, NOW, { many: 1, thread, place, began: later() })).toEqual(whole);
  expect(await validateByParts(root, NOW, { place, began: later() })).toEqual(whole);
});

describe('what stands as it did is not read again, and what does not is', () => {
  const lists = `miniapps/${PANEL}/whitelist.yaml`;
  const row = (account: string) => `whitelist:\n  - { app: smart-life, account: ${account} }\n`;
  const codes = async (root: string, place: RecordPlace, began = later()) =>
    (await validateByParts(root, NOW, { place, began }))!.map(({ code, file }) => `${code} ${file}`);

  test('a finding is taken from what was kept', async () => {
    const { root, place } = folder();
    await codes(root, place);
    const records = place.read()!;
    const [one] = [...records.parts];
    const invented = {
      ...one![1],
      problems: [
        { code: 'file-empty', severity: 'error', file: lists, line: 1, column: 1, message: '', hint: '' },
      ] as const,
    };
    place.write({ ...records, parts: new Map([...records.parts, [one![0], invented]]) });
    expect(await codes(root, place)).toEqual([`file-empty ${lists}`]);
  });

  test('… also after the whole folder had to be read for a file where none belongs', async () => {
    const { root, place } = folder();
    await codes(root, place);
    const records = JSON.stringify([...place.read()!.parts]);
    const stray = join(root, 'miniapps/notes.txt');
    writeFileSync(stray, 'Notes\n');
    expect(await readByParts(root, NOW, { place, began: later() })).toBeUndefined();
    rmSync(stray);
    expect(JSON.stringify([...place.read()!.parts])).toBe(records);
    expect(await validateByParts(root, NOW, { place, began: later() })).toEqual(atOnce(root, NOW));
  });

  test('an edit of equal size whose time of writing is set back', async () => {
    const { root, place } = folder();
    const file = join(root, lists);
    writeFileSync(file, row('good@example.com'));
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    expect(await codes(root, place)).toEqual([]);
    writeFileSync(file, row('good@example_com'));
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    expect(await codes(root, place)).toEqual([expect.stringContaining(lists)]);
  });

  test('a file that was written just before: its stamp is not believed', async () => {
    const { root, place } = folder();
    writeFileSync(join(root, lists), row('good@example.com'));
    expect(await codes(root, place, Date.now())).toEqual([]);
    expect(place.read()!.parts.get(PANEL)!.folderState.stamp).toBeUndefined();
    writeFileSync(join(root, lists), row('good@example_com'));
    expect(await codes(root, place)).toEqual([expect.stringContaining(lists)]);
    expect(place.read()!.parts.get(PANEL)!.folderState.stamp).toBeDefined();
  });

  test.each(['2026-11-21', '2026-11-20T18:00:00Z', '2026-11-31'])(
    'the clock passes %s, and goes back',
    async (expires) => {
      const { root, place } = folder();
      writeFileSync(
        join(root, lists),
        `${row('good@example.com').trimEnd().replace(' }', '')}, expires: ${expires} }\n`,
      );
      for (const days of [0, 30, 3, 0, -30]) {
        const now = NOW + days * 86_400_000;
        expect(await validateByParts(root, now, { place, began: later() })).toEqual(atOnce(root, now));
      }
    },
  );

  test('nothing is written again where nothing is new, also beside a folder that is read each time', async () => {
    const { root, place } = folder();
    mkdirSync(join(root, 'miniapps/tythird000000001'));
    writeFileSync(join(root, 'miniapps/tythird000000001/notes.txt'), 'strange');
    const found = await codes(root, place);
    expect(found.length).toBeGreaterThan(0);
    place.write = () => expect.unreachable();
    expect(await codes(root, place)).toEqual(found);
    const ids = [...place.read()!.parts.keys()];
    expect(ids.toSorted()).toEqual([PANEL, SMART].toSorted());
  });

  test('another state of what all share, and another code, void everything', async () => {
    const { root, place } = folder();
    expect(await codes(root, place)).toEqual([]);
    rmSync(join(root, 'people/olga.yaml'));
    expect((await codes(root, place)).length).toBeGreaterThan(0);
    expect(place.read()).toBeDefined();
    expect(new RecordPlace(openStore(stores.get(root)!)!, root, 'another code').read()).toBeUndefined();
  });
});

describe('what was read of a miniapp is forgotten', () => {
  const lists = `miniapps/${PANEL}/whitelist.yaml`;
  const GONE = 'gone@example.com';
  const kept = (root: string): string[] => {
    const own = join(stores.get(root)!.XDG_CACHE_HOME, 'miniapp-registry');
    return readdirSync(own).filter((name) => readFileSync(join(own, name), 'utf8').includes(GONE));
  };
  const write = (root: string, whitelist: string) => writeFileSync(join(root, lists), whitelist);
  /** All of a folder was read once, by a command that keeps it. */
  async function read() {
    const { root, place } = folder();
    write(root, `whitelist:\n  - { app: smart-life, account: ${GONE} }\n`);
    await readByParts(root, NOW, { place, isWhole: true, began: later() });
    expect(kept(root)).not.toEqual([]);
    return { root, place };
  }

  test('also where the command that looked was ended before it had kept all', async () => {
    const { root } = await read();
    write(root, 'whitelist: []\n');
    const env = stores.get(root)!;
    for (let at = 1; ; at += 1) {
      let puts = 0;
      const store = openStore(env)!;
      const ended = {
        ...store,
        put: (...given: Parameters<typeof store.put>) => {
          puts += 1;
          if (puts === at) throw new Error('ended');
          store.put(...given);
        },
      };
      const place = recordsOf(ended, root, later());
      const isEnded = await readByParts(root, NOW, { place, began: later() }).then(
        () => false,
        () => true,
      );
      const again = recordsOf(store, root, later());
      await readByParts(root, NOW, { place: again, began: later() });
      expect([at, kept(root)]).toEqual([at, []]);
      if (!isEnded) break;
      write(root, `whitelist:\n  - { app: smart-life, account: ${GONE} }\n`);
      await readByParts(root, NOW, { place: again, isWhole: true, began: later() });
      write(root, 'whitelist: []\n');
    }
  });

  test.each([
    [
      'cannot be read any more',
      (root: string) => {
        write(root, 'whitelist: []\n');
        writeFileSync(join(root, 'miniapps', PANEL, 'miniapp.yaml'), '[');
      },
    ],
    ['is gone', (root: string) => rmSync(join(root, 'miniapps', PANEL), { recursive: true })],
  ])('also by a command that reads all, where it %s and files that all share are others', async (_, change) => {
    const { root, place } = await read();
    writeFileSync(join(root, 'people/new.yaml'), 'login: new\ngithubId: 4711\nname: New\n');
    change(root);
    await readByParts(root, NOW, { place, isWhole: true, began: later() });
    expect(kept(root)).toEqual([]);
  });

  test.each([
    ['a file stands', (root: string) => writeFileSync(join(root, 'miniapps/notes.txt'), 'Notes\n')],
    [
      'many files stand',
      (root: string) => {
        for (let i = 0; i <= STRAYS; i += 1) writeFileSync(join(root, 'miniapps', PANEL, `${i}.txt`), 'Notes\n');
      },
    ],
  ])('also where %s that the whole folder has to be read for', async (_, stray) => {
    const { root, place } = await read();
    // Which a finding names, too.
    write(root, `whitelist:\n  - { app: none, account: ${GONE} }\n  - { app: none, account: ${GONE} }\n`);
    await readByParts(root, NOW, { place, began: later() });
    write(root, 'whitelist: []\n');
    stray(root);
    expect(await readByParts(root, NOW, { place, began: later() })).toBeUndefined();
    expect(kept(root)).toEqual([]);
    for (const name of readdirSync(join(root, 'miniapps'), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.txt')) rmSync(join(root, 'miniapps', name));
    expect(await validateByParts(root, NOW, { place, isWhole: true, began: later() })).toEqual(atOnce(root, NOW));
  });

  test('also what another code kept, where the whole folder has to be read', async () => {
    const { root, place } = await read();
    write(root, `whitelist:\n  - { app: none, account: ${GONE} }\n  - { app: none, account: ${GONE} }\n`);
    await readByParts(root, NOW, { place, began: later() });
    write(root, 'whitelist: []\n');
    writeFileSync(join(root, 'miniapps/notes.txt'), 'Notes\n');
    const store = openStore(stores.get(root)!)!;
    const another = new RecordPlace(store, realpathSync(root), 'another');
    expect(await readByParts(root, NOW, { place: another, began: later() })).toBeUndefined();
    expect(kept(root)).toEqual([]);
  });

  test('also where the findings were kept by another code', async () => {
    const { root, place } = await read();
    rmSync(join(root, 'miniapps', PANEL), { recursive: true });
    const store = openStore(stores.get(root)!)!;
    await readByParts(root, NOW, { place: new RecordPlace(store, realpathSync(root), 'another'), began: later() });
    expect([place.read(), kept(root)]).toEqual([undefined, []]);
  });
});

test('the command keeps nothing where it is told so or has no place', async () => {
  const own = repository();
  expect((await own.run('validate', '--no-cache')).code).toBe(0);
  expect((await own.run('validate')).code).toBe(0);
  writeFileSync(own.file(`miniapps/${SMART}/members.yaml`), 'members: []\n');
  const { code, out } = await own.run('validate');
  expect(code).toBe(1);
  expect(out).toContain('members: []');
});
