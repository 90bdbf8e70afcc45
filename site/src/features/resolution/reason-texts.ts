/** A reason of a resolution table in words, and who made it so. */
import { defined } from '#core/defined.ts';
import { identify } from '#core/paths.ts';
import { fill, messages, type Args, type Language } from '#core/problems/messages.ts';
import { brokenText, fixText, outcomeMessage, traceText } from '#core/resolution/resolution-text.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { inBrackets, localized } from '../../lib/text.ts';
import { transitionText } from '../history/transition-text.ts';
import { recordView, type ChangeRecordView } from '../history/view-model.ts';
import type { DecidingFile, FactChange, Reason } from './reasons.ts';

interface ReasonTexts {
  readonly tone: string;
  /** The version that opens, or the title of the error. */
  readonly title: string;
  /** The rule that applied. */
  readonly rule: string;
  /** What is told of an error: what somebody reads who gets it, its cause, and what cures it. */
  readonly error?: {
    readonly message: string;
    readonly cause: string;
    readonly fixes: readonly { readonly text: string; readonly command: string }[];
    /** Where one of them breaks what was promised. */
    readonly broken: readonly string[];
  };
}

/** A reason is of many cells, so no sentence of it names an app or a region: of the placeholders of commands, APP and REGION, it makes words. */
export function reasonTexts(
  language: Language,
  workspace: PublicWorkspace,
  { resolution, brokenWhere }: Reason,
): ReasonTexts {
  const { resolution: t } = words[language];
  const inWords = (args: Args): Args => ({
    ...args,
    ...defined({
      app: args['app'] === 'APP' ? t.thisApp : undefined,
      region: args['region'] === 'REGION' ? t.thisRegion : undefined,
    }),
  });
  // The rule that applied is the last one tried.
  const { reason, ...last } = resolution.trace.at(-1)!;
  const rule = traceText(
    {
      ...last,
      args: inWords(last.args),
      ...defined({ reason: reason ? { ...reason, args: inWords(reason.args) } : undefined }),
    },
    language,
  );
  if (resolution.outcome === 'opens') return { tone: resolution.channel, title: resolution.version, rule };
  const { title, cause } = messages[language].outcomes[resolution.code];
  const fixes = resolution.fix.map((fix) => ({
    text: fixText({ ...fix, args: inWords(fix.args) }, language),
    command: fix.command,
  }));
  const broken = brokenWhere.map(({ app, regions, breaks }) =>
    fill(t.there, { where: placesText(language, workspace, app, regions), text: brokenText(language, breaks) }),
  );
  return { tone: 'error', title, rule, error: { message: outcomeMessage(resolution, language), cause, fixes, broken } };
}

/** An app, and regions of it. */
const placesText = (
  language: Language,
  { apps, platform }: PublicWorkspace,
  app: string,
  regions: readonly string[],
): string =>
  `${localized(apps.get(app)?.name, language, platform.languages)}${inBrackets(listText(regions, language), language)}`;

interface DecidedChange {
  /** The cells that it decided, where it did not decide all: their addresses, and their apps and regions in words. */
  readonly of?: { readonly cells: string; readonly where: string };
  /** What was done, before who did it. */
  readonly done?: string;
  /** Who did it; unknown where it was so from the start. */
  readonly record?: ChangeRecordView;
}

/** Files that decided, by the same change, and who made them so. */
export interface Decided {
  readonly files: readonly DecidingFile[];
  readonly changes: readonly DecidedChange[];
}

/**
 * The files that decided, those of one change together, and who made them so; where that differs from app to app, for each of the `named`
 * ones. Files without any are left out.
 */
export function decidedBy(
  language: Language,
  workspace: PublicWorkspace,
  files: readonly DecidingFile[],
  named: ReadonlySet<string>,
): Decided[] {
  const alike = Map.groupBy(files, changesKey);
  return [...alike.values()].flatMap((own) => {
    const changes = own[0]!.changes.flatMap((change) => changeIn(language, workspace, own, change, named) ?? []);
    return changes.length > 0 ? [{ files: own, changes }] : [];
  });
}

/** The same for files of which the same is said. */
const changesKey = (file: DecidingFile): string =>
  JSON.stringify(
    file.changes.map(({ record, kind, isOfFile, places, version = file.version }) => [
      record?.commit,
      // The command that tells of an old commit is of the miniapp, where the file is of one.
      record?.isBeyond && identify(file.path)?.miniapp,
      kind !== undefined && [kind, version],
      isOfFile,
      places && [...places],
    ]),
  );

function changeIn(
  language: Language,
  workspace: PublicWorkspace,
  files: readonly DecidingFile[],
  { record, kind, isOfFile, places, version = files[0]!.version }: FactChange,
  named: ReadonlySet<string>,
): DecidedChange | undefined {
  const { resolution } = words[language];
  const ofFile = files.length > 1 ? resolution.filesChanged : resolution.fileChanged;
  const what = kind === undefined ? '' : `${transitionText(language, { kind, version })} · `;
  const said = record
    ? {
        done: `${isOfFile ? `${ofFile} ` : ''}${what}`,
        record: recordView(workspace, language, record, identify(files[0]!.path)?.miniapp),
      }
    : {};
  if (!places) return said;
  const shown = [...places].filter(([app]) => named.has(app));
  if (shown.length === 0) return undefined;
  const where = shown.map(([app, regions]) => placesText(language, workspace, app, regions));
  const cells = shown.flatMap(([app, regions]) => regions.map((region) => `${app}.${region}`)).join(' ');
  return { ...said, of: { cells, where: where.join(' · ') } };
}
