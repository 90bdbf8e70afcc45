/** The commands that take one step of a version or of a release. */
import { defined } from '../../core/defined.ts';
import { pendingVersion, stateOf, stepsOf, type TransitionKind } from '../../core/lifecycle/lifecycle.ts';
import type { Miniapp, Release, Version } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { at, problem, type Place, type Problem } from '../../core/problems/problem.ts';
import { published, without } from '../../core/lifecycle/release-after.ts';
import { newestFirst } from '../../core/version.ts';
import type { Edited, FileEdit, EditState } from '../../edit/edit.ts';
import { clearExperience, disable, enable, publish, setExperience } from '../../edit/release.ts';
import { approve, reject, remove, revoke, submit, withdraw, type ReviewEdit } from '../../edit/review.ts';
import { updateScenarios } from '../../edit/scenarios.ts';
import { keepsPromises, UPDATE } from '../../cli/edits/promises.ts';
import { plural } from '../../report/terminal.ts';
import { required, UsageError, words, type Command, type Input } from '../../cli/frame/command.ts';
import type { EditRequest } from '../../cli/frame/edit-context.ts';
import { editingCommand, onMiniapp, split } from '../../cli/edits/edit-command.ts';

export interface VersionStep {
  readonly kind: TransitionKind;
  readonly make: (given: EditState, step: ReviewEdit) => FileEdit[];
  /** The release that it leads to, where another version opens afterwards. */
  readonly release?: (release: Release, version: string) => Release;
  /** Whether there is nothing left to do. */
  readonly isDone?: (state: ReturnType<typeof stateOf>, miniapp: Miniapp) => boolean;
}

const isOnline: VersionStep['isDone'] = ({ stage }, { release }) => stage === 'online' && release.online!.enabled;

export const STEPS = {
  submit: { kind: 'submit', make: submit, isDone: ({ status }) => status === 'pending' },
  withdraw: { kind: 'withdraw', make: withdraw, isDone: ({ stage }) => stage === 'development' },
  approve: { kind: 'approve', make: approve, isDone: ({ status }) => status === 'approved' },
  reject: { kind: 'reject', make: reject, isDone: ({ status }) => status === 'rejected' },
  revoke: {
    kind: 'revoke',
    make: revoke,
    release: (release, version) => without(release, new Set([version])),
    isDone: ({ status }) => status === 'rejected',
  },
  publish: { kind: 'publish', make: publish, release: published, isDone: isOnline },
  rollback: { kind: 'rollback', make: publish, release: published, isDone: isOnline },
  delete: { kind: 'delete', make: remove },
  'experience set': {
    kind: 'set-experience',
    make: setExperience,
    release: (release, version) => ({ ...release, experience: { version } }),
    isDone: ({ isExperience }) => isExperience,
  },
} satisfies Record<string, VersionStep>;

/** One step of a version that is there, when it can take it now. Without a number it is the version that is meant anyway. */
export const onVersion = (
  id: string,
  asked: string | undefined,
  step: VersionStep,
  { reason = '', keepsPromises = true }: { reason?: string; keepsPromises?: boolean } = {},
): EditRequest =>
  onMiniapp(id, (given, miniapp, { actor, now }) => {
    const number = asked ?? theOnly(miniapp, step.kind);
    const version = miniapp.versions.get(number);
    if (!version) return { problems: [unknownVersion(miniapp, number)] };
    const isPossible = stepsOf(miniapp, version).some(({ kind }) => kind === step.kind);
    if (isPossible) {
      const edits = step.make(given, { miniapp, version, actor, reason });
      if (step.kind === 'approve') return { edits, notes: [approvedText(miniapp, version)] };
      if (keepsPromises || !step.release) return { edits };
      return { edits: [...edits, ...promisesAfter(given, miniapp, step.release(miniapp.release, number), now)] };
    }
    if (step.isDone?.(stateOf(miniapp, version), miniapp)) return { already: stateText(miniapp, version) };
    return { problems: [notNow(step.kind, miniapp, version)] };
  });

/** What an approval is of: the bytes by their digest, and whose they are. */
function approvedText({ id }: Miniapp, { version, package: kept, uploadedBy, review }: Version): string {
  const bytes = kept
    ? `${plural(kept.files, 'file')}, ${kept.bytes} bytes, sha256 ${kept.sha256}`
    : 'a version whose bytes are not recorded';
  const people = [`uploaded by ${uploadedBy}`, ...(review?.submittedBy ? [`submitted by ${review.submittedBy}`] : [])];
  return `approved is ${bytes}; ${people.join(', ')}; npx miniapp show ${id} ${version} shows all of it`;
}

/** The promises of a miniapp as its next release keeps them. */
function promisesAfter(given: EditState, miniapp: Miniapp, release: Release, now: number): FileEdit[] {
  const miniapps = new Map([...given.workspace.miniapps, [miniapp.id, { ...miniapp, release }]]);
  return updateScenarios(given, miniapp, { ...given.workspace, miniapps }, now);
}

/** The version that alone can take a step now; of those to roll back to, the one that was online before. */
function theOnly(miniapp: Miniapp, kind: TransitionKind): string {
  const able = newestFirst(miniapp.versions.keys()).filter((number) =>
    stepsOf(miniapp, miniapp.versions.get(number)!).some((step) => step.kind === kind),
  );
  const [only, ...others] = kind === 'rollback' ? (miniapp.release.previous ?? []).slice(0, 1) : able;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined)
    throw new UsageError(
      `no version of ${miniapp.id} can take this step now${archivedWords(miniapp)}: npx miniapp show ${miniapp.id}`,
    );
  throw new UsageError(`VERSION is missing: ${able.join(' and ')} can take this step`, 'word-missing');
}

function unknownVersion(miniapp: Miniapp, number: string): Problem {
  const known = newestFirst(miniapp.versions.keys());
  const near = known.length > 0 ? `It has ${known.join(', ')}` : 'It has no version yet';
  const place = { file: pathOf.version(miniapp.id, number) };
  return problem('reference-unknown', place, { kind: 'version', name: number, near });
}

function notNow(kind: TransitionKind, miniapp: Miniapp, version: Version): Problem {
  const pending = pendingVersion(miniapp);
  const { stage } = stateOf(miniapp, version);
  const isQueued = kind === 'submit' && stage === 'development' && pending !== undefined;
  const state = isQueued ? `${pending} is under review, and a miniapp has one at a time` : stateText(miniapp, version);
  const versions = isQueued ? [miniapp.versions.get(pending)!, version] : [version];
  const place = at(
    pathOf.version(miniapp.id, version.version),
    ...(version.review ? ['review', 'status'] : ['version']),
  );
  return impossible(kind, place, state, miniapp, versions);
}

function impossible(
  step: string,
  place: Place,
  state: string,
  miniapp: Miniapp,
  versions: readonly Version[],
): Problem {
  const steps = versions.flatMap((version) => stepsOf(miniapp, version));
  const possible = steps.map(({ command }) => command).join('; ') || 'nothing';
  return problem('step-not-now', place, { step, state, possible });
}

/** "1.2.0 is under review, and the experience version". */
function stateText(miniapp: Miniapp, version: Version): string {
  const { stage, status, isExperience, isRolledOut } = stateOf(miniapp, version);
  const inReview = { pending: 'under review', approved: 'approved', rejected: 'rejected' };
  const isDisabled = stage === 'online' && miniapp.release.online?.enabled === false;
  const word = stage === 'review' ? inReview[status!] : stage === 'development' ? 'in development' : stage;
  const ends = [
    ...(isDisabled ? [', but disabled'] : []),
    ...(isRolledOut ? [', and rolled out'] : []),
    ...(isExperience ? [', and the experience version'] : []),
  ];
  return `${version.version} is ${word}${ends.join('')}${archivedWords(miniapp)}`;
}

/** Why a step towards people cannot be taken now, and the way back; nothing of a miniapp that is not archived. */
export const archivedWords = ({ id, basics }: Miniapp): string =>
  basics.archived === true ? `, and the miniapp is archived (npx miniapp edit ${id} --unarchive)` : '';

type VersionVerb = 'submit' | 'withdraw' | 'approve' | 'publish' | 'rollback' | 'delete';

/** A number may be left out where one version is meant; what is deleted is always named. */
const versionWords = (input: Input, isNamed: boolean): string[] =>
  isNamed || input.positionals.length > 1 ? words(input, 'ID', 'VERSION') : words(input, 'ID');

const versionCommand = (name: VersionVerb, summary: string): Command => {
  const step: VersionStep = STEPS[name];
  return editingCommand({
    name,
    summary,
    usage: [
      `${name === 'delete' ? 'delete ID VERSION' : `${name} ID [VERSION]`}${step.release ? ' [--update-scenarios]' : ''}`,
    ],
    miniappWord: 0,
    ...defined({ options: step.release ? UPDATE : undefined }),
    request(input) {
      const [id = '', version] = versionWords(input, name === 'delete');
      return onVersion(id, version, step, { keepsPromises: keepsPromises(input) });
    },
  });
};

const refusalCommand = (name: 'reject' | 'revoke', summary: string): Command =>
  editingCommand({
    name,
    summary,
    usage: [
      name === 'revoke'
        ? 'revoke ID VERSION --reason REASON [--update-scenarios]'
        : 'reject ID [VERSION] --reason REASON',
    ],
    miniappWord: 0,
    options: {
      reason: { type: 'string', value: 'REASON', describe: 'why, for those who made it' },
      ...(name === 'revoke' ? UPDATE : {}),
    },
    request(input) {
      const [id = '', version] = versionWords(input, name === 'revoke');
      return onVersion(id, version, STEPS[name], {
        // It is one line where it stands.
        reason: required(input, 'reason')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .join(' '),
        keepsPromises: keepsPromises(input),
      });
    },
  });

/** Stops or starts what is online. */
const switchCommand = (name: 'enable' | 'disable', summary: string): Command =>
  editingCommand({
    name,
    summary,
    usage: [`${name} ID`],
    miniappWord: 0,
    request(input) {
      const [id = ''] = words(input, 'ID');
      const enabled = name === 'enable';
      const request = onMiniapp(id, (given, miniapp): Edited => {
        const { online } = miniapp.release;
        if (!online) {
          const place = { file: pathOf.file(id, 'release') };
          const versions = newestFirst(miniapp.versions.keys()).map((number) => miniapp.versions.get(number)!);
          return { problems: [impossible(name, place, 'there is no online version', miniapp, versions)] };
        }
        if (online.enabled === enabled) return { already: `${online.version} is ${name}d already` };
        return { edits: (enabled ? enable : disable)(given, { miniapp }) };
      });
      return { ...request, isStop: !enabled };
    },
  });

export const submitCommand = versionCommand('submit', 'asks for the review of a version');
export const withdrawCommand = versionCommand('withdraw', 'takes a version out of review');
export const approveCommand = versionCommand('approve', 'approves a version under review');
export const rejectCommand = refusalCommand('reject', 'rejects a version under review');
export const revokeCommand = refusalCommand('revoke', 'takes the approval of a version back');
export const publishCommand = versionCommand('publish', 'puts an approved version online');
export const rollbackCommand = versionCommand(
  'rollback',
  'brings a version back that was online before; without a number the one before this',
);
export const enableCommand = switchCommand('enable', 'starts the service again');
export const disableCommand = switchCommand('disable', 'stops the service');
export const deleteCommand = versionCommand('delete', 'removes a development version');

export const experienceCommand = editingCommand({
  name: 'experience',
  summary: 'which version whitelisted accounts get from the experience code',
  usage: ['experience set ID VERSION [--update-scenarios]', 'experience clear ID [--update-scenarios]'],
  miniappWord: 1,
  options: UPDATE,
  request(input) {
    const { verb, rest } = split(input, ['set', 'clear']);
    if (verb === 'set') {
      const [id = '', version = ''] = words(rest, 'ID', 'VERSION');
      return onVersion(id, version, STEPS['experience set'], { keepsPromises: keepsPromises(input) });
    }
    const [id = ''] = words(rest, 'ID');
    return onMiniapp(id, (given, miniapp, { now }): Edited => {
      const { experience, ...release } = miniapp.release;
      if (!experience) return { already: `${id} has no experience version` };
      const promises = keepsPromises(input) ? [] : promisesAfter(given, miniapp, release, now);
      return { edits: [...clearExperience(given, { miniapp }), ...promises] };
    });
  },
});
