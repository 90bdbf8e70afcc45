/** Files of the configuration that Git ignores: they count on this machine, and nobody else ever gets them. */
import { identify, pathOf } from '../core/paths.ts';
import { gitAnswer } from '../git/process/run.ts';
import type { Finding } from './finding.ts';

const ID = 'tyair00000000';

/** One of each kind that may come. */
const LIKELY = [
  ...[pathOf.platform, 'policy.yaml', 'README.md', 'apps/acme.yaml', pathOf.person('ann')],
  ...['miniapp', 'release', 'trafficking', 'whitelist', 'members', 'domains', 'scenarios', 'languages'].map(
    (name) => `miniapps/${ID}/${name}.yaml`,
  ),
  ...['avatar.png', 'avatar.svg', 'reports/2026-11.yaml'].map((name) => `miniapps/${ID}/${name}`),
  pathOf.version(ID, '1.0.0'),
];

const parts = (folder: string, args: readonly string[], input = ''): string[] =>
  gitAnswer(folder, args, { input, accept: [1] })
    .stdout.toString('utf8')
    .split('\0')
    .slice(0, -1);

/** A pattern that hides some, by where it stands; none where there is none. */
export function ignoredFinding(folder: string): Finding[] {
  const there = parts(folder, ['ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', '.']);
  const hidden = there.filter((path) => identify(path) !== undefined);
  const input = [...hidden.slice(0, 100), ...LIKELY].map((path) => `${path}\0`).join('');
  const found = parts(folder, ['check-ignore', '--verbose', '--no-index', '-z', '--stdin'], input);
  // Four parts each: where the pattern stands, its line, itself, the path. One that begins with "!" hides nothing.
  const rows = Array.from({ length: found.length / 4 }, (_, i) => found.slice(i * 4, i * 4 + 4));
  const [source, line, pattern, path] = rows.find(([, , text = '']) => !text.startsWith('!')) ?? [];
  if (source === undefined) return [];
  const what =
    hidden.length > 0
      ? `Git ignores ${hidden.length} of the configuration's files, as ${path}: they are on this machine alone`
      : `Git would ignore a file like ${path} of the configuration: nobody else would get it`;
  const next = `take "${pattern}" out of ${source}, line ${line}, or add below it: !${folder.split(/[/\\]/).at(-1)}/**`;
  return [{ id: 'ignored', state: 'warning', what, next }];
}
