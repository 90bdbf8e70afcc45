/** A commit that is made beside the working tree: what it holds, and that it is signed where the user signs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { commitFiles } from './branch.ts';
import { scratch } from '../stores/scratch.ts';

const author = { name: 'Mei Lin', email: 'mei@example.com' };
let own: TestRepository;
let parent: string;

beforeEach(() => {
  own = repository();
  parent = own.git('rev-parse', 'HEAD');
});
afterAll(removeRepositories);

test('it changes its files alone, whatever they are called, and neither a branch nor the working tree', () => {
  const [gone = ''] = own.git('ls-files').split('\n');
  const status = own.git('status', '--porcelain');
  const files = [
    { path: 'a "b"\n\\c.txt', content: 'new\r\n' },
    { path: 'folder/empty', content: new Uint8Array() },
    { path: gone, content: null },
  ];
  const commit = commitFiles(own.home, { parent, files, message: 'Two lines\n\nof text', author });
  const words = own.git('diff-tree', '-r', '-z', '--no-renames', '--name-status', parent, commit).split('\0');
  const changes = Object.fromEntries(words.flatMap((word, i) => (i % 2 === 0 ? [[words[i + 1], word]] : [])));
  expect(changes).toMatchObject({ [files[0]!.path]: 'A', 'folder/empty': 'A', [gone]: 'D' });
  expect(words).toHaveLength(7);
  expect(own.git('cat-file', '-s', `${commit}:folder/empty`)).toBe('0');
  const said = own.git('log', '-1', '--format=%an <%ae> %cn %P%n%B', commit);
  expect(said).toBe(`Mei Lin <mei@example.com> Mei Lin ${parent}\nTwo lines\n\nof text`);
  expect(own.git('branch', '--contains', commit)).toBe('');
  expect(own.git('status', '--porcelain')).toBe(status);
});

test('it is signed where the user signs; a draft never is, and leaves nothing among the objects', () => {
  const program = join(temporaryFolder('signing'), 'gpg');
  writeFileSync(program, "#!/bin/sh\necho '[GNUPG:] SIG_CREATED ' >&2\ncat >/dev/null\necho signature\n", {
    mode: 0o755,
  });
  own.git('config', 'gpg.program', program);
  own.git('config', 'commit.gpgSign', 'true');
  const commit = { parent, files: [{ path: 'x', content: 'x' }], message: 'm', author };
  const signed = commitFiles(own.home, commit);
  expect(own.git('cat-file', 'commit', signed)).toContain('gpgsig signature');
  expect(own.git('ls-tree', '--name-only', signed).split('\n')).toContain('x');
  const temporary = scratch(own.home);
  try {
    const draft = commitFiles(own.home, { ...commit, message: 'draft', env: temporary.env, isDraft: true });
    expect(own.git('cat-file', '--batch-check', '--batch-all-objects')).not.toContain(draft);
  } finally {
    temporary.remove();
  }
});
