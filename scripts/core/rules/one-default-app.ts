import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const oneDefaultApp: Rule = {
  id: 'one-default-app',
  why: 'Ensure that exactly one app opens experience versions without delivery.',
  *check({ apps, files, broken }) {
    const defaults = [...apps].filter(([, app]) => app.default === true).map(([id]) => id);
    const [first, ...others] = defaults;
    for (const other of others) {
      yield problem('default-app-several', at(pathOf.app(other), 'default'), { app: other, other: first! });
    }
    const mayBeInBroken = [...broken].some((file) => file.startsWith('apps/'));
    if (first !== undefined || mayBeInBroken || !files.has(pathOf.platform)) return;
    const [example = 'smart-life'] = apps.keys();
    const file = pathOf.app(example);
    yield problem('default-app-missing', { file: apps.size > 0 ? file : pathOf.platform }, { file });
  },
};
