/** Who is missing for a step that nobody can finish, and what an owner does about it. */
import { fill, type Language } from '#core/problems/messages.ts';
import type { MissingPeople } from '#core/transitions/missing-people.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../i18n/index.ts';

/** In two sentences. */
export function missingText(language: Language, { what, roles, approvals, able, isReview }: MissingPeople): string {
  const { missingPeople: t, roles: names } = words[language];
  const asked = listText(
    roles.map((role) => names[role]),
    language,
  );
  const who = what === 'act' ? (isReview ? t.review : t.act) : able.length === 0 ? t.approveNone : t.approve;
  const args = { roles: asked, count: approvals, able: listText(able, language) };
  return `${fill(who, args)} ${t.cure}`;
}
