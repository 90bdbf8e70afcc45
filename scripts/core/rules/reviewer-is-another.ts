import { currentLogin, isSamePerson } from '../identity/login.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isThere, type Rule } from './rule.ts';

export const reviewerIsAnother: Rule = {
  id: 'reviewer-is-another',
  why: 'Ensure that nobody reviews what they submitted or uploaded.',
  *check(workspace) {
    const { miniapps, people } = workspace;
    for (const [id, { versions }] of miniapps) {
      for (const [number, { uploadedBy, review }] of versions) {
        const login = review?.reviewedBy;
        if (login === undefined) continue;
        // A login that is nobody's is an unknown name, and that is said of it.
        const isSomebody = people.has(currentLogin(people, login)) || isThere(workspace, pathOf.person(login));
        if (!isSomebody) continue;
        const is = (other: string) => isSamePerson(people, other, login);
        const did = is(review!.submittedBy) ? 'submitted' : is(uploadedBy) ? 'uploaded' : undefined;
        const place = at(pathOf.version(id, number), 'review', 'reviewedBy');
        if (did) yield problem('review-by-author', place, { login, did });
      }
    }
  },
};
