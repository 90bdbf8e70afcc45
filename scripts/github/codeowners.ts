/**
 * `.github/CODEOWNERS`, made of people/: whose review GitHub asks for. It guards the code and who is who; what happens to miniapps is
 * for `miniapp/check` to judge, by rights that GitHub cannot express, and so has no code owner. Pure.
 */
import { holdersOf } from '../core/policy/roles.ts';
import type { Workspace } from '../core/model.ts';

/** Relative to the repository's root, with `config` as its folder there. */
export function codeownersOf(workspace: Workspace, config = 'config'): string {
  const owners = holdersOf(workspace, ['owner'], undefined, []).toSorted((a, b) => (a < b ? -1 : 1));
  const all = owners.map((login) => `@${login}`).join(' ');
  const isOne = owners.length < 2;
  const platform = ['platform.yaml', 'policy.yaml', 'README.md', 'apps/', 'people/'].map(
    (path) => `/${config}/${path}`,
  );
  const width = Math.max(...platform.map((path) => path.length)) + 1;
  const row = (pattern: string, who: string): string => `${pattern.padEnd(width)} ${who}`.trimEnd();
  return `${[
    '# Generated from people/ by `npm run generate`; do not edit. The last pattern that matches a file decides.',
    '',
    '# Code, workflows, schemas, and whatever nobody thought of.',
    row('*', all),
    '',
    '# Miniapps have no owner here: who may change one stands in its members.yaml and policy.yaml, and miniapp/check enforces it.',
    row(`/${config}/`, ''),
    '',
    ...(isOne
      ? [
          '# Nobody can approve their own change, so while the platform has one owner these are left to miniapp/check, too.',
          ...platform.map((path) => row(path, '')),
        ]
      : [
          '# Who is who, who owns the platform, and what is allowed: whoever can change this can change every members.yaml.',
          ...platform.map((path) => row(path, all)),
        ]),
  ].join('\n')}\n`;
}
