/** Who commands act for here, and what that person may do: the answer to "why am I refused" before anything is tried. */
import { defined } from '../core/defined.ts';
import { keysOf } from '../core/keys-of.ts';
import { rolesOf } from '../core/policy/roles.ts';
import { currentLogin } from '../core/identity/login.ts';
import { rightOf } from '../core/policy/policy.ts';
import { painter, safe } from '../report/terminal.ts';
import { actorOf } from '../cli/input/actor.ts';
import { EXIT, isJson, printJson, words, type Command } from '../cli/frame/command.ts';
import { configFolder } from '../cli/config/load-config.ts';
import { NO_CACHE, soundSummary, type SummarizedConfig } from './validate/whole.ts';

/** What somebody may do on the platform as a whole, by the transition that stands for it. */
const MEANING = {
  create: 'create miniapps',
  approve: 'review versions',
  'edit-platform': 'edit the platform: apps, people, policy',
};

/** What changes what people get of a miniapp, a rollout included. */
const RELEASE = [
  ...(['publish', 'rollback', 'start-rollout', 'widen-rollout', 'stop-rollout'] as const),
  ...(['enable', 'disable'] as const),
];

export const whoamiCommand: Command = {
  name: 'whoami',
  takesLogins: true,
  summary: 'whom commands act for here, and what that person may do',
  usage: ['whoami [--actor LOGIN] [--no-cache]'],
  options: { actor: { type: 'string', value: 'LOGIN', describe: 'somebody else' }, ...NO_CACHE },
  async run(input, io) {
    words(input);
    const { path } = configFolder(input, io);
    const asked = await actorOf(input, io, path);
    const config = await soundSummary(input, io);
    if (!config) return EXIT.no;
    const found = aboutPerson(config, asked);
    if (isJson(input)) printJson(io, found);
    else io.stdout(`${page(found, painter(io.isColoured))}\n`);
    return found.known && found.left === undefined ? EXIT.fine : EXIT.no;
  },
};

/** What the configuration says of a login. */
function aboutPerson({ shared, miniapps }: SummarizedConfig, login: string) {
  const own = currentLogin(shared.people, login);
  const person = shared.people.get(own);
  const roles = [...rolesOf(shared, own, undefined, [])];
  const memberships = [...miniapps].flatMap(([id, { members = [] }]) =>
    members
      .filter((member) => member.login === own)
      .map(({ role }) => ({
        miniapp: id,
        role,
        release: RELEASE.filter((kind) =>
          [role, ...roles].some((one) => rightOf(shared.policy, kind).by.includes(one)),
        ),
      })),
  );
  const may = keysOf(MEANING).filter((kind) => rightOf(shared.policy, kind).by.some((role) => roles.includes(role)));
  return {
    login: own,
    known: person !== undefined,
    ...defined({
      name: person?.name,
      githubId: person?.githubId,
      left: person?.left,
    }),
    roles,
    internal: person?.internal === true,
    memberships,
    manages: [...shared.apps.values()].filter(({ managers }) => managers?.includes(own)).map(({ id }) => id),
    may,
  };
}

function page(found: ReturnType<typeof aboutPerson>, paint: ReturnType<typeof painter>): string {
  const { login, known, name, left, roles, internal, memberships, manages, may } = found;
  if (!known) {
    return [
      `${paint('red', safe(login))} is not in people/, so nothing that they do is accepted`,
      `  an owner adds them: npx miniapp person add ${safe(login)} --github-id NUMBER --name NAME`,
      '  or act as somebody else: git config github.user LOGIN',
    ].join('\n');
  }
  const list = (words: readonly string[]) => words.map(safe).join(', ') || 'none';
  return [
    `${paint('bold', safe(login))}  ${safe(name ?? '')}${left === undefined ? '' : paint('red', `  left on ${safe(left)}: no rights`)}`,
    `roles       ${list(roles)}${internal ? ', internal' : ''}`,
    `miniapps    ${list(memberships.map(({ miniapp, role }) => `${miniapp} (${role})`))}`,
    `releases    ${list(memberships.flatMap(released))}`,
    ...(manages.length > 0 ? [`manages     ${list(manages)}`] : []),
    `may also    ${list(may.map((kind) => MEANING[kind]))}`,
  ].join('\n');
}

/** A miniapp of which somebody may change what people get: every step, or those that they may. */
function released({ miniapp, release }: ReturnType<typeof aboutPerson>['memberships'][number]): string[] {
  if (release.length === 0) return [];
  return [release.length === RELEASE.length ? miniapp : `${miniapp} (${release.join(', ')})`];
}
