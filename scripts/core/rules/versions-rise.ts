import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isReal } from '../dates.ts';
import { newestFirst } from '../version.ts';
import type { Rule } from './rule.ts';

export const versionsRise: Rule = {
  id: 'versions-rise',
  why: 'Ensure that a higher version is a later one, and that what was uploaded can be proved.',
  *check({ miniapps }) {
    for (const [id, { versions }] of miniapps) {
      let later: { number: string; time: number } | undefined;
      for (const number of newestFirst(versions.keys())) {
        const { uploadedAt, package: proof } = versions.get(number)!;
        const file = pathOf.version(id, number);
        if (!proof) yield problem('package-unproven', { file }, { version: number });
        if (!isReal(uploadedAt)) continue;
        const time = Date.parse(uploadedAt);
        if (later && time > later.time) {
          const args = { version: number, time: uploadedAt, other: later.number };
          yield problem('version-order', at(file, 'uploadedAt'), args);
        }
        if (!later || time < later.time) later = { number, time };
      }
    }
  },
};
