import { currentLogin } from '../identity/login.ts';
import type { Miniapp, Workspace } from '../model.ts';
import { nearest } from '../problems/suggest.ts';
import { pathOf } from '../paths.ts';
import { at, atKey, problem, type Place, type Problem } from '../problems/problem.ts';
import { isSound, isThere, type Rule } from './rule.ts';

export const referencesExist: Rule = {
  id: 'references-exist',
  why: 'Ensure that every app, region, category, person and version that a file names is there.',
  *check(workspace) {
    for (const [id, app] of workspace.apps) {
      const file = pathOf.app(id);
      for (const [i, region] of app.regions.entries()) yield* regionIs(workspace, region, at(file, 'regions', i));
      for (const [i, login] of (app.managers ?? []).entries()) {
        yield* personIs(workspace, login, at(file, 'managers', i));
      }
    }
    for (const miniapp of workspace.miniapps.values()) yield* inMiniapp(workspace, miniapp);
  },
};

function* inMiniapp(workspace: Workspace, miniapp: Miniapp): Iterable<Problem> {
  const { id } = miniapp;
  yield* categoryIs(workspace, miniapp);
  for (const [number, version] of miniapp.versions) {
    const file = pathOf.version(id, number);
    yield* personWas(workspace, version.uploadedBy, at(file, 'uploadedBy'));
    const { review } = version;
    if (!review) continue;
    yield* personWas(workspace, review.submittedBy, at(file, 'review', 'submittedBy'));
    const { reviewedBy } = review;
    const isPerson = reviewedBy !== undefined && reviewedBy !== 'policy:internal';
    if (isPerson) yield* personWas(workspace, reviewedBy, at(file, 'review', 'reviewedBy'));
  }
  const release = pathOf.file(id, 'release');
  const { online, experience, rollout, previous = [] } = miniapp.release;
  if (online) yield* versionIs(workspace, miniapp, online.version, at(release, 'online', 'version'));
  if (experience) yield* versionIs(workspace, miniapp, experience.version, at(release, 'experience', 'version'));
  if (rollout) {
    yield* versionIs(workspace, miniapp, rollout.version, at(release, 'rollout', 'version'));
    for (const [i, app] of (rollout.apps ?? []).entries())
      yield* appIs(workspace, app, at(release, 'rollout', 'apps', i));
    for (const [i, region] of (rollout.regions ?? []).entries()) {
      yield* regionIs(workspace, region, at(release, 'rollout', 'regions', i));
    }
  }
  for (const [i, version] of previous.entries()) {
    yield* versionIs(workspace, miniapp, version, at(release, 'previous', i));
  }
  const trafficking = pathOf.file(id, 'trafficking');
  for (const [i, row] of miniapp.trafficking.entries()) {
    yield* appIs(workspace, row.app, at(trafficking, 'trafficking', i, 'app'));
    for (const [k, region] of row.regions.entries()) {
      yield* regionIs(workspace, region, at(trafficking, 'trafficking', i, 'regions', k));
    }
  }
  const whitelist = pathOf.file(id, 'whitelist');
  for (const [i, row] of miniapp.whitelist.entries())
    yield* appIs(workspace, row.app, at(whitelist, 'whitelist', i, 'app'));
  const members = pathOf.file(id, 'members');
  for (const [i, { login }] of miniapp.members.entries()) {
    yield* personIs(workspace, login, at(members, 'members', i, 'login'));
  }
  const domains = pathOf.file(id, 'domains');
  for (const api of ['request', 'upload', 'download', 'static'] as const) {
    for (const region of Object.keys(miniapp.domains[api] ?? {})) {
      yield* regionIs(workspace, region, atKey(domains, 'domains', api, region));
    }
  }
  for (const [month, report] of miniapp.reports) {
    const file = pathOf.report(id, month);
    for (const [i, row] of report.rows.entries()) {
      yield* appIs(workspace, row.app, at(file, 'rows', i, 'app'));
      yield* regionIs(workspace, row.region, at(file, 'rows', i, 'region'));
      yield* versionIs(workspace, miniapp, row.version, at(file, 'rows', i, 'version'));
    }
  }
}

type Kind = 'app' | 'category' | 'person' | 'region' | 'version';

/** What brings the first one of a kind. */
const NONE_YET: Readonly<Record<Kind, string>> = {
  app: 'No app is there yet: npx miniapp app add brings one.',
  category: 'platform.yaml names none yet.',
  person: 'Nobody is in people/ yet: npx miniapp person add brings somebody.',
  region: 'platform.yaml names none yet.',
  version: 'No version of it is there yet: npx miniapp upload brings one.',
};

function* unknown(kind: Kind, name: string, known: Iterable<string>, place: Place): Iterable<Problem> {
  const near = nearest(name, [...known]) || NONE_YET[kind];
  yield problem('reference-unknown', place, { kind, name, near });
}

// What could be read is asked first: that is nearly always the answer, and it needs no path.

function* appIs(workspace: Workspace, app: string, place: Place): Iterable<Problem> {
  const isKnown = workspace.apps.has(app) || isThere(workspace, pathOf.app(app));
  if (!isKnown) yield* unknown('app', app, workspace.apps.keys(), place);
}

function* personIs(workspace: Workspace, login: string, place: Place): Iterable<Problem> {
  const isKnown = workspace.people.has(login) || isThere(workspace, pathOf.person(login));
  if (!isKnown) yield* unknown('person', login, workspace.people.keys(), place);
}

/** A version file never changes, so it keeps the login that somebody had. */
function* personWas(workspace: Workspace, login: string, place: Place): Iterable<Problem> {
  const isKnown = workspace.people.has(login) || currentLogin(workspace.people, login) !== login;
  if (!isKnown) yield* personIs(workspace, login, place);
}

function* regionIs(workspace: Workspace, region: string, place: Place): Iterable<Problem> {
  const { regions } = workspace.platform;
  const isKnown = Object.hasOwn(regions, region) || !isSound(workspace, pathOf.platform);
  if (!isKnown) yield* unknown('region', region, Object.keys(regions), place);
}

/** A platform that names no categories takes any. */
function* categoryIs({ platform }: Workspace, { id, basics: { category } }: Miniapp): Iterable<Problem> {
  const { categories } = platform;
  if (category === undefined || categories === undefined || Object.hasOwn(categories, category)) return;
  yield* unknown('category', category, Object.keys(categories), at(pathOf.file(id, 'miniapp'), 'category'));
}

function* versionIs(workspace: Workspace, miniapp: Miniapp, version: string, place: Place): Iterable<Problem> {
  const isKnown = miniapp.versions.has(version) || isThere(workspace, pathOf.version(miniapp.id, version));
  if (!isKnown) yield* unknown('version', version, miniapp.versions.keys(), place);
}
