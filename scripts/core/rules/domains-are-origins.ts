import { checkOrigin } from '../resolution/origin.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const domainsAreOrigins: Rule = {
  id: 'domains-are-origins',
  why: 'Ensure that a miniapp may call only hosts that are named exactly, over https.',
  *check({ miniapps }) {
    for (const [id, { domains }] of miniapps) {
      for (const api of ['request', 'upload', 'download', 'static'] as const) {
        for (const [region, origins] of Object.entries(domains[api] ?? {})) {
          for (const [i, origin] of origins.entries()) {
            const finding = checkOrigin(origin);
            if (!finding) continue;
            yield problem(
              finding.code,
              at(pathOf.file(id, 'domains'), 'domains', api, region, i),
              finding.args as never,
            );
          }
        }
      }
    }
  },
};
