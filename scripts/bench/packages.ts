/** What keeping and proving the bytes of versions costs, beside Git doing what cannot be left out. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitStore } from '../packages/git-store.ts';
import { keepHere } from '../packages/local-branch.ts';
import { isUsable, type HeldPackage } from '../packages/store.ts';
import { packageBranch } from '../packages/version-id.ts';
import { readProject } from '../project/read-project.ts';
import { byTurns, runNode, type Cost } from './measure.ts';
import { miniappId, writePlatform } from './platform.ts';
import { git } from './repository.ts';

export interface ComparedCosts {
  readonly what: string;
  readonly ours: readonly Cost[];
  readonly theirs: readonly Cost[];
  readonly target: number;
}

const AUTHOR = { name: 'bench', email: 'bench@example.com' };
const MINIAPP = miniappId(7);
const CLI = join(import.meta.dirname, '../miniapp.mjs');

/** Text as minified code is: hardly any line twice. `seed`: what differs between two. */
function text(seed: string, bytes: number): string {
  let made = '';
  for (let i = 0; made.length < bytes; i += 1)
    made += `${createHash('sha256').update(`${seed} ${i}`).digest('base64')}.call(this,${i});\n`;
  return made.slice(0, bytes);
}

/** A project of so many files and bytes. */
function writeFiles(root: string, files: number, bytes: number, seed: string): void {
  mkdirSync(join(root, 'pages/index'), { recursive: true });
  writeFileSync(join(root, 'app.json'), '{ "pages": ["pages/index/index"] }\n');
  writeFileSync(join(root, 'pages/index/index.js'), 'Page({});\n');
  for (let i = 2; i < files; i += 1) {
    const file = join(root, `data/${i % 50}/${i}.txt`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text(`${seed} ${i}`, Math.floor(bytes / files)));
  }
}

const projectIn = (root: string) => {
  const { project, findings } = readProject(root, { shown: root, id: MINIAPP });
  if (!project) throw new Error(JSON.stringify(findings.problems[0]));
  return { files: project.files, content: project.content, sha256: project.package.sha256 };
};

function emptyRepository(root: string): string {
  mkdirSync(root, { recursive: true });
  git(root, ['init', '-q', '-b', 'main']);
  git(root, ['config', 'user.name', 'bench']);
  git(root, ['config', 'user.email', 'bench@example.com']);
  return root;
}

/** Each time into a repository that holds nothing of it. */
function storing(folder: string, rounds: number): ComparedCosts {
  const project = join(folder, 'project');
  writeFiles(project, 2000, 20_000_000, 'store');
  const bytes = projectIn(project);
  const ours = emptyRepository(join(folder, 'kept'));
  const theirs = emptyRepository(join(folder, 'added'));
  cpSync(project, theirs, { recursive: true });
  const anew = (root: string) => () => {
    rmSync(join(root, '.git'), { recursive: true });
    emptyRepository(root);
  };
  const found = byTurns(
    [
      {
        name: 'theirs',
        run: () => {
          git(theirs, ['add', '-A']);
          git(theirs, ['commit', '-q', '-m', 'x']);
        },
        after: anew(theirs),
      },
      {
        name: 'ours',
        run: () =>
          void keepHere(ours, { miniapp: MINIAPP, version: '1.0.0' }, bytes, { author: AUTHOR, now: Date.now() }),
        after: anew(ours),
      },
    ],
    rounds,
  );
  rmSync(project, { recursive: true });
  const what = 'storing 2,000 files, 20 MB / git add and commit';
  return { what, ours: found('ours'), theirs: found('theirs'), target: 2 };
}

function proving(folder: string, rounds: number): ComparedCosts {
  const root = emptyRepository(join(folder, 'stored'));
  const held: HeldPackage[] = [];
  for (let i = 0; i < 100; i += 1) {
    const project = join(folder, 'version');
    writeFiles(project, 40, 400_000, `verify ${i}`);
    const id = { miniapp: MINIAPP, version: `1.${i}.0` };
    const { commit } = keepHere(root, id, projectIn(project), { author: AUTHOR, now: Date.now() });
    held.push({ id, ref: packageBranch.name(id), object: commit });
    rmSync(project, { recursive: true });
  }
  const ids = new Set<string>();
  for (const { object } of held)
    for (const line of git(root, ['ls-tree', '-r', object]).split('\n')) if (line !== '') ids.add(line.split(/\s/)[2]!);
  const input = [...ids].map((id) => `${id}\n`).join('');
  const store = gitStore({ folder: root, where: 'here' });
  const found = byTurns(
    [
      {
        name: 'theirs',
        run: () => {
          const { stdout } = spawnSync('git', ['cat-file', '--batch', '--buffer'], {
            cwd: root,
            input,
            maxBuffer: 2 ** 30,
          });
          let at = 0;
          for (let i = 0; i < ids.size; i += 1) {
            const end = stdout.indexOf(10, at);
            const bytes = Number(stdout.toString('latin1', at, end).split(' ')[2]);
            createHash('sha256')
              .update(stdout.subarray(end + 1, end + 1 + bytes))
              .digest('hex');
            at = end + 1 + bytes + 1;
          }
        },
      },
      {
        name: 'ours',
        run: () => {
          const proofs = [...store.proveHere(held).values()];
          if (proofs.length !== held.length || !proofs.every(isUsable)) throw new Error('a package is not proven');
        },
      },
    ],
    rounds,
  );
  rmSync(root, { recursive: true });
  const what = `proving 100 packages / cat-file and hashing`;
  return { what, ours: found('ours'), theirs: found('theirs'), target: 1.5 };
}

/** A change that no step of section 8 is part of: on a platform that judges by bytes, and on one that does not. */
function planning(folder: string, rounds: number): ComparedCosts {
  const roots = ['packages: { required: true }\n', ''].map((line, i) => {
    const root = emptyRepository(join(folder, `plan-${i}`));
    writePlatform(join(root, 'config'), 100);
    const platform = join(root, 'config/platform.yaml');
    writeFileSync(platform, readFileSync(platform, 'utf8') + line);
    git(root, ['add', '-A']);
    git(root, ['commit', '-q', '-m', 'x']);
    const profile = join(root, `config/miniapps/${MINIAPP}/members.yaml`);
    writeFileSync(profile, `${readFileSync(profile, 'utf8')}# another line\n`);
    return root;
  });
  const [withPackages, without] = roots as [string, string];
  const plan = (root: string) => () => runNode([CLI, 'plan', '--actor', 'bench', '--config', join(root, 'config')]);
  const found = byTurns(
    [
      { name: 'without', run: plan(without) },
      { name: 'with', run: plan(withPackages) },
    ],
    rounds * 4,
  );
  for (const root of roots) rmSync(root, { recursive: true });
  const what = 'plan of what no package is about, with packages / without';
  return { what, ours: found('with'), theirs: found('without'), target: 1.05 };
}

/** Three measurements, each made when it is called, in a folder of its own below `folder`. */
export const measurePackages = (folder: string, rounds: number): (() => ComparedCosts)[] =>
  [storing, proving, planning].map((measure, i) => () => {
    const own = join(folder, `packages-${i}`);
    mkdirSync(own);
    return measure(own, rounds);
  });
