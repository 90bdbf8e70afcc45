import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { newestFirst } from '../version.ts';
import type { Rule } from './rule.ts';

export const onePendingVersion: Rule = {
  id: 'one-pending-version',
  why: 'Ensure that a miniapp has at most one version under review.',
  *check({ miniapps }) {
    for (const [miniapp, { versions }] of miniapps) {
      const pending = [...versions].filter(([, { review }]) => review?.status === 'pending').map(([number]) => number);
      const [other, ...rest] = newestFirst(pending).reverse();
      for (const version of rest) {
        const place = at(pathOf.version(miniapp, version), 'review', 'status');
        yield problem('review-pending-several', place, { version, other: other!, miniapp });
      }
    }
  },
};
