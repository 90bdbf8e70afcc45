/** The table of transitions, row by row: what may be done by whom, and what is refused with which reason. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureFiles, NOW, SMART, PANEL } from '../fixtures/workspace.ts';
import { load } from '../read/load.ts';
import { memorySource } from '../read/source.ts';
import { severityOf } from './catalogue.ts';
import { decide, type Verdict } from './decide.ts';
import { groupEffects } from './effects.ts';
import { noHistory, type History } from './history.ts';

const S = `miniapps/${SMART}`;
const P = `miniapps/${PANEL}`;
type Edits = Readonly<Record<string, string | null | ((text: string) => string)>>;

interface Given {
  /** Who acts; alice is admin of both miniapps, bob developer, rita reviewer, olga owner. */
  by: string;
  approvedBy?: string[];
  changesRequestedBy?: string[];
  /** What the base has other than the fixture. */
  base?: Edits;
  history?: Partial<History>;
  otherFiles?: string[];
  now?: number;
}

function apply(files: Record<string, string>, edits: Edits): Record<string, string> {
  const next = { ...files };
  for (const [path, edit] of Object.entries(edits)) {
    const content = typeof edit === 'function' ? edit(next[path] ?? '') : edit;
    if (typeof edit === 'function' && content === next[path]) throw new Error(`${path}: the edit changes nothing`);
    if (content === null) delete next[path];
    else next[path] = content;
  }
  return next;
}

function judge(
  edits: Edits,
  { by, approvedBy = [], changesRequestedBy = [], base = {}, history = {}, otherFiles = [], now = NOW }: Given,
): Verdict {
  const before = apply(fixtureFiles(), base);
  const after = apply(before, edits);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => before[path] !== after[path],
  );
  const loaded = load(memorySource(after));
  return decide({
    base: load(memorySource(before)).workspace,
    merged: loaded.workspace,
    differences: paths.map((path) => ({ path, isInBase: path in before, isInMerged: path in after })),
    fileProblems: loaded.problems,
    pullRequest: { author: by, otherFiles },
    reviews: [
      ...approvedBy.map((login) => ({ login, state: 'approved' as const })),
      ...changesRequestedBy.map((login) => ({ login, state: 'changes-requested' as const })),
    ],
    history: { ...noHistory, ...history },
    now,
  });
}

/** What was decided: the transitions, then the errors, or how many approvals are missing. */
function said(verdict: Verdict): string {
  const errors = [
    ...new Set(verdict.problems.filter(({ code }) => severityOf(code) === 'error').map(({ code }) => code)),
  ];
  const kinds = verdict.transitions
    .map(({ kind, version }) => (version === undefined ? kind : `${kind} ${version}`))
    .join(', ');
  const missing = verdict.approvals.missing > 0 ? [`${verdict.approvals.missing} missing`] : [];
  const reasons = [...errors, ...missing].join(', ');
  expect(verdict.ok).toBe(reasons === '');
  return reasons === '' ? kinds : `${kinds || 'nothing'} ✗ ${reasons}`;
}

const replace = (from: string, to: string) => (text: string) => text.replace(from, to);
const append = (line: string) => (text: string) => `${text}${line}\n`;
const version = (number: string) => `${S}/versions/${number}.yaml`;
const newVersion = (number: string, uploadedBy: string, rest = '') =>
  `version: ${number}\ndescription: New\nuploadedBy: ${uploadedBy}\nuploadedAt: 2026-11-01T08:00:00Z\npackage: { sha256: ${'a'.repeat(64)}, bytes: 1, files: 1 }\n${rest}`;
const noScenarios = { [`${S}/scenarios.yaml`]: 'scenarios: []\n' };
const approved12 = {
  [version('1.2.0')]: replace('pending, submittedBy: bob', 'approved, submittedBy: bob, reviewedBy: rita'),
  ...noScenarios,
};
const rejected12 = {
  [version('1.2.0')]: replace('pending, submittedBy: bob', 'rejected, submittedBy: bob, reviewedBy: rita, reason: No'),
};
const withdraw = { [version('1.2.0')]: replace('review: { status: pending, submittedBy: bob }\n', '') };
const publish12 = { [`${S}/release.yaml`]: 'online: { version: 1.2.0, enabled: true }\nprevious: [1.1.0, 1.0.0]\n' };
const rollback = {
  [`${S}/release.yaml`]:
    'online: { version: 1.0.0, enabled: true }\nexperience: { version: 1.2.0 }\nprevious: [1.1.0]\n',
};
const disable = { [`${S}/release.yaml`]: replace('enabled: true', 'enabled: false') };
const disabled = disable;
const id = 'tynewone00000001';
const create = (login: string): Edits => ({
  [`miniapps/${id}/miniapp.yaml`]: `id: ${id}\ntype: smart\nname: { en: New }\navatar: avatar.svg\n`,
  [`miniapps/${id}/avatar.svg`]: fixtureFiles()[`${S}/avatar.svg`]!,
  [`miniapps/${id}/members.yaml`]: `members:\n  - { login: ${login}, role: admin }\n`,
});
const internal = { 'people/alice.yaml': append('internal: true'), 'people/bob.yaml': append('internal: true') };
const secondOwner = { 'people/olivia.yaml': 'login: olivia\ngithubId: 105\nname: Olivia\nplatformRoles: [owner]\n' };
const withOperator = {
  [`${S}/members.yaml`]: append('  - { login: opal, role: operator }'),
  'people/opal.yaml': 'login: opal\ngithubId: 106\nname: Opal\n',
};
const widen = { [`${S}/domains.yaml`]: replace('cloud: [', 'cloud: [m.new.api, ') };
const approve = (login: string) => ({
  [version('1.2.0')]: replace('pending, submittedBy: bob', `approved, submittedBy: bob, reviewedBy: ${login}`),
});
const reject = (login: string) => ({
  [version('1.2.0')]: replace(
    'pending, submittedBy: bob',
    `rejected, submittedBy: bob, reviewedBy: ${login}, reason: Too slow`,
  ),
});

type Row = [what: string, edits: Edits, given: Given, expected: string];

const rows: Record<string, Row[]> = {
  'create and basics': [
    ['somebody creates a miniapp and is its admin', create('bob'), { by: 'bob' }, 'create'],
    [
      '… with a first upload',
      { ...create('bob'), [`miniapps/${id}/versions/1.0.0.yaml`]: newVersion('1.0.0', 'bob') },
      { by: 'bob' },
      'create, upload 1.0.0',
    ],
    ['… and is no admin of it', create('alice'), { by: 'bob' }, 'create ✗ create-without-admin'],
    [
      '… under an id of the past',
      create('bob'),
      { by: 'bob', history: { wasEver: () => true } },
      'create ✗ miniapp-id-used',
    ],
    ['… and is nobody', create('bob'), { by: 'mallory' }, 'create ✗ create-without-admin, actor-unknown'],
    [
      '… delivered to an app whose manager must agree',
      { ...create('bob'), [`miniapps/${id}/trafficking.yaml`]: 'trafficking: [{ app: oem-home, regions: [EU] }]\n' },
      { by: 'bob' },
      'create',
    ],
    [
      'a developer renames it',
      { [`${S}/miniapp.yaml`]: replace('Alarm clock', 'Alarm') },
      { by: 'bob' },
      'edit-basics',
    ],
    [
      'a comment needs the same right',
      { [`${S}/miniapp.yaml`]: append('# comment') },
      { by: 'rita' },
      'edit-basics ✗ actor-not-allowed',
    ],
    [
      'the type never changes',
      { [`${P}/miniapp.yaml`]: replace('type: panel', 'type: smart') },
      { by: 'alice' },
      'nothing ✗ type-changed',
    ],
    [
      'a miniapp is never deleted',
      Object.fromEntries(
        Object.keys(fixtureFiles())
          .filter((path) => path.startsWith(P))
          .map((path) => [path, null]),
      ),
      { by: 'olga' },
      'nothing ✗ miniapp-removed',
    ],
  ],
  'upload and delete': [
    ['a developer uploads', { [version('1.4.0')]: newVersion('1.4.0', 'bob') }, { by: 'bob' }, 'upload 1.4.0'],
    [
      'in the name of another',
      { [version('1.4.0')]: newVersion('1.4.0', 'alice') },
      { by: 'bob' },
      'upload 1.4.0 ✗ stamp-wrong',
    ],
    [
      'a number that is not higher',
      { [version('1.2.5')]: newVersion('1.2.5', 'bob') },
      { by: 'bob' },
      'upload 1.2.5 ✗ version-not-higher',
    ],
    [
      'a number of a deleted version',
      { [version('1.4.0')]: newVersion('1.4.0', 'bob') },
      { by: 'bob', history: { versionsEver: () => ['1.4.0'] } },
      'upload 1.4.0 ✗ version-not-higher',
    ],
    [
      'a reviewer is no member',
      { [version('1.4.0')]: newVersion('1.4.0', 'rita') },
      { by: 'rita' },
      'upload 1.4.0 ✗ actor-not-allowed',
    ],
    [
      'a new version that is approved',
      {
        [version('1.4.0')]: newVersion(
          '1.4.0',
          'bob',
          'review: { status: approved, submittedBy: bob, reviewedBy: rita }\n',
        ),
      },
      { by: 'bob' },
      'nothing ✗ version-born-reviewed',
    ],
    [
      'what was uploaded never changes',
      { [version('1.3.0')]: replace('Version 1.3.0', 'Other') },
      { by: 'alice' },
      'nothing ✗ version-altered',
    ],
    ['not even a comment', { [version('1.3.0')]: append('# x') }, { by: 'alice' }, 'nothing ✗ version-altered'],
    ['a development version is deleted', { [version('1.3.0')]: null }, { by: 'bob' }, 'delete 1.3.0'],
    [
      'a version under review is not',
      { [version('1.2.0')]: null },
      { by: 'bob' },
      'delete 1.2.0 ✗ delete-refused, reference-unknown',
    ],
    [
      'the experience version is not',
      { [`${P}/versions/1.0.0.yaml`]: null },
      { by: 'bob' },
      'delete 1.0.0 ✗ delete-refused, reference-unknown',
    ],
  ],
  'submit, withdraw, approve, reject, revoke': [
    [
      'upload and submit in one',
      { [version('1.4.0')]: newVersion('1.4.0', 'bob', 'review: { status: pending, submittedBy: bob }\n') },
      { by: 'bob', base: withdraw },
      'upload 1.4.0, submit 1.4.0',
    ],
    [
      'submit',
      { [version('1.3.0')]: append('review: { status: pending, submittedBy: bob }') },
      { by: 'bob', base: withdraw },
      'submit 1.3.0',
    ],
    [
      'submit in the name of another',
      { [version('1.3.0')]: append('review: { status: pending, submittedBy: alice }') },
      { by: 'bob', base: withdraw },
      'submit 1.3.0 ✗ stamp-wrong',
    ],
    [
      'a second one',
      { [version('1.3.0')]: append('review: { status: pending, submittedBy: bob }') },
      { by: 'bob' },
      'submit 1.3.0 ✗ review-pending-several',
    ],
    ['withdraw while it waits', withdraw, { by: 'alice' }, 'withdraw 1.2.0'],
    [
      'withdraw what was rejected',
      { [version('1.2.0')]: (text) => text.replace(/review:.*\n/, '') },
      { by: 'bob', base: rejected12 },
      'withdraw 1.2.0',
    ],
    [
      'approved is not withdrawn',
      { [version('1.2.0')]: (text) => text.replace(/review:.*\n/, '') },
      { by: 'bob', base: approved12 },
      'nothing ✗ step-unknown',
    ],
    ['approve', approve('rita'), { by: 'rita' }, 'approve 1.2.0'],
    [
      'approve by a review of a member’s pull request',
      approve('rita'),
      { by: 'alice', approvedBy: ['rita'] },
      'approve 1.2.0',
    ],
    [
      'a member who is no reviewer',
      approve('alice'),
      { by: 'alice' },
      'approve 1.2.0 ✗ actor-not-allowed, review-by-author',
    ],
    ['in the name of a reviewer', approve('rita'), { by: 'alice' }, 'approve 1.2.0 ✗ stamp-wrong, actor-not-allowed'],
    [
      'the submitter, though a reviewer',
      approve('bob'),
      { by: 'bob', base: { 'people/bob.yaml': append('platformRoles: [reviewer]') } },
      'approve 1.2.0 ✗ actor-not-allowed, review-by-author',
    ],
    [
      'a reviewer who made themself one',
      { ...approve('olga'), 'people/olga.yaml': replace('[owner]', '[owner, reviewer]') },
      { by: 'olga' },
      'edit-platform, approve 1.2.0 ✗ actor-not-allowed',
    ],
    [
      'a reviewer who has left',
      approve('rita'),
      { by: 'rita', base: { 'people/rita.yaml': append('left: 2026-11-01') } },
      'approve 1.2.0 ✗ actor-unknown',
    ],
    [
      'rejected is not approved without a new submit',
      {
        [version('1.2.0')]: replace(
          'rejected, submittedBy: bob, reviewedBy: rita, reason: No',
          'approved, submittedBy: bob, reviewedBy: rita',
        ),
      },
      { by: 'rita', base: rejected12 },
      'nothing ✗ step-unknown',
    ],
    [
      'the submitter is swapped with the approval',
      { [version('1.2.0')]: replace('pending, submittedBy: bob', 'approved, submittedBy: alice, reviewedBy: rita') },
      { by: 'rita' },
      'approve 1.2.0 ✗ stamp-wrong',
    ],
    [
      'by hand as the policy',
      approve('"policy:internal"'),
      { by: 'rita', base: internal, history: { submittedAt: () => 0 } },
      'auto-approve 1.2.0 ✗ actor-not-allowed',
    ],
    [
      'automatically',
      approve('"policy:internal"'),
      { by: 'github-actions[bot]', base: internal, history: { submittedAt: () => NOW - 120_000 } },
      'auto-approve 1.2.0',
    ],
    [
      'automatically, too early',
      approve('"policy:internal"'),
      { by: 'github-actions[bot]', base: internal, history: { submittedAt: () => NOW - 119_000 } },
      'auto-approve 1.2.0 ✗ auto-approve-refused',
    ],
    [
      'automatically, uploaded by somebody external',
      approve('"policy:internal"'),
      {
        by: 'github-actions[bot]',
        base: { 'people/bob.yaml': append('internal: true') },
        history: { submittedAt: () => 0 },
      },
      'auto-approve 1.2.0 ✗ auto-approve-refused',
    ],
    ['reject', reject('rita'), { by: 'rita' }, 'reject 1.2.0'],
    [
      'reject by requested changes',
      reject('rita'),
      { by: 'github-actions[bot]', changesRequestedBy: ['rita'] },
      'reject 1.2.0',
    ],
    [
      'reject in the name of a reviewer',
      reject('rita'),
      { by: 'alice' },
      'reject 1.2.0 ✗ stamp-wrong, actor-not-allowed',
    ],
    [
      'revoke what was online before',
      {
        [version('1.0.0')]: replace(
          'approved, submittedBy: alice, reviewedBy: rita',
          'rejected, submittedBy: alice, reviewedBy: rita, reason: Leak',
        ),
        [`${S}/release.yaml`]: replace('previous: [1.0.0]', 'previous: []'),
      },
      { by: 'rita' },
      'revoke 1.0.0',
    ],
    [
      'revoke and leave it there',
      {
        [version('1.0.0')]: replace(
          'approved, submittedBy: alice, reviewedBy: rita',
          'rejected, submittedBy: alice, reviewedBy: rita, reason: Leak',
        ),
      },
      { by: 'rita' },
      'revoke 1.0.0 ✗ release-unexplained, release-not-approved',
    ],
    [
      'revoke what is online',
      {
        [version('1.1.0')]: replace(
          'approved, submittedBy: alice, reviewedBy: rita',
          'rejected, submittedBy: alice, reviewedBy: rita, reason: Leak',
        ),
      },
      { by: 'rita' },
      'revoke 1.1.0 ✗ release-not-approved',
    ],
  ],
  'publish, rollback, disable, enable, experience': [
    ['publish; its experience mark goes', publish12, { by: 'alice', base: approved12 }, 'publish 1.2.0'],
    ['an operator may', publish12, { by: 'opal', base: { ...approved12, ...withOperator } }, 'publish 1.2.0'],
    ['a developer may not', publish12, { by: 'bob', base: approved12 }, 'publish 1.2.0 ✗ actor-not-allowed'],
    [
      '… but with an admin’s approval',
      publish12,
      { by: 'bob', approvedBy: ['alice'], base: approved12 },
      'publish 1.2.0',
    ],
    ['a version under review', publish12, { by: 'alice', base: noScenarios }, 'publish 1.2.0 ✗ release-not-approved'],
    [
      'a version that never was',
      {
        [`${S}/release.yaml`]:
          'online: { version: 9.0.0, enabled: true }\nexperience: { version: 1.2.0 }\nprevious: [1.1.0, 1.0.0]\n',
      },
      { by: 'alice', base: noScenarios },
      'publish 9.0.0 ✗ reference-unknown',
    ],
    [
      'approve and publish in one',
      { ...approve('rita'), ...publish12 },
      { by: 'rita', approvedBy: ['alice'], base: noScenarios },
      'approve 1.2.0, publish 1.2.0 ✗ two-steps',
    ],
    [
      'publish and drop the former version',
      { [`${S}/release.yaml`]: 'online: { version: 1.2.0, enabled: true }\nprevious: [1.0.0]\n' },
      { by: 'alice', base: approved12 },
      'nothing ✗ release-unexplained',
    ],
    [
      'publish and keep the mark',
      {
        [`${S}/release.yaml`]:
          'online: { version: 1.2.0, enabled: true }\nexperience: { version: 1.2.0 }\nprevious: [1.1.0, 1.0.0]\n',
      },
      { by: 'alice', base: approved12 },
      'publish 1.2.0, set-experience 1.2.0 ✗ release-version-twice',
    ],
    [
      'publish disabled',
      {
        [`${S}/release.yaml`]: replace(
          '{ version: 1.1.0, enabled: true }\nexperience: { version: 1.2.0 }\nprevious: [1.0.0]',
          '{ version: 1.2.0, enabled: false }\nprevious: [1.1.0, 1.0.0]',
        ),
      },
      { by: 'alice', base: approved12 },
      'nothing ✗ release-unexplained',
    ],
    ['rollback', rollback, { by: 'alice', base: noScenarios }, 'rollback 1.0.0'],
    [
      'previous is reordered',
      { [`${S}/release.yaml`]: replace('previous: [1.0.0]', 'previous: []') },
      { by: 'alice' },
      'nothing ✗ release-unexplained',
    ],
    [
      'the online version disappears',
      { [`${S}/release.yaml`]: 'experience: { version: 1.2.0 }\nprevious: [1.1.0, 1.0.0]\n' },
      { by: 'alice', base: noScenarios },
      'nothing ✗ release-unexplained',
    ],
    ['disable: the promises wait', disable, { by: 'alice' }, 'disable 1.1.0'],
    ['a tester may not', disable, { by: 'rita' }, 'disable 1.1.0 ✗ actor-not-allowed'],
    [
      'enable',
      { [`${S}/release.yaml`]: replace('enabled: false', 'enabled: true') },
      { by: 'alice', base: disabled },
      'enable 1.1.0',
    ],
    [
      'set the experience version',
      { [`${S}/release.yaml`]: replace('version: 1.2.0', 'version: 1.3.0') },
      { by: 'bob', base: noScenarios },
      'set-experience 1.3.0',
    ],
    [
      'clear it',
      { [`${S}/release.yaml`]: replace('experience: { version: 1.2.0 }\n', '') },
      { by: 'bob', base: noScenarios },
      'clear-experience 1.2.0',
    ],
    [
      'a former version is no experience',
      { [`${S}/release.yaml`]: replace('version: 1.2.0', 'version: 1.0.0') },
      { by: 'bob', base: noScenarios },
      'set-experience 1.0.0 ✗ release-version-twice',
    ],
    [
      'a change that breaks a promise',
      { [`${S}/release.yaml`]: replace('version: 1.2.0', 'version: 1.3.0') },
      { by: 'bob' },
      'set-experience 1.3.0 ✗ scenario-broken',
    ],
  ],
  settings: [
    [
      'trafficking in an app without managers',
      { [`${S}/trafficking.yaml`]: replace('[AY, EU]', '[AY]') },
      { by: 'alice', base: noScenarios },
      'edit-trafficking',
    ],
    [
      'new delivery to an app with managers',
      { [`${S}/trafficking.yaml`]: replace('oem-home, regions: [EU]', 'oem-home, regions: [EU, AZ]') },
      { by: 'alice' },
      'edit-trafficking ✗ 1 missing',
    ],
    [
      '… approved by one of them',
      { [`${S}/trafficking.yaml`]: replace('oem-home, regions: [EU]', 'oem-home, regions: [EU, AZ]') },
      { by: 'alice', approvedBy: ['olga'] },
      'edit-trafficking',
    ],
    [
      '… approved by somebody else',
      { [`${S}/trafficking.yaml`]: replace('oem-home, regions: [EU]', 'oem-home, regions: [EU, AZ]') },
      { by: 'alice', approvedBy: ['rita'] },
      'edit-trafficking ✗ 1 missing',
    ],
    [
      'taking it away needs nobody',
      { [`${S}/trafficking.yaml`]: replace('  - { app: oem-home, regions: [EU] }\n', '') },
      { by: 'alice' },
      'edit-trafficking',
    ],
    [
      'a developer may not deliver',
      { [`${S}/trafficking.yaml`]: replace('[AY, EU]', '[EU]') },
      { by: 'bob' },
      'edit-trafficking ✗ actor-not-allowed',
    ],
    [
      'whitelist',
      { [`${S}/whitelist.yaml`]: append('  - { app: oem-home, account: more@example.com }') },
      { by: 'bob' },
      'edit-whitelist',
    ],
    [
      'members by an admin',
      { [`${S}/members.yaml`]: append('  - { login: rita, role: tester }') },
      { by: 'alice' },
      'edit-members',
    ],
    [
      'members by a developer',
      { [`${S}/members.yaml`]: replace('developer', 'admin') },
      { by: 'bob' },
      'edit-members ✗ actor-not-allowed',
    ],
    [
      'the last admin goes',
      { [`${S}/members.yaml`]: replace('admin', 'tester') },
      { by: 'alice' },
      'edit-members ✗ admin-missing',
    ],
    [
      'a right given is not used in the same change',
      { [`${S}/members.yaml`]: replace('bob, role: developer', 'bob, role: admin'), ...publish12 },
      { by: 'bob', approvedBy: [], base: approved12 },
      'publish 1.2.0, edit-members ✗ actor-not-allowed',
    ],
    ['widening what an online miniapp may call', widen, { by: 'bob' }, 'edit-domains ✗ 1 missing'],
    ['… approved by a reviewer', widen, { by: 'bob', approvedBy: ['rita'] }, 'edit-domains'],
    ['narrowing it', { [`${S}/domains.yaml`]: replace(', https://eu.example.org', '') }, { by: 'bob' }, 'edit-domains'],
    [
      'languages, report, scenarios',
      {
        [`${S}/languages.yaml`]: replace('Alarm', 'Wake'),
        [`${S}/reports/2026-10.yaml`]: replace('errors: 1', 'errors: 2'),
        [`${S}/scenarios.yaml`]: replace('Not in America', 'Nowhere else'),
      },
      { by: 'bob' },
      'edit-languages, edit-report, edit-scenarios',
    ],
    [
      'an owner repairs any setting',
      { [`${S}/whitelist.yaml`]: append('  - { app: oem-home, account: more@example.com }') },
      { by: 'olga' },
      'edit-whitelist',
    ],
    ['… but no release', disable, { by: 'olga' }, 'disable 1.1.0 ✗ actor-not-allowed'],
  ],
  platform: [
    ['the only owner alone', { 'apps/oem-home.yaml': replace('OEM Home', 'Home') }, { by: 'olga' }, 'edit-platform'],
    [
      'one of two owners',
      { 'apps/oem-home.yaml': replace('OEM Home', 'Home') },
      { by: 'olga', base: secondOwner },
      'edit-platform ✗ 1 missing',
    ],
    [
      '… with the other’s approval',
      { 'apps/oem-home.yaml': replace('OEM Home', 'Home') },
      { by: 'olga', approvedBy: ['olivia'], base: secondOwner },
      'edit-platform',
    ],
    [
      '… with their own',
      { 'apps/oem-home.yaml': replace('OEM Home', 'Home') },
      { by: 'olga', approvedBy: ['olga'], base: secondOwner },
      'edit-platform ✗ 1 missing',
    ],
    [
      'anybody else',
      { 'people/bob.yaml': append('platformRoles: [owner]') },
      { by: 'bob' },
      'edit-platform ✗ actor-not-allowed',
    ],
    [
      'the last owner goes',
      { 'people/olga.yaml': replace('[owner]', '[reviewer]') },
      { by: 'olga' },
      'edit-platform ✗ owner-last',
    ],
    [
      'config together with code',
      { 'apps/oem-home.yaml': replace('OEM Home', 'Home') },
      { by: 'olga', otherFiles: ['package.json'] },
      'edit-platform ✗ change-mixed',
    ],
    [
      'another letter case is another person',
      { 'apps/oem-home.yaml': replace('OEM Home', 'Home') },
      { by: 'Olga' },
      'edit-platform ✗ actor-unknown',
    ],
    ['a file that does not belong', { 'notes.txt': 'x' }, { by: 'olga' }, 'nothing ✗ file-unknown'],
  ],
  'policy as data': [
    [
      'publishing by developers',
      publish12,
      { by: 'bob', base: { ...approved12, 'policy.yaml': 'transitions: { publish: { by: [developer] } }\n' } },
      'publish 1.2.0',
    ],
    [
      '… no longer by admins',
      publish12,
      { by: 'alice', base: { ...approved12, 'policy.yaml': 'transitions: { publish: { by: [developer] } }\n' } },
      'publish 1.2.0 ✗ actor-not-allowed',
    ],
    [
      'publishing with two approvals',
      publish12,
      {
        by: 'alice',
        approvedBy: ['rita'],
        base: {
          ...approved12,
          'policy.yaml': 'transitions: { publish: { by: [admin], approvals: { count: 2, by: [reviewer, owner] } } }\n',
        },
      },
      'publish 1.2.0 ✗ 1 missing',
    ],
    [
      '… both given',
      publish12,
      {
        by: 'alice',
        approvedBy: ['rita', 'olga'],
        base: {
          ...approved12,
          'policy.yaml': 'transitions: { publish: { by: [admin], approvals: { count: 2, by: [reviewer, owner] } } }\n',
        },
      },
      'publish 1.2.0',
    ],
    [
      'a policy that the change brings counts for nothing',
      { ...publish12, 'policy.yaml': 'transitions: { publish: { by: [developer] } }\n' },
      { by: 'bob', base: approved12 },
      'edit-platform, publish 1.2.0 ✗ actor-not-allowed',
    ],
    [
      'a large effect needs one more',
      publish12,
      { by: 'alice', base: { ...approved12, 'policy.yaml': 'transitions: {}\nblastRadius: { cells: 2 }\n' } },
      'publish 1.2.0 ✗ 1 missing',
    ],
    [
      '… a small one does not',
      publish12,
      { by: 'alice', base: { ...approved12, 'policy.yaml': 'transitions: {}\nblastRadius: { cells: 200 }\n' } },
      'publish 1.2.0',
    ],
    [
      'somebody losing service needs one more',
      { [`${S}/trafficking.yaml`]: replace('[AY, EU]', '[EU]') },
      { by: 'alice', base: { 'policy.yaml': 'transitions: {}\nblastRadius: { losingService: true }\n' } },
      'edit-trafficking ✗ 1 missing',
    ],
    [
      '… an emergency stop never',
      disable,
      { by: 'alice', base: { 'policy.yaml': 'transitions: {}\nblastRadius: { cells: 1, losingService: true }\n' } },
      'disable 1.1.0',
    ],
  ],
};

for (const [name, table] of Object.entries(rows)) {
  describe(name, () => {
    test.each(table)('%s', (_, edits, given, expected) => expect(said(judge(edits, given))).toBe(expected));
  });
}

test('effects: every cell that changes, and in groups that a person grasps', () => {
  const { effects } = judge(publish12, { by: 'alice', base: approved12 });
  expect(effects).toContainEqual({
    miniapp: SMART,
    app: 'smart-life',
    region: 'EU',
    audience: 'everyone',
    entry: 'link',
    before: '1.1.0',
    after: '1.2.0',
  });
  expect(groupEffects(effects)).toEqual([
    {
      miniapp: SMART,
      app: 'oem-home',
      regions: ['EU'],
      audience: 'everyone',
      entries: ['link', 'experience'],
      before: '1.1.0',
      after: '1.2.0',
    },
    {
      miniapp: SMART,
      app: 'smart-life',
      regions: ['AY', 'EU'],
      audience: 'everyone',
      entries: ['link', 'experience'],
      before: '1.1.0',
      after: '1.2.0',
    },
    {
      miniapp: SMART,
      app: 'smart-life',
      regions: ['AZ'],
      audience: 'whitelisted',
      entries: ['experience'],
      before: '1.2.0',
      after: 'app-not-associated',
    },
  ]);
});

test('a verdict comes of any edit of any files', () => {
  const paths = Object.keys(fixtureFiles());
  const edit = fc.record({
    path: fc.constantFrom(...paths, 'apps/new.yaml', `${S}/versions/9.0.0.yaml`, 'x'),
    from: fc.nat(400),
    text: fc.constantFrom('', 'x', '1.0.0', '\n', 'rita', ': ', 'approved', '}'),
  });
  fc.assert(
    fc.property(
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('alice', 'rita', 'olga', 'nobody', ''),
      (all, by) => {
        const edits: Record<string, string> = {};
        for (const { path, from, text } of all) {
          const old = edits[path] ?? fixtureFiles()[path] ?? '';
          edits[path] = old.slice(0, from) + text + old.slice(from + text.length);
        }
        const verdict = judge(edits, { by });
        expect(typeof verdict.ok).toBe('boolean');
      },
    ),
    { numRuns: 200 },
  );
});
