/** The resolution table as a reader sees it: rows of regions below each app, and the reason behind every answer. */
import type { Args, Language } from '#core/catalogue.ts';
import { messages } from '#core/catalogue.ts';
import { hasLiveRow, type Audience, type Cell } from '#core/effects.ts';
import type { Entry } from '#core/model.ts';
import { fixText, outcomeMessage, traceText } from '#core/outcome.ts';
import type { Fix, TraceStep } from '#core/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';
import { localized } from './text.ts';

export interface TableCell {
  readonly cell: Cell;
  /** The version that opens, or the short name of the error. */
  readonly label: string;
  readonly tone: 'online' | 'experience' | 'error';
  /** The reason it belongs to. */
  readonly why: string;
}

export interface TableRow {
  readonly region: string;
  readonly label: string;
  /** Link and experience for everyone, then for the whitelisted where somebody is. */
  readonly cells: readonly TableCell[];
}

export interface AppBlock {
  readonly app: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly hasWhitelisted: boolean;
  readonly rows: readonly TableRow[];
}

/** One reason for all the regions of an app, audience and entry that share it. */
export interface Why {
  readonly id: string;
  readonly app: string;
  readonly regions: string;
  readonly audience: Audience;
  readonly entry: Entry;
  readonly title: string;
  readonly tone: TableCell['tone'];
  readonly channel?: 'online' | 'experience';
  readonly message: string;
  readonly trace: readonly { readonly applies: boolean; readonly text: string }[];
  readonly fixes: readonly { readonly text: string; readonly commands: readonly string[] }[];
}

export interface ResolutionView {
  readonly blocks: readonly AppBlock[];
  readonly whys: readonly Why[];
  readonly isPanel: boolean;
}

/** `cells` is the miniapp's table of core/effects, which all pages of a miniapp share. */
export function resolutionView(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  cells: readonly Cell[],
  now: number,
  language: Language,
): ResolutionView {
  const { languages, regions } = workspace.platform;
  const text = (label: Parameters<typeof localized>[0]) => localized(label, language, languages);
  const byApp = Map.groupBy(cells, ({ app }) => app);
  const whys = new Map<string, Group>();
  const blocks = [...workspace.apps.values()].map((app): AppBlock => {
    const byRegion = Map.groupBy(byApp.get(app.id) ?? [], ({ region }) => region);
    const rows = [...byRegion].map(([region, own]): TableRow => {
      const shown = own.map((cell): TableCell => {
        const { label, tone, id: why } = groupOf(whys, cell, language);
        return { cell, label, tone, why };
      });
      return { region, label: text(regions[region]) || region, cells: shown };
    });
    const hasWhitelisted = hasLiveRow(miniapp, app.id, now);
    return { app: app.id, name: text(app.name), isDefault: app.default === true, hasWhitelisted, rows };
  });
  const names = new Map(blocks.map(({ app, name }) => [app, name]));
  const reasons = [...whys.values()].map((group) => reason(group, names, language));
  return { blocks, whys: reasons, isPanel: miniapp.basics.type === 'panel' };
}

function shortAnswer({ resolution }: Cell, language: Language): Pick<TableCell, 'label' | 'tone'> {
  if (resolution.outcome === 'opens') return { label: resolution.version, tone: resolution.channel };
  return { label: messages[language].outcomes[resolution.code].title, tone: 'error' };
}

/** Cells that differ by their region alone, and so share their answer and its reason. */
interface Group {
  readonly id: string;
  readonly label: string;
  readonly tone: TableCell['tone'];
  readonly cells: Cell[];
}

/** The group that a cell belongs to, with the cell in it. */
function groupOf(groups: Map<string, Group>, cell: Cell, language: Language): Group {
  const { app, audience, entry, resolution } = cell;
  const answer = resolution.outcome === 'opens' ? resolution.version : resolution.code;
  let key = `${app} ${audience} ${entry} ${answer}`;
  for (const { rule, applies, reason } of resolution.trace) key += ` ${rule} ${applies} ${reason?.code}`;
  let group = groups.get(key);
  if (!group) groups.set(key, (group = { id: `why-${groups.size + 1}`, ...shortAnswer(cell, language), cells: [] }));
  group.cells.push(cell);
  return group;
}

function reason(
  { id, label: title, tone, cells: group }: Group,
  apps: ReadonlyMap<string, string>,
  language: Language,
): Why {
  const [{ app, audience, entry, resolution } = group[0]!] = group;
  const regions = group.map(({ region }) => region).join(', ');
  // The sentences speak of all the regions at once.
  const everywhere = (args: Args): Args => ({ ...args, region: regions });
  const trace = resolution.trace.map((step): TraceStep => {
    const why = step.reason ? { reason: { ...step.reason, args: everywhere(step.reason.args) } } : {};
    return { ...step, args: everywhere(step.args), ...why };
  });
  return {
    id,
    app: apps.get(app) ?? app,
    regions,
    audience,
    entry,
    title,
    tone,
    ...(resolution.outcome === 'opens' ? { channel: resolution.channel } : {}),
    message: outcomeMessage(resolution, language),
    trace: trace.map((step) => ({ applies: step.applies, text: traceText(step, language) })),
    fixes: sharedFixes(group).map(({ fix, commands }) => ({
      text: fixText({ ...fix, args: everywhere(fix.args) }, language),
      commands,
    })),
  };
}

/** The fixes of a group; a command that names the region stands once for each. */
function sharedFixes(group: readonly Cell[]): { fix: Fix; commands: string[] }[] {
  const lists = group.map(({ resolution }) => (resolution.outcome === 'error' ? resolution.fix : []));
  return lists[0]!.map((fix, index) => ({
    fix,
    commands: [...new Set(lists.map((list) => list[index]!.command))],
  }));
}
