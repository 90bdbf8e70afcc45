import { isSamePerson } from '../identity.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problem.ts';
import type { Rule } from './rule.ts';

export const reviewerIsAnother: Rule = {
  id: 'reviewer-is-another',
  why: 'Ensure that nobody reviews what they submitted or uploaded.',
  *check({ miniapps, people }) {
    for (const [id, { versions }] of miniapps) {
      for (const [number, { uploadedBy, review }] of versions) {
        const login = review?.reviewedBy;
        if (login === undefined) continue;
        const is = (other: string) => isSamePerson(people, other, login);
        const did = is(review!.submittedBy) ? 'submitted' : is(uploadedBy) ? 'uploaded' : undefined;
        const place = at(pathOf.version(id, number), 'review', 'reviewedBy');
        if (did) yield problem('review-by-author', place, { login, did });
      }
    }
  },
};
