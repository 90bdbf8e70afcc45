/**
 * Nothing false on a miniapp's page, whatever the platform: no command is printed that would be refused, and each answer is what `resolve`
 * gives to somebody who asks. Platforms are generated; those that break a rule are left out, as no portal is built of them. Longer than
 * most files: every test goes through the same generated platforms.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENTRIES, type Miniapp, type Release, type Version, type Workspace } from '../../../../scripts/core/model.ts';
import { pathOf } from '../../../../scripts/core/paths.ts';
import { messages, severityOf } from '../../../../scripts/core/problems/messages.ts';
import { fixesFor } from '../../../../scripts/core/resolution/fixes.ts';
import { resolve } from '../../../../scripts/core/resolution/resolve.ts';
import { spelledOut } from '../../../../scripts/fixtures/resolution.ts';
import type { BytesLack } from '../../../../scripts/core/by-bytes.ts';
import { derivedKey, nothingDerived } from '../../../../scripts/packages/derived.ts';
import { evaluatePackages } from '../../../../scripts/packages/evaluate.ts';
import { lackOf, statusesOf, versionsOf } from '../../../../scripts/packages/status.ts';
import type { HeldPackage, PackageStore } from '../../../../scripts/packages/store.ts';
import { keyOf, type VersionId } from '../../../../scripts/packages/version-id.ts';
import { checkRules } from '../../../../scripts/core/rules/index.ts';
import { decide, type Decision } from '../../../../scripts/core/transitions/decide.ts';
import type { Right } from '../../../../scripts/core/policy/policy.ts';
import {
  CREATED,
  MINIAPP as ID,
  ModelDecider,
  NOW,
  PEOPLE as MODELLED,
} from '../../../../scripts/fixtures/state-space/states.ts';
import { words } from '../../i18n/index.ts';
import { publish } from '../../lib/public.ts';
import { tasksByLogin } from '../people/tasks.ts';
import { journeyOf } from '../journey/view-model.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { renderedSections } from '../../../tests/rendered.ts';
import { miniappFacts } from './facts.ts';
import { changeLines } from '../versions/consequences.ts';
import { stageLists } from '../versions/view-model.ts';
import { jsonForHtml, miniappData, platformData, pageWorkspace } from '../../lib/page-data.ts';

const NUMBERS = ['1.0.0', '1.1.0', '1.2.0'];
const APPS = { home: ['EU', 'AZ'], other: ['EU', 'IN'] } as const;
const LISTED = 'qa.lead@example.com';
/** What stands for it in the files of a platform that keeps digests. */
const DIGEST = `hmac:5f0c2a9b:${'7'.repeat(32)}`;
const REGIONS = ['EU', 'AZ', 'IN'];

/** The account that is listed, as a question names it. */
const accountIn = ({ platform }: Workspace) => ({
  account: LISTED,
  ...(platform.accounts === 'digest' ? { accountDigest: DIGEST } : {}),
});
/** What each version's file records. */
const PROOF = { sha256: 'a'.repeat(64), bytes: 1, files: 1 };
const BASE = new ModelDecider({ internal: [], isLate: true }).workspace(CREATED);
/** One reviewer more, so that a review can need two people whoever uploaded it. */
const PEOPLE = [...MODELLED, 'omar'];
const OMAR = { login: 'omar', githubId: 77, name: 'Omar', platformRoles: ['reviewer' as const] };

const review = fc.constantFrom<Version['review']>(
  undefined,
  { status: 'pending', submittedBy: 'alice' },
  { status: 'pending', submittedBy: 'bob' },
  { status: 'approved', submittedBy: 'alice', reviewedBy: 'rita' },
  { status: 'rejected', submittedBy: 'alice', reviewedBy: 'rita', reason: 'No' },
);
const number = fc.constantFrom(...NUMBERS);
const release = fc.record(
  {
    online: fc.record({ version: number, enabled: fc.boolean() }),
    experience: fc.record({ version: number }),
    previous: fc.uniqueArray(number, { maxLength: 2 }),
    rollout: fc.record(
      {
        version: number,
        percent: fc.constantFrom(10, 99),
        regions: fc.subarray(REGIONS, { minLength: 1 }),
        apps: fc.subarray(Object.keys(APPS), { minLength: 1 }),
      },
      { requiredKeys: ['version', 'percent'] },
    ),
  },
  { requiredKeys: [] },
);
const row = fc
  .constantFrom(...Object.keys(APPS))
  .chain((app) =>
    fc.record({ app: fc.constant(app), regions: fc.subarray([...APPS[app as keyof typeof APPS]], { minLength: 1 }) }),
  );
const listed = fc.record(
  { app: fc.constantFrom(...Object.keys(APPS)), expires: fc.constantFrom('2026-11-19', '2026-11-20', '2026-12-31') },
  { requiredKeys: ['app'] },
);
const generated = fc.record({
  reviews: fc.array(fc.option(review, { nil: null, freq: 4 }), { minLength: 3, maxLength: 3 }),
  release,
  trafficking: fc.uniqueArray(row, { selector: ({ app }) => app }),
  whitelist: fc.uniqueArray(listed, { selector: ({ app }) => app }),
  isPanel: fc.boolean(),
  platform: fc.record({
    /** Who has left, and may do nothing more. */
    left: fc.constantFrom<readonly string[]>([], [], ['bob'], ['rita'], ['alice']),
    keepsDigests: fc.boolean(),
    hasCategories: fc.boolean(),
    /** Whether what reviewers and admins do needs somebody else besides. */
    needsTwo: fc.boolean(),
    /** How it stands with the bytes of each version, where the platform judges by bytes. */
    packages: fc.option(
      fc
        .record({
          required: fc.boolean(),
          bytes: fc.array(fc.constantFrom('stored', 'stored', 'missing', 'differs', 'unrecorded'), {
            minLength: 3,
            maxLength: 3,
          }),
          /** Whether the portal is built with the store's answer. */
          isAsked: fc.boolean(),
        })
        // That a store has other bytes than were recorded is an accident of which only those know who asked it.
        .map((one) => ({ ...one, bytes: one.bytes.map((is) => (is === 'differs' && !one.isAsked ? 'missing' : is)) })),
      { nil: undefined },
    ),
  }),
});

type Generated = (typeof generated extends fc.Arbitrary<infer T> ? T : never) & { isArchived?: true };

function workspaceOf({
  reviews,
  release: own,
  trafficking,
  whitelist,
  isPanel,
  isArchived,
  platform,
}: Generated): Workspace {
  const { keepsDigests, hasCategories, needsTwo, packages } = platform;
  const { left } = platform;
  const made = BASE.miniapps.get(ID)!;
  const versions = NUMBERS.flatMap((version, at): [string, Version][] => {
    const given = reviews[at];
    if (given === null) return [];
    const about = { version, description: version, uploadedBy: 'alice', uploadedAt: `2026-11-0${at + 1}T08:00:00Z` };
    const recorded = packages?.bytes[at] === 'unrecorded' ? {} : { package: PROOF };
    return [[version, { ...about, ...recorded, ...(given ? { review: given } : {}) }]];
  });
  const basics = {
    ...made.basics,
    type: isPanel ? 'panel' : 'smart',
    ...(isArchived ? { archived: true } : {}),
    ...(hasCategories ? { category: 'lighting' } : {}),
  } as const;
  const second: Pick<Right, 'approvals'> = { approvals: { count: 1, by: ['reviewer', 'owner'] } };
  const around: Workspace = {
    ...BASE,
    platform: {
      ...BASE.platform,
      ...(keepsDigests ? { accounts: 'digest', accountsKey: '5f0c2a9b' } : {}),
      ...(hasCategories ? { categories: { lighting: { en: 'Lighting' } } } : {}),
      ...(packages ? { packages: { required: packages.required } } : {}),
    } as Workspace['platform'],
    policy: needsTwo
      ? { transitions: { approve: { by: ['reviewer'], ...second }, publish: { by: ['admin', 'operator'], ...second } } }
      : BASE.policy,
    people: new Map(
      [...BASE.people, ['omar', OMAR] as const].map(([login, person]) => [
        login,
        left.includes(login) ? { ...person, left: '2026-11-01', platformRoles: undefined } : person,
      ]),
    ) as Workspace['people'],
  };
  return withMiniapp(around, {
    ...made,
    basics,
    release: own as Release,
    versions: new Map(versions),
    trafficking,
    whitelist: whitelist.map((one) => ({ ...one, account: keepsDigests ? DIGEST : LISTED })),
  } as Miniapp);
}

function withMiniapp(around: Workspace, miniapp: Miniapp): Workspace {
  const app = (id: keyof typeof APPS) => ({ id, name: { en: id }, regions: [...APPS[id]], scheme: id });
  const own = [...miniapp.versions.keys()].map((one) => pathOf.version(ID, one));
  return {
    ...around,
    platform: { ...around.platform, regions: { EU: 'EU', AZ: 'AZ', IN: 'IN' } },
    apps: new Map<string, object>([
      ['home', { ...app('home'), default: true }],
      ['other', app('other')],
    ]) as Workspace['apps'],
    files: new Set([...around.files, pathOf.person('omar'), pathOf.app('other'), ...own]),
    miniapps: new Map([[ID, miniapp]]),
  };
}

const isValid = (workspace: Workspace) => !checkRules(workspace, NOW).some(({ code }) => severityOf(code) === 'error');

const UNESCAPED = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' } as const;

type Packages = NonNullable<Generated['platform']['packages']>;

/** How it stands with bytes, by the platforms that judge by them. */
const packagesIn = new Map<Workspace, Packages>();
/** What the portal is told of it. */
const lacksIn = new Map<Workspace, ReadonlyMap<string, BytesLack | undefined>>();

/** A platform of what was generated, where it breaks no rule. */
async function keep(given: Generated): Promise<Workspace | undefined> {
  const workspace = workspaceOf(given);
  if (!isValid(workspace)) return undefined;
  const { packages } = given.platform;
  if (packages) {
    packagesIn.set(workspace, packages);
    const scope = { isKnown: packages.isAsked, isRequired: packages.required, isOlder: () => false };
    const stores = packages.isAsked ? { here: storeOf(packages) } : { here: storeOf({ ...packages, bytes: [] }) };
    const { packages: found } = await statusesOf(versionsOf(workspace.miniapps.values()), stores, { isProven: false });
    lacksIn.set(workspace, new Map(found.map((one) => [one.version, lackOf(one, scope)])));
  }
  return workspace;
}

/** The workspace as the portal shows it. */
const shownOf = (workspace: Workspace) =>
  publish(workspace, undefined, (_id, version) => lacksIn.get(workspace)?.get(version));

/** A store in memory, which has what was recorded, or something else. */
function storeOf({ bytes }: Packages): PackageStore {
  const state = ({ version }: VersionId) => bytes[NUMBERS.indexOf(version)];
  const heldOf = (id: VersionId): HeldPackage => ({ id, ref: id.version, object: id.version });
  const proveHere = (held: readonly HeldPackage[]) =>
    new Map(
      held.map(({ id }) => [keyOf(id), state(id) === 'stored' ? PROOF : { ...PROOF, sha256: 'b'.repeat(64) }] as const),
    );
  return {
    ...({ kind: 'git', where: 'the store' } as const),
    find: (wanted) =>
      Promise.resolve(
        new Map(
          wanted.filter((id) => /stored|differs/.test(state(id) ?? '')).map((id) => [keyOf(id), heldOf(id)] as const),
        ),
      ),
    prove: (held) => Promise.resolve(proveHere(held)),
    proveHere,
    open: () => Promise.resolve({ isAbsent: true }),
    release: () => {},
    close: () => {},
  };
}

/** The codes for which the bytes of the versions stop a change. */
async function refusedForBytes(base: Workspace, { decision, merged }: ReturnType<typeof decided>): Promise<string[]> {
  const packages = packagesIn.get(base);
  if (!packages) return [];
  const derived = nothingDerived();
  for (const version of NUMBERS) {
    const id = { miniapp: ID, version };
    derived.facts.set(derivedKey({ id, ref: version, object: version }), { pages: [], origins: [], apis: [] } as never);
  }
  const { problems } = await evaluatePackages({
    ...{ transitions: decision.transitions, base, merged, derived },
    ...{ head: [], store: [storeOf(packages)], isOlder: () => false },
  });
  return problems.flatMap(({ code, severity }) => (severity === 'warning' ? [] : [code]));
}

/** The page of the miniapp, and every command on it. */
async function pageOf(workspace: Workspace): Promise<{ page: string; commands: readonly string[] }> {
  const shown = shownOf(workspace);
  const miniapp = shown.miniapps.get(ID)!;
  const answers = answersByApp(shown, ID, NOW);
  const page = await renderedSections({ language: 'en', facts: miniappFacts(shown, miniapp, answers, { now: NOW }) });
  const found = page.split(/(?=<details class="?earlier"?>)/).flatMap((part) => {
    const rows = [...part.matchAll(/<tr id="version-([^"]+)"/g)].map(([, version]) => version!);
    const printed = part.matchAll(/(?: \(([\d., ]+)\)<\/span> )?<code class="?command"?>(npx miniapp [^<]*)<\/code>/g);
    return [...printed].flatMap(([, only, text]) => {
      const command = text!.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (one) => UNESCAPED[one as keyof typeof UNESCAPED]);
      if (!command.includes(' VERSION')) return [command];
      // What is said once for several rows is claimed of each.
      return (only?.split(', ') ?? rows).map((version) => command.replace('VERSION', version));
    });
  });
  return { page, commands: [...new Set(found)] };
}

/** What the command makes of the miniapp when this person gives it; undefined for one that only asks, or that needs a project. */
function afterCommand(miniapp: Miniapp, command: string, by = 'rita'): Miniapp | undefined {
  const [verb, ...rest] = command.split(' ').slice(2);
  const { release: own, versions } = miniapp;
  const { online, experience, previous = [], rollout, ...others } = own;
  const kept = { ...others, ...(experience ? { experience } : {}), ...(rollout ? { rollout } : {}) };
  const released = (given: object) => ({ ...miniapp, release: given as Release });
  const reviewed = (version: string, given: Version['review']) => {
    const { review: _former, ...uploaded } = versions.get(version)!;
    return {
      ...miniapp,
      versions: new Map(versions).set(version, { ...uploaded, ...(given ? { review: given } : {}) }),
    };
  };
  const without = (list: readonly string[], version: string) => list.filter((one) => one !== version);
  const option = (name: string) => rest[rest.indexOf(`--${name}`) + 1]!;
  switch (
    verb === 'experience' || verb === 'rollout' || verb === 'trafficking' || verb === 'whitelist'
      ? `${verb} ${rest.shift()}`
      : verb
  ) {
    case 'submit':
      return reviewed(rest[1]!, { status: 'pending', submittedBy: by });
    case 'withdraw':
      return reviewed(rest[1]!, undefined);
    case 'approve':
      return reviewed(rest[1]!, { ...versions.get(rest[1]!)!.review!, status: 'approved', reviewedBy: by });
    case 'reject':
    case 'revoke': {
      const given = {
        ...versions.get(rest[1]!)!.review!,
        status: 'rejected',
        reviewedBy: by,
        reason: 'No',
      } as const;
      const isOnline = online?.version === rest[1];
      const after = reviewed(rest[1]!, given);
      const { rollout: _ended, ...still } = kept;
      const isEnding = isOnline || rollout?.version === rest[1];
      const left = without(previous, rest[1]!);
      const rested = { ...(isEnding ? still : kept), ...(online && !isOnline ? { online } : {}) };
      return { ...after, release: { ...rested, ...(own.previous ? { previous: left } : {}) } as Release };
    }
    case 'rollout finish':
      return afterCommand(miniapp, `npx miniapp publish ${ID} ${rollout!.version}`);
    case 'publish':
    case 'rollback': {
      const { rollout: _ended, ...still } = kept;
      const former = without(previous, rest[1]!);
      const isTried = still.experience?.version === rest[1];
      const { experience: _tried, ...untried } = still;
      const line = online ? [online.version, ...former] : former;
      return released({ ...(isTried ? untried : still), online: { version: rest[1]!, enabled: true }, previous: line });
    }
    case 'enable':
    case 'disable':
      return released({ ...own, online: { ...online!, enabled: verb === 'enable' } });
    case 'experience set':
      return released({ ...own, experience: { version: rest[1]! } });
    case 'experience clear': {
      const { experience: _cleared, ...left } = own;
      return released(left);
    }
    case 'rollout start':
      return released({ ...own, rollout: { version: rest[1]!, percent: 50 } });
    case 'rollout widen':
      return released({ ...own, rollout: { version: rollout!.version, percent: 99 } });
    case 'rollout stop': {
      const { rollout: _stopped, ...left } = own;
      return released(left);
    }
    case 'delete': {
      const left = new Map(versions);
      left.delete(rest[1]!);
      return { ...miniapp, versions: left };
    }
    case 'trafficking add': {
      // What is to be filled in stands for an app and a region that are answered so; a cell's own dialog names them.
      if (option('app') === 'APP') return undefined;
      const app = option('app');
      const now = miniapp.trafficking.find((one) => one.app === app)?.regions ?? [];
      const regions = [...new Set([...now, ...option('region').split(',')])];
      return { ...miniapp, trafficking: [...miniapp.trafficking.filter((one) => one.app !== app), { app, regions }] };
    }
    case 'whitelist add':
      return undefined;
    case 'edit': {
      expect(rest.slice(1)).toEqual(['--unarchive']);
      const { archived: _given, ...basics } = miniapp.basics;
      return { ...miniapp, basics };
    }
    case 'package': {
      const [word, id, version = '', folder] = rest;
      if (word === 'list') return undefined;
      expect([word, id, folder]).toEqual(['push', ID, 'DIR']);
      // What was recorded says which bytes are brought.
      expect(versions.get(version)!.package).toEqual(PROOF);
      return undefined;
    }
    case 'upload':
    case 'resolve':
    case 'qr':
    case 'list':
    case 'history':
    case 'report':
      return undefined;
    default:
      throw new Error(`no rule here for: ${command}`);
  }
}

/** In place of a code: nothing is wrong with it, and too few are there to approve it. */
const UNFINISHED = 'too few approvals';
const NOBODY = /Nobody (?:may do|can finish) this now/;

/** The codes that stop a command, whoever of these gives it; none when somebody may, and nothing where it changes nothing. */
async function refusal(
  base: Workspace,
  command: string,
  actors: readonly string[] = PEOPLE,
): Promise<readonly string[] | undefined> {
  let codes: readonly string[] = [];
  for (const actor of actors) {
    const miniapp = afterCommand(base.miniapps.get(ID)!, command, actor);
    if (!miniapp) return undefined;
    const change = decided(base, miniapp, actor);
    const { ok, problems } = change.decision;
    codes = ok ? await refusedForBytes(base, change) : problems.map(({ code }) => code);
    if (ok && codes.length === 0) return [];
  }
  return codes.length > 0 ? codes : [UNFINISHED];
}

/** The decision on what becomes of the miniapp, with the approval of everybody else. */
function decided(base: Workspace, miniapp: Miniapp, actor: string): { decision: Decision; merged: Workspace } {
  const before = base.miniapps.get(ID)!;
  const merged = withMiniapp(base, miniapp);
  const numbers = new Set([...before.versions.keys(), ...miniapp.versions.keys()]);
  const paths = [
    ...(before.basics === miniapp.basics ? [] : [pathOf.file(ID, 'miniapp')]),
    ...(JSON.stringify(before.release) === JSON.stringify(miniapp.release) ? [] : [pathOf.file(ID, 'release')]),
    ...(before.trafficking === miniapp.trafficking ? [] : [pathOf.file(ID, 'trafficking')]),
    ...[...numbers].flatMap((one) =>
      before.versions.get(one) === miniapp.versions.get(one) ? [] : [pathOf.version(ID, one)],
    ),
  ];
  const differences = paths.map((path) => ({
    path,
    isInBase: base.files.has(path),
    isInMerged: merged.files.has(path),
  }));
  const history = { versionsEver: () => NUMBERS, wasEver: () => true, submittedAt: () => NOW };
  const reviews = PEOPLE.filter((login) => login !== actor).map((login) => ({ login, state: 'approved' as const }));
  const pullRequest = { author: actor, otherFiles: [] };
  const decision = decide({ base, merged, differences, fileProblems: [], pullRequest, reviews, history, now: NOW });
  return { decision, merged };
}

/** Each cell of a line, as "who app region entry: before → after". */
function cellsOf({ who, before, after, where }: ReturnType<typeof changeLines>[number]): string[] {
  const [audience, entry] = who.split(' · ');
  return [...where.matchAll(/(\w+) \(([^)]*)\)/g)].flatMap(([, app, regions]) => {
    const all = APPS[app as keyof typeof APPS];
    const named = regions!.startsWith('All ') ? all : regions!.split(', ');
    const entries = entry === undefined ? Object.values(words.en.entries) : [entry];
    return named.flatMap((region) =>
      entries.map((one) => `${audience!} ${app!} ${region} ${one}: ${before} → ${after}`),
    );
  });
}

/** Who is answered otherwise in the second state, asked one by one: everyone, the account on the whitelist, who is in the rollout of the first. */
function changesBetween(before: Workspace, after: Workspace): [who: string, change: string][] {
  const { whitelist, release: own, trafficking, basics } = before.miniapps.get(ID)!;
  const answer = (workspace: Workspace, query: Parameters<typeof resolve>[1]): string => {
    const asked = resolve(workspace, query);
    return asked.outcome === 'opens' ? asked.version : messages.en.outcomes[asked.code].title;
  };
  const { audiences, entries } = words.en;
  return Object.entries(APPS).flatMap(([app, regions]) => {
    const isListed = whitelist.some((one) => one.app === app && (one.expires ?? '2026-11-20') >= '2026-11-20');
    return regions.flatMap((region) => {
      const isDelivered =
        basics.type === 'panel' || trafficking.some((one) => one.app === app && one.regions.includes(region));
      const isRolledOut =
        isDelivered &&
        own.rollout !== undefined &&
        (own.rollout.regions?.includes(region) ?? true) &&
        (own.rollout.apps?.includes(app) ?? true);
      const people = {
        [audiences.everyone]: {},
        ...(isListed ? { [audiences.whitelisted]: accountIn(before) } : {}),
        ...(isRolledOut ? { [audiences.rollout]: { inRollout: true } } : {}),
      };
      return Object.entries(people).flatMap(([who, given]) =>
        ENTRIES.flatMap((entry): [string, string][] => {
          const query = { miniapp: ID, app, region, entry, inRollout: false, device: 'vdevo1', now: NOW, ...given };
          const [was, is] = [answer(before, query), answer(after, query)];
          return was === is ? [] : [[who, `${app} ${region} ${entries[entry]}: ${was} → ${is}`]];
        }),
      );
    });
  });
}

/** Whether what a command is about might be kept, as far as the portal was told. */
const isUnasked = (workspace: Workspace, command: string): boolean =>
  [...lacksIn.get(workspace)!].some(([version, lack]) => lack === 'unasked' && isAbout(workspace, command, version));

const isAbout = (workspace: Workspace, command: string, version: string): boolean =>
  command.endsWith('rollout finish ' + ID)
    ? workspace.miniapps.get(ID)!.release.rollout?.version === version
    : command.split(' ').includes(version);

const workspaces: Workspace[] = [];
beforeAll(async () => {
  for (const one of fc.sample(generated, { numRuns: 16_000, seed: 17 })) {
    const workspace = await keep(one);
    if (workspace) workspaces.push(workspace);
    if (workspaces.length === 250) break;
    // Archived is what has nothing online, tried or rolled out.
    const archived = await keep({ ...one, release: {}, isArchived: true });
    if (workspaces.length % 10 === 0 && archived) workspaces.push(archived);
    const begun = await keep({ ...one, reviews: [null, null, null], release: {} });
    if (workspaces.length % 50 === 0 && begun) workspaces.push(begun);
  }
});

test('enough platforms are looked at, of every kind', () => {
  expect(workspaces.length).toBeGreaterThan(150);
  const all = workspaces.map(({ miniapps }) => miniapps.get(ID)!);
  expect(all.some(({ release: { online } }) => online?.enabled === false)).toBe(true);
  expect(all.some(({ release: { rollout } }) => rollout !== undefined)).toBe(true);
  expect(all.some(({ release: { rollout } }) => (rollout?.regions?.length ?? 0) > 1)).toBe(true);
  expect(all.some(({ basics }) => basics.type === 'panel')).toBe(true);
  expect(all.some(({ basics }) => basics.category !== undefined)).toBe(true);
  expect(workspaces.some(({ platform }) => platform.accounts === 'digest')).toBe(true);
  expect(workspaces.some(({ policy }) => policy.transitions.approve?.approvals !== undefined)).toBe(true);
  for (const login of ['bob', 'rita'])
    expect(workspaces.some(({ people }) => people.get(login)!.left !== undefined)).toBe(true);
  const lacks = new Set(workspaces.flatMap((one) => [...(lacksIn.get(one)?.values() ?? [])]));
  expect([...lacks].sort()).toEqual(['differs', 'missing', 'unasked', 'unrecorded', undefined]);
  const archived = all.filter(({ basics }) => basics.archived === true);
  expect(archived.some(({ versions }) => [...versions.values()].some((one) => one.review?.status === 'approved'))).toBe(
    true,
  );
});

describe('every page', () => {
  test('prints no command that would be refused', async () => {
    const refused = new Map<string, string>();
    let judged = 0;
    let [unasked, unfinished] = [0, 0];
    for (const workspace of workspaces) {
      const { page, commands } = await pageOf(workspace);
      for (const command of commands) {
        const codes = await refusal(workspace, command);
        if (!codes) continue;
        judged += 1;
        if (codes[0] === 'package-missing' && isUnasked(workspace, command)) {
          // Nobody knew it, and the page says so.
          expect(page).toContain(words.en.versions.lack.unasked);
          unasked += 1;
          continue;
        }
        // What nobody can finish says so, and who is missing.
        if (codes[0] === UNFINISHED && NOBODY.test(page)) {
          unfinished += 1;
          continue;
        }
        if (codes.length > 0)
          refused.set(`${command}: ${codes.join(' ')}`, JSON.stringify(workspace.miniapps.get(ID)!.release));
      }
    }
    expect(judged).toBeGreaterThan(500);
    expect(unasked).toBeGreaterThan(10);
    expect(unfinished).toBeGreaterThan(5);
    expect([...refused]).toEqual([]);
  });

  test('says that a step waits for nobody who may not take it', async () => {
    const wrong = new Set<string>();
    let tasks = 0;
    for (const workspace of workspaces) {
      for (const [login, own] of tasksByLogin(shownOf(workspace), NOW)) {
        expect(workspace.people.get(login)!.left).toBeUndefined();
        for (const { command } of own) {
          const codes = await refusal(workspace, command, [login]);
          if (!codes) continue;
          tasks += 1;
          if (codes[0] === 'package-missing' && isUnasked(workspace, command)) continue;
          if (codes.length > 0) wrong.add(`${login}: ${command}: ${codes.join(' ')}`);
        }
      }
    }
    expect(tasks).toBeGreaterThan(100);
    expect([...wrong]).toEqual([]);
  });

  test('names the step towards users that resolve names, where nothing is online', () => {
    const kinds = new Set<string>();
    for (const workspace of workspaces) {
      const shown = shownOf(workspace);
      const miniapp = shown.miniapps.get(ID)!;
      if (miniapp.release.online !== undefined) continue;
      const query = { miniapp: ID, app: 'home', region: 'EU', entry: 'link', now: NOW } as const;
      const [cure] = fixesFor('no-online-version', shown, query);
      const { next, isArchived } = journeyOf(shown, miniapp, NOW);
      kinds.add(cure!.code);
      expect(next?.command).toBe(isArchived ? undefined : cure!.command);
    }
    expect([...kinds].sort()).toEqual([
      'approve',
      'publish',
      'push-package',
      'rollback',
      'submit',
      'unarchive',
      'upload',
      'upload-corrected',
      'upload-recorded',
    ]);
  });

  test('answers each cell as resolve does, for an account that is asked', () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const workspace of workspaces) {
      for (const { app, hasWhitelisted, rows } of answersByApp(publish(workspace), ID, NOW)) {
        for (const { region, answers } of rows) {
          for (const { entry, audience, ...said } of answers) {
            cells += 1;
            const listedAs = audience === 'whitelisted' ? accountIn(workspace) : {};
            const who = { ...listedAs, inRollout: audience === 'rollout', device: 'vdevo1' };
            const asked = resolve(workspace, { miniapp: ID, app, region, entry, ...who, now: NOW });
            const [own, its] = [said, asked].map((one) => (one.outcome === 'opens' ? one.version : one.code));
            if (own !== its) wrong.push(`${app} ${region} ${audience} ${entry}: ${own}, but ${its}`);
          }
        }
        const isListed = workspace.miniapps
          .get(ID)!
          .whitelist.some((one) => one.app === app && (one.expires === undefined || one.expires >= '2026-11-20'));
        expect(hasWhitelisted).toBe(isListed);
      }
    }
    expect(cells).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  test('says of a version that may go online whose answers change, as resolve answers once it is published', () => {
    const wrong = new Set<string>();
    const told = { cards: 0, lines: 0 };
    for (const workspace of workspaces) {
      const shown = publish(workspace);
      const own = shown.miniapps.get(ID)!;
      const cards = stageLists(shown, own, NOW).flatMap((list) => list.cards);
      for (const { number: version, consequences } of cards) {
        if (!consequences) continue;
        told.cards += 1;
        const after = withMiniapp(
          workspace,
          afterCommand(workspace.miniapps.get(ID)!, `npx miniapp publish ${ID} ${version}`)!,
        );
        const lines = changeLines('en', shown, consequences);
        told.lines += lines.length;
        const said = new Set(lines.flatMap(cellsOf));
        const isSaid = (who: string, change: string) => said.has(`${who} ${change}`) || said.has(`Everyone ${change}`);
        const found = changesBetween(workspace, after);
        for (const [who, change] of found)
          if (!isSaid(who, change)) wrong.add(`${version}: not said: ${who} ${change}`);
        const found_ = new Set(found.map((one) => one.join(' ')));
        for (const one of said) if (!found_.has(one)) wrong.add(`${version}: said: ${one}`);
      }
    }
    expect([...wrong].slice(0, 5)).toEqual([]);
    expect(told.cards).toBeGreaterThan(80);
    expect(told.lines).toBeGreaterThan(80);
  });

  test('answers in its scripts as resolve does, with the same edits that cure it', () => {
    const wrong = new Set<string>();
    const cures = new Set<string>();
    for (const workspace of workspaces) {
      const shown = shownOf(workspace);
      const { versions } = shown.miniapps.get(ID)!;
      const page = { ...platformData(shown, NOW, 'en'), miniapp: miniappData(shown.miniapps.get(ID)!, NOW, false) };
      const parsed = pageWorkspace(JSON.parse(jsonForHtml(page)));
      const raw = {
        ...workspace,
        miniapps: new Map([[ID, { ...workspace.miniapps.get(ID)!, versions, whitelist: [] }]]),
      };
      for (const [app, regions] of Object.entries(APPS)) {
        for (const entry of ['link', 'experience'] as const) {
          for (const whitelisted of [false, true]) {
            const query = { miniapp: ID, app, region: regions[0], entry, whitelisted, device: 'vdevo1', now: NOW };
            const [own, its] = [parsed, raw].map((one) => spelledOut(resolve(one, query)));
            if (its?.outcome === 'error') for (const { code } of its.fix) cures.add(code);
            if (!isDeepStrictEqual(own, its)) wrong.add(JSON.stringify([own, its]));
          }
        }
      }
    }
    expect([...cures]).toEqual(
      expect.arrayContaining(['publish', 'rollback', 'approve', 'submit', 'upload-corrected', 'set-experience']),
    );
    expect([...wrong].slice(0, 3)).toEqual([]);
  });
});
