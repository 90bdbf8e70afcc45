/** A measured platform in Git: `main` with all of it in one commit, checked out, and `feature` with one version more. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskSource } from '../read/disk.ts';
import { miniappId, writePlatform, type PlatformOptions } from './platform.ts';

export interface MeasuredRepository {
  readonly root: string;
  readonly files: number;
  /** Who uploads the version of `feature`. */
  readonly actor: string;
}

/** What Git prints, without any settings of this machine. Throws Error with what it says where it fails. */
export function git(root: string, args: readonly string[], input: Buffer | string = ''): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, input, env, maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return stdout.toString('utf8');
}

const MINIAPP = miniappId(7);
const WHO = 'bench <bench@example.com> 1790000000 +0000';
export const NEW_VERSION = `config/miniapps/${MINIAPP}/versions/1.9.0.yaml`;

/** The folder must not exist yet. Contents go in by fast-import: adding a hundred thousand files one by one takes minutes. */
export function writeRepository(root: string, miniapps: number, options: PlatformOptions = {}): MeasuredRepository {
  const config = join(root, 'config');
  const files = writePlatform(config, miniapps, options);
  const members = readFileSync(join(config, `miniapps/${MINIAPP}/members.yaml`), 'utf8');
  const actor = /login: (\w+), role: admin/.exec(members)![1]!;
  const parts: Buffer[] = [];
  const put = (text: string | Uint8Array): void => void parts.push(Buffer.from(text));
  const data = (content: Uint8Array): void => {
    put(`data ${content.length}\n`);
    put(content);
    put('\n');
  };
  const commit = (branch: string, from: string): void =>
    put(`commit refs/heads/${branch}\ncommitter ${WHO}\ndata 1\nx\n${from}`);
  commit('main', '');
  const source = diskSource(config);
  for (const { path } of source.list('')) {
    put(`M 100644 inline config/${path}\n`);
    data(source.read(path));
  }
  commit('feature', 'from refs/heads/main\n');
  put(`M 100644 inline ${NEW_VERSION}\n`);
  data(Buffer.from(newVersion(actor)));
  git(root, ['init', '-q', '-b', 'main']);
  git(root, ['fast-import', '--quiet'], Buffer.concat(parts));
  git(root, ['read-tree', 'main']);
  git(root, ['update-index', '-q', '--refresh']);
  return { root, files: files + 1, actor };
}

/** The file of a version 1.9.0 that `actor` uploaded. */
export const newVersion = (actor: string): string => `version: 1.9.0
description: One more
uploadedBy: ${actor}
uploadedAt: 2026-11-01T08:00:00Z
package: { sha256: '${'a'.repeat(64)}', bytes: 100000, files: 10 }
pages: [pages/index/index]
`;
