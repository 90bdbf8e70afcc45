/** Who takes part: roles on the platform and in miniapps, and what each role may do by the policy. Nothing private is in it. */
import { defined } from '#core/defined.ts';
import { keysOf } from '#core/keys-of.ts';
import type { Language } from '#core/problems/messages.ts';
import type { TransitionKind } from '#core/lifecycle/lifecycle.ts';
import { DEFAULT_RIGHTS, rightOf, type Right, type Role } from '#core/policy/policy.ts';
import type { Member } from '#core/model.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** What stands between the address of the list and the number of a part: beside it are the pages of people, whose logins may be numbers. */
export const PARTS = 'page/';

export interface PersonView {
  readonly login: string;
  readonly name: string;
  readonly platformRoles: readonly ('owner' | 'reviewer')[];
  readonly isInternal: boolean;
  readonly left?: string;
  readonly manages: readonly string[];
  readonly miniapps: readonly { readonly id: string; readonly name: string; readonly role: Member['role'] }[];
}

/** How many people have not left. */
export const hereIn = ({ people }: Pick<PublicWorkspace, 'people'>): number =>
  [...people.values()].filter(({ left }) => left === undefined).length;

const known = new WeakMap<PublicWorkspace, Map<Language, PersonView[]>>();

/** Everybody, those who are here before those who left, by name; worked out once a language. */
export function peopleViews(workspace: PublicWorkspace, language: Language): readonly PersonView[] {
  let own = known.get(workspace);
  if (!own) known.set(workspace, (own = new Map()));
  let views = own.get(language);
  if (!views) own.set(language, (views = makeViews(workspace, language)));
  return views;
}

function makeViews(workspace: PublicWorkspace, language: Language): PersonView[] {
  const { languages } = workspace.platform;
  const memberships = new Map<string, PersonView['miniapps'][number][]>();
  for (const { id, basics, members } of workspace.miniapps.values()) {
    for (const { login, role } of members) {
      const one = { id, name: localized(basics.name, language, languages), role };
      const known = memberships.get(login);
      if (known) known.push(one);
      else memberships.set(login, [one]);
    }
  }
  const apps = [...workspace.apps.values()];
  const order = new Intl.Collator(language).compare;
  return [...workspace.people.values()]
    .map(({ login, name, platformRoles = [], internal = false, left }) => ({
      login,
      name,
      platformRoles,
      isInternal: internal,
      ...defined({ left }),
      manages: apps
        .filter(({ managers }) => managers?.includes(login))
        .map((app) => localized(app.name, language, languages)),
      miniapps: memberships.get(login) ?? [],
    }))
    .sort(
      (a, b) =>
        Number(a.left !== undefined) - Number(b.left !== undefined) || order(a.name, b.name) || order(a.login, b.login),
    );
}

export interface RightRow {
  readonly kind: TransitionKind;
  readonly by: readonly Role[];
  readonly approvals?: Right['approvals'];
}

/** What the policy says of every transition. */
export const rightRows = ({ policy }: Pick<PublicWorkspace, 'policy'>): RightRow[] =>
  keysOf(DEFAULT_RIGHTS).map((kind) => {
    const { by, approvals } = rightOf(policy, kind);
    return { kind, by, ...defined({ approvals }) };
  });

/** What a role may do, in the order of the policy. */
export const allowedTo = (rights: readonly RightRow[], role: Role): TransitionKind[] =>
  rights.filter(({ by }) => by.includes(role)).map(({ kind }) => kind);

/** What others may do once who holds a role consents, in the order of the policy. */
export const consentOf = (rights: readonly RightRow[], role: Role): TransitionKind[] =>
  rights
    .filter(({ approvals }) => approvals && approvals.count > 0 && approvals.by.includes(role))
    .map(({ kind }) => kind);
