/**
 * The description of an approval pull request, as GitHub Markdown: what was uploaded compared with what people have now, what its code
 * calls, who will see what, and what a reviewer can do. All text of files is escaped by `plain` or `code`.
 */
import { automaticApproval } from '../../core/policy/auto-approval.ts';
import { versionOrCode } from '../../core/resolution/resolution.ts';
import { cellKey, groupEffects, resolutionTable, type Effect } from '../../core/resolution/resolution-table.ts';
import { watchedApis } from '../../core/policy/new-apis.ts';
import { currentLogin } from '../../core/identity/login.ts';
import { comparedWith } from '../../core/transitions/compared-with.ts';
import { stateOf } from '../../core/lifecycle/lifecycle.ts';
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { textIn } from '../../core/localized-text.ts';
import { ifPublished } from '../../core/transitions/if-published.ts';
import { toolCommand } from '../../core/tool-command.ts';
import { code, compatibilityList, effectsTable, plain } from '../../report/markdown.ts';
import { reviewBranch } from '../branch-names.ts';
import { HOLD, type ComparedBytes, type Snapshot } from '../types.ts';
import { shownAlone } from '../../evaluate/public-evaluation.ts';
import { count, named, MAX_NAMES } from './names.ts';
import { originsTable } from './origins-table.ts';
import { reviewersOf } from './reviewers.ts';

/** GitHub refuses a body above 65,536 characters. */
export const BODY_LIMIT = 60_000;

export interface ReviewSubject {
  readonly miniapp: Miniapp;
  readonly version: Version;
}

type DescriptionContext = Pick<Snapshot, 'given' | 'history' | 'redact' | 'now' | 'branch'>;

/** The body of the approval pull request. Pure: the same state and the same bytes give the same text. */
export function descriptionBody(all: DescriptionContext, about: ReviewSubject, bytes?: ComparedBytes): string {
  const workspace = shownAlone(all.given.workspace, about.miniapp, all.redact);
  const miniapp = workspace.miniapps.get(about.miniapp.id)!;
  const version = miniapp.versions.get(about.version.version)!;
  const known: DescriptionContext = { ...all, given: { ...all.given, workspace } };
  const subject: ReviewSubject = { miniapp, version };
  const compared = comparedWith(miniapp, version);
  const sections = [
    head(known, subject),
    uploads(known, subject, compared),
    ...(bytes ? [['### Bytes', bytes.markdown].join('\n\n')] : []),
    ['### Pages', pages(version, compared)].join('\n\n'),
    ['### Origins in its code', originsTable(workspace, miniapp, version), analysis(version)]
      .filter(Boolean)
      .join('\n\n'),
    ['### APIs that its code uses', apis(workspace, subject, compared)].join('\n\n'),
    ['### If it is published', effects(workspace, subject, known.now)].join('\n\n'),
    ['### What you can do', choices(known, subject)].join('\n\n'),
  ];
  return bounded(sections);
}

/** Joins the sections that fit; the others are named, and what a reviewer can do is always included. */
function bounded(sections: readonly string[]): string {
  const last = sections.at(-1)!;
  const kept: string[] = [];
  let left = BODY_LIMIT - last.length - 200;
  let isCut = false;
  for (const section of sections.slice(0, -1)) {
    isCut ||= section.length > left;
    if (section.length > left) continue;
    kept.push(section);
    left -= section.length + 2;
  }
  const note = isCut
    ? ['_Parts that are too long for a pull request are left out; the version file and the portal have them._']
    : [];
  return `${[...kept, ...note, last].join('\n\n')}\n`;
}

function head({ given }: DescriptionContext, { miniapp, version }: ReviewSubject): string {
  const { languages } = given.workspace.platform;
  const name = plain(textIn(miniapp.basics.name, languages));
  const title = `**${name}** ${code(miniapp.id)} (${miniapp.basics.type}): version ${code(version.version)} asks to be approved.`;
  return `${title}\n\n> ${plain(version.description)}`;
}

function uploads(
  { given, history }: DescriptionContext,
  { miniapp, version }: ReviewSubject,
  compared: Version | undefined,
): string {
  const person = personIn(given.workspace);
  const submitted = (one: Version) => {
    if (!one.review) return 'no';
    const at = one === version ? history.submittedAt(miniapp.id, one.version) : undefined;
    return `${person(one.review.submittedBy)}${at === undefined ? '' : `, ${when(at)}`}`;
  };
  const rows: [string, (one: Version) => string][] = [
    ['uploaded', (one) => `${person(one.uploadedBy)}, ${when(Date.parse(one.uploadedAt))}`],
    ['submitted', submitted],
    [
      'size',
      ({ package: own }) => (own ? `${count(own.bytes, 'byte')} in ${count(own.files, 'file')}` : 'not recorded'),
    ],
    ['SHA-256', ({ package: own }) => (own ? code(own.sha256) : 'not recorded')],
    ['base library', ({ baseLibrary }) => (baseLibrary === undefined ? 'not recorded' : code(baseLibrary))],
    ['kits', kitsOf],
  ];
  const column = compared ? ` ${stageWord(miniapp, compared)} ${code(compared.version)} |` : '';
  const lines = rows.map(([what, tell]) => `| ${what} | ${tell(version)} |${compared ? ` ${tell(compared)} |` : ''}`);
  const first = compared ? '' : 'No other version was ever approved, so there is nothing to compare it with.\n\n';
  return `${first}| | this ${code(version.version)} |${column}\n| --- | --- |${compared ? ' --- |' : ''}\n${lines.join('\n')}`;
}

const stageWord = (miniapp: Miniapp, version: Version): string => {
  const isDisabled = miniapp.release.online?.enabled === false;
  return stateOf(miniapp, version).stage === 'online' ? `online${isDisabled ? ', disabled' : ''}` : 'last approved';
};

const personIn =
  ({ people }: Workspace) =>
  (login: string): string => {
    const person = people.get(currentLogin(people, login));
    const isInternal = person?.internal === true && person.left === undefined;
    return `${code(login)}${person ? ` (${plain(person.name)}${isInternal ? ', internal' : ''})` : ''}`;
  };

/** "2026-11-20 08:00 UTC". */
const when = (time: number): string =>
  Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'at an unknown time';

function kitsOf({ kits = {} }: Version): string {
  const all = Object.entries(kits).map(([kit, least]) => `${kit} ${least}`);
  return all.length === 0 ? 'none' : named(all);
}

function pages({ pages: own = [] }: Version, compared: Version | undefined): string {
  if (own.length === 0) return 'It lists none, so every page opens.';
  if (!compared) return `${count(own.length, 'page')}: ${named(own)}.`;
  const before = new Set(compared.pages ?? []);
  const after = new Set(own);
  const added = own.filter((page) => !before.has(page));
  const removed = [...before].filter((page) => !after.has(page));
  const isSame = added.length === 0 && removed.length === 0;
  if (isSame) return `${count(own.length, 'page')}, the same as ${code(compared.version)} has.`;
  const lines = [
    `${count(own.length, 'page')}; ${code(compared.version)} has ${before.size}.`,
    ...(added.length > 0 ? [`- added: ${named(added)}`] : []),
    ...(removed.length > 0 ? [`- removed, so links to them stop working: ${named(removed)}`] : []),
  ];
  return lines.join('\n');
}

/** How the calls of its code were found, and how many addresses are known only when it runs. */
function analysis({ analysis: own }: Version): string {
  if (!own) return '';
  const { literal = 0, template = 0, followed = 0, configuration = 0 } = own.found;
  const ways: [string, number][] = [
    ['written out', literal],
    ['put together at the call', template],
    ['by following names', followed],
    ['from what sets up a client', configuration],
  ];
  const found = ways.filter(([, many]) => many > 0).map(([how, many]) => `${many.toLocaleString('en')} ${how}`);
  const unknown =
    own.unknown === 0
      ? 'No call hides where it goes.'
      : `**${count(own.unknown, 'call')} only ${own.unknown === 1 ? 'shows' : 'show'} where to when the code runs**, and may go anywhere.`;
  const shown = own.shownUnknown === 0 ? '' : ` ${count(own.shownUnknown, 'element')} likewise.`;
  return `${found.length > 0 ? `Found: ${found.join(', ')}. ` : ''}${unknown}${shown}`;
}

/** What the version newly uses of the phone and the person, beside what people have now. */
function apis({ policy }: Workspace, { miniapp, version }: ReviewSubject, compared: Version | undefined): string {
  const watched = watchedApis(policy, miniapp, version);
  const more = `For ${named(watched)}, which people do not have yet, policy.yaml asks more people to approve.`;
  return [...(watched.length > 0 ? [more] : []), apiChanges(version, compared)].join('\n\n');
}

function apiChanges({ apis: own }: Version, compared: Version | undefined): string {
  if (!own) return '**Not recorded, so it counts as using all of them.**';
  if (own.length === 0) return 'None.';
  const all = `${count(own.length, 'API')}: ${named(own)}.`;
  if (!compared) return all;
  if (!compared.apis) return `${all} Of ${code(compared.version)} none are recorded, so nobody can tell which are new.`;
  const [before, after] = [new Set(compared.apis), new Set(own)];
  const added = own.filter((api) => !before.has(api));
  const removed = compared.apis.filter((api) => !after.has(api));
  if (added.length + removed.length === 0) return `${all} The same as ${code(compared.version)} uses.`;
  return [
    ...(added.length > 0 ? [`**Newly uses**: ${named(added)}`, ''] : []),
    ...(removed.length > 0 ? [`No longer uses: ${named(removed)}`, ''] : []),
    all,
  ].join('\n');
}

/** What changes for whom when it goes online, and what does not. */
function effects(before: Workspace, { miniapp, version }: ReviewSubject, now: number): string {
  const { id } = miniapp;
  const { after, consequences } = ifPublished(before, miniapp, version.version, now);
  const { effects: changes, compatibility } = consequences;
  const note = 'Approving changes nothing for anybody yet; publishing is a step of its own.';
  const table = changes.length === 0 ? 'Nobody would see a difference.' : effectsTable(changes, after);
  const fitting = compatibilityList(compatibility, after);
  return [note, table, fitting, unchanged(before, after, id, changes, now)].filter((part) => part !== '').join('\n\n');
}

function unchanged(
  before: Workspace,
  after: Workspace,
  miniapp: string,
  changes: readonly Effect[],
  now: number,
): string {
  const changed = new Set(changes.map(cellKey));
  const same = resolutionTable(after, miniapp, now)
    .filter((cell) => !changed.has(cellKey(cell)))
    .map((cell): Effect => ({ ...cell, miniapp, before: versionOrCode(cell), after: versionOrCode(cell) }));
  if (same.length === 0) return 'Nothing stays as it is.';
  const { apps, platform } = before;
  const groups = groupEffects(same);
  const lines = groups.slice(0, MAX_NAMES).map(({ app, regions, audience, entries, after: answer }) => {
    const where = regions.map((region) => plain(textIn(platform.regions[region] ?? region, platform.languages)));
    const name = plain(textIn(apps.get(app)?.name ?? app, platform.languages));
    const by = entries.length > 1 ? '' : entries[0] === 'experience' ? ', experience code' : ', link';
    return `- ${audience} in ${name}, ${where.join(', ')}${by}: ${code(answer ?? 'nothing')}`;
  });
  const left = groups.length - lines.length;
  return ['What stays as it is:', '', ...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

function choices({ given, history, now, branch }: DescriptionContext, { miniapp, version }: ReviewSubject): string {
  const { workspace } = given;
  const reviewers = reviewersOf(workspace, 'approve', miniapp, version);
  const who = reviewers.length === 0 ? 'nobody in people/ may' : named(reviewers);
  const { state } = automaticApproval(
    workspace,
    miniapp,
    version,
    history.submittedAt(miniapp.id, version.version),
    now,
  );
  const minutes = workspace.platform.review?.automatic?.afterMinutes ?? 1;
  const automatic =
    state === 'refused'
      ? []
      : [
          `- **Wait**: submitter and uploader are internal, so it is approved automatically ${count(minutes, 'minute')} after it was submitted, unless somebody holds, closes, pushes, asks for changes or withdraws.`,
        ];
  const own = reviewBranch.name(miniapp.id, version.version);
  // Only a name that is a plain word to a shell.
  const main = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch) ? branch : 'HEAD';
  return [
    `- **Approve** (${who}): review the changed file and choose “Approve”. The bot signs with your login and merges.`,
    '- **Reject**: choose “Request changes” and write the reason. The bot turns this pull request into the rejection with your words and merges it.',
    `- **Hold**: add the label ${code(HOLD)}, or make it a draft. Take it away to go on.`,
    '- **Stop**: close this pull request. It is not opened again; reopen it to go on.',
    ...automatic,
    '',
    'Who submitted or uploaded the version cannot approve it. The same judgement on your machine:',
    '',
    '```sh',
    `git fetch origin ${main} ${own}`,
    toolCommand(
      `plan --base origin/${main} --head origin/${own} --actor '${workspace.platform.bot?.login ?? 'BOT'}' --approved-by LOGIN`,
    ),
    '```',
  ].join('\n');
}
