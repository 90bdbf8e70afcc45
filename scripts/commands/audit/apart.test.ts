/** What was merged before a history began, however much it is. */
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { mergedBefore } from './apart.ts';

afterAll(removeRepositories);

/** Of so many, their ids are more than Linux passes to a command as arguments (2 MiB). */
const MANY = 45_000;

test('more merges than a command takes as arguments are looked at', () => {
  const own = repository(temporaryFolder('merges'), false);
  own.git('init', '-q', '-b', 'main');
  const by = (i: number) => `committer A <a@example.com> ${1_700_000_000 + i} +0000\ndata 0\n`;
  const file = 'M 644 inline config/people/ada.yaml\ndata 2\na\n\n';
  const stream = [`commit refs/heads/main\nmark :1\n${by(0)}`, `commit refs/heads/side\nmark :2\n${by(0)}${file}`];
  // Each merge brings a commit that comes after the one that the merge before it brought; one brings a line of its own.
  for (let i = 1; i <= MANY; i += 1)
    stream.push(
      `commit refs/heads/side\nmark :${2 * i + 2}\n${by(i)}from :${2 * i}\n`,
      `commit refs/heads/main\nmark :${2 * i + 1}\n${by(i)}from :${2 * i - 1}\nmerge :${2 * i + 2}\n`,
    );
  stream.push(
    `commit refs/heads/other\nmark :${2 * MANY + 3}\n${by(1)}${file}`,
    `commit refs/heads/main\n${by(MANY + 1)}from :${2 * MANY + 1}\nmerge :${2 * MANY + 3}\n`,
  );
  execFileSync('git', ['fast-import', '--quiet'], { cwd: own.home, input: stream.join('') });
  const [id, side, other] = ['main', 'side', 'other'].map((name) => own.git('rev-parse', name));
  const { continued, apart } = mergedBefore(own.home, 'config', { id: id!, time: 0, subject: '' } as never);
  expect(continued).toEqual([]);
  expect(apart.map(({ others }) => others.toSorted())).toEqual([[side, other].toSorted()]);
}, 60_000);
