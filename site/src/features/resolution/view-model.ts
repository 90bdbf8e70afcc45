/** The resolution table: what opens for each app, region, audience and entry. The reasons are worked out in the browser. */
import type { Language } from '#core/problems/messages.ts';
import type { AppAnswers, CellAnswer, RegionAnswers } from '#core/resolution/resolution-table.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { cellId } from './cells.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { LISTED } from '../../lib/pages.ts';
import { localized } from '../../lib/text.ts';

/** Regions of an app that are answered alike. */
export interface RegionsRow {
  readonly regions: readonly { readonly id: string; readonly label: string }[];
  /** Whether these are all regions of the app. */
  readonly isEverywhere: boolean;
  readonly cells: readonly RegionsCell[];
}

export type RegionsCell = CellAnswer & {
  /** Where the cell stands, for the first app and region of its row: `cell.<app>.<region>.<audience>.<entry>`. */
  readonly id: string;
  readonly coverage: Coverage;
};

/** Apps that are answered alike in the same regions; the default app stands alone. */
export interface AppBlock {
  /** Those that are named. */
  readonly apps: readonly { readonly id: string; readonly name: string }[];
  /** How many there are besides. */
  readonly others: number;
  /** How many rows of regions are not shown. */
  readonly moreRows: number;
  readonly isDefault: boolean;
  readonly hasWhitelisted: boolean;
  readonly rows: readonly RegionsRow[];
}

export interface ResolutionView {
  /** The default app, then those that everyone can open it in; of thousands that all differ the first. */
  readonly blocks: readonly AppBlock[];
  /** How many apps there are. */
  readonly apps: number;
  readonly isPanel: boolean;
  readonly hasWhitelisted: boolean;
  readonly hasRollout: boolean;
}

/** The answers as a reader sees them: apps that are answered alike together, and below them the regions, those that are answered alike in one row. */
export function resolutionView(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  answers: readonly AppAnswers[],
  language: Language,
): ResolutionView {
  const { languages, regions } = workspace.platform;
  const text = (label: Parameters<typeof localized>[0]) => localized(label, language, languages);
  const numbers = new Map<RegionAnswers, number>();
  const numberOf = (own: RegionAnswers): number => {
    if (!numbers.has(own)) numbers.set(own, numbers.size);
    return numbers.get(own)!;
  };
  const isDefaultApp = (app: string) => workspace.apps.get(app)?.default === true;
  const together = Map.groupBy(answers, ({ app, rows }) =>
    [
      isDefaultApp(app),
      ...rows.map(
        ({ region, answers: own }) => `${region} ${numberOf(own)} ${coverageOf(workspace, miniapp, app, region)}`,
      ),
    ].join(),
  );
  const blocks = [...together.values()].map((same): AppBlock => {
    const { app: id, hasWhitelisted, rows } = same[0]!;
    const alike = [...Map.groupBy(rows, ({ answers: own }) => own)];
    return {
      apps: same.map(({ app }) => ({ id: app, name: text(workspace.apps.get(app)!.name) })),
      others: 0,
      moreRows: 0,
      isDefault: isDefaultApp(id),
      hasWhitelisted,
      rows: alike.map(([own, alikeRows]) => {
        const first = alikeRows[0]!.region;
        const coverage = coverageOf(workspace, miniapp, id, first);
        return {
          regions: alikeRows.map(({ region }) => ({ id: region, label: text(regions[region]) || region })),
          isEverywhere: alike.length === 1,
          cells: own.map((answer) => ({
            ...answer,
            id: cellId(id, first, answer.audience, answer.entry),
            coverage,
          })),
        };
      }),
    };
  });
  return {
    blocks: bounded(blocks.toSorted((a, b) => placeOf(a) - placeOf(b))),
    apps: answers.length,
    isPanel: miniapp.basics.type === 'panel',
    hasWhitelisted: blocks.some(({ hasWhitelisted }) => hasWhitelisted),
    hasRollout: miniapp.release.rollout !== undefined,
  };
}

/** The default app first, and what opens before what does not. */
const placeOf = ({ isDefault, rows }: AppBlock): number =>
  isDefault ? 0 : rows.some(({ cells }) => cells.some(({ outcome }) => outcome === 'opens')) ? 1 : 2;

/** The first blocks, with at most LISTED rows and as many names of apps, one or more for each of them; of the very first the rows may be cut. */
export function bounded(blocks: readonly AppBlock[]): AppBlock[] {
  let rows = 0;
  const shown = blocks.flatMap((block, at) => {
    rows += block.rows.length;
    if (rows <= LISTED) return [block];
    return at === 0 ? [{ ...block, rows: block.rows.slice(0, LISTED), moreRows: block.rows.length - LISTED }] : [];
  });
  let more = LISTED - shown.length;
  return shown.map((block) => {
    const apps = block.apps.slice(0, 1 + more);
    more -= apps.length - 1;
    return { ...block, apps, others: block.apps.length - apps.length };
  });
}

/** The apps that the table names, by id. */
export const namedApps = ({ blocks }: ResolutionView): ReadonlySet<string> =>
  new Set(blocks.flatMap(({ apps }) => apps.map(({ id }) => id)));
