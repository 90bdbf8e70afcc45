/** Platforms that are generated for tests of what a portal says of them: one miniapp in every state that no rule refuses, with its bytes. */
import fc from 'fast-check';
import type { BytesLack } from '../../scripts/core/by-bytes.ts';
import {
  ENTRIES,
  type Miniapp,
  type Release,
  type Scenario,
  type Version,
  type Workspace,
} from '../../scripts/core/model.ts';
import { pathOf } from '../../scripts/core/paths.ts';
import type { Right } from '../../scripts/core/policy/policy.ts';
import { severityOf } from '../../scripts/core/problems/messages.ts';
import { answerTo, expectationOf } from '../../scripts/core/resolution/scenarios.ts';
import { checkRules } from '../../scripts/core/rules/index.ts';
import {
  CREATED,
  MINIAPP as ID,
  ModelDecider,
  NOW,
  PEOPLE as MODELLED,
} from '../../scripts/fixtures/state-space/states.ts';
import { lackOf, statusesOf, versionsOf } from '../../scripts/packages/status.ts';
import type { HeldPackage, PackageStore } from '../../scripts/packages/store.ts';
import { keyOf, type VersionId } from '../../scripts/packages/version-id.ts';

/** The versions that a miniapp may have. */
export const NUMBERS = ['1.0.0', '1.1.0', '1.2.0'];
/** The host apps, with their regions. */
export const APPS = { home: ['EU', 'AZ'], other: ['EU', 'IN'] } as const;
const LISTED = 'qa.lead@example.com';
/** What stands for it in the files of a platform that keeps digests. */
const DIGEST = `hmac:5f0c2a9b:${'7'.repeat(32)}`;
const REGIONS = ['EU', 'AZ', 'IN'];

/** The account that is listed, as a question names it. */
export const accountIn = ({ platform }: Workspace) => ({
  account: LISTED,
  ...(platform.accounts === 'digest' ? { accountDigest: DIGEST } : {}),
});
/** What each version's file records. */
export const PROOF = { sha256: 'a'.repeat(64), bytes: 1, files: 1 };
const BASE = new ModelDecider({ internal: [], isLate: true }).workspace(CREATED);
/** Everybody; one reviewer more than is modelled, so that a review can need two people whoever uploaded it. */
export const PEOPLE = [...MODELLED, 'omar'];
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
  /** What somebody was promised: the answer to this stays as it is. */
  promise: fc.option(
    fc.record({ entry: fc.constantFrom(...ENTRIES), isListed: fc.boolean(), region: fc.constantFrom(...APPS.home) }),
    { nil: undefined },
  ),
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
  promise,
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
  const account = keepsDigests ? DIGEST : LISTED;
  const whole = withMiniapp(around, {
    ...made,
    basics,
    release: own as Release,
    versions: new Map(versions),
    trafficking,
    whitelist: whitelist.map((one) => ({ ...one, account })),
  } as Miniapp);
  return promise ? withPromise(whole, { ...promise, account }) : whole;
}

/** The platform with a promise of what somebody gets who asks this now. */
function withPromise(
  workspace: Workspace,
  { entry, isListed, region, account }: NonNullable<Generated['promise']> & { readonly account: string },
): Workspace {
  const asked = { app: 'home', region, entry, device: 'vdevo1', ...(isListed ? { account } : {}) };
  const asks: Scenario = { name: 'It stays so', ...asked, expect: {} };
  const scenarios = [{ ...asks, expect: expectationOf(answerTo(workspace, ID, asks, NOW)) }];
  const files = new Set([...workspace.files, pathOf.file(ID, 'scenarios')]);
  return { ...withMiniapp(workspace, { ...workspace.miniapps.get(ID)!, scenarios }), files };
}

/** The platform with this in the place of its miniapp, and with the apps and files that go with it. */
export function withMiniapp(around: Workspace, miniapp: Miniapp): Workspace {
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

type Packages = NonNullable<Generated['platform']['packages']>;

/** How it stands with bytes, by the platforms that judge by them. */
export const packagesIn = new Map<Workspace, Packages>();
/** What the portal is told of it. */
export const lacksIn = new Map<Workspace, ReadonlyMap<string, BytesLack | undefined>>();

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

/** A store in memory, which has what was recorded, or something else. */
export function storeOf({ bytes }: Packages): PackageStore {
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

/** The same platforms each time: some hundreds, a few of them archived or without a version. */
export async function generatedPlatforms(): Promise<readonly Workspace[]> {
  const workspaces: Workspace[] = [];
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
  return workspaces;
}
