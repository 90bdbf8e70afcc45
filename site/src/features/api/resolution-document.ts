/** The API's document of what a miniapp opens where: every cell, why it is so, and the links that lead there. */
import { defined } from '#core/defined.ts';
import { ENTRIES } from '#core/model.ts';
import type { AppAnswers, CellAnswer } from '#core/resolution/resolution-table.ts';
import { traceText } from '#core/resolution/resolution-text.ts';
import { linkFor } from '#core/resolution/miniapp-link.ts';
import { codeVersion, type Resolution } from '#core/resolution/resolve.ts';
import { coverageOf } from '../resolution/coverage.ts';
import type { DecidingFile, FactChange, Reason, Reasons } from '../resolution/reasons.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

type DocumentCell = ReturnType<typeof cellOf>;

/** `resolution.json`: all cells of a miniapp; a reason or link that many share stands once, with the numbers of its cells (from 0). */
export function resolutionDocument(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  table: readonly AppAnswers[],
  reasons: Reasons,
) {
  const cells: DocumentCell[] = [];
  const covered = new Map<Reason, number[]>();
  for (const { app, rows } of table)
    for (const { region, answers } of rows) {
      const coverage = coverageOf(workspace, miniapp, app, region);
      for (const answer of answers) {
        const { audience, entry } = answer;
        const reason = reasons.of({ audience, entry, coverage });
        const own = covered.get(reason);
        if (own) own.push(cells.length);
        else covered.set(reason, [cells.length]);
        cells.push(cellOf(app, region, answer));
      }
    }
  return {
    $schema: '../../schemas/resolution.schema.json',
    cells,
    reasons: [...covered].map(([reason, indexes]) => reasonOf(reason, indexes)),
    links: linksOf(workspace, miniapp),
  };
}

function cellOf(app: string, region: string, answer: CellAnswer) {
  const { audience, entry, outcome } = answer;
  return answer.outcome === 'opens'
    ? { app, region, audience, entry, outcome, version: answer.version }
    : { app, region, audience, entry, outcome, code: answer.code };
}

const reasonOf = ({ resolution, facts }: Reason, cells: readonly number[]) => ({
  ...decided(resolution),
  facts: facts.map(factOf),
  ...defined({
    fix: resolution.outcome === 'opens' ? undefined : resolution.fix.map(({ code, command }) => ({ code, command })),
  }),
  cells,
});

/** The rule that decided, with its sentence; the rule of an error is its code. */
function decided(resolution: Resolution) {
  const step = resolution.trace.findLast(({ applies }) => applies)!;
  return { rule: step.rule, text: { en: traceText(step, 'en'), zh: traceText(step, 'zh') } };
}

const factOf = ({ name, path, version, changes }: DecidingFile) => ({
  name,
  file: path,
  ...defined({ version }),
  changes: changes.flatMap(changeOf),
});

/** Nothing where no change is known. */
const changeOf = ({ record, kind, places }: FactChange) =>
  record === undefined
    ? []
    : {
        commit: record.commit,
        time: new Date(record.time).toISOString(),
        actor: record.actor ?? null,
        ...defined({
          kind,
          places: places === undefined ? undefined : [...places].map(([app, regions]) => ({ app, regions })),
        }),
      };

/** Of a panel they lack the device, which only the app knows. */
function linksOf({ apps, platform }: PublicWorkspace, { id, release }: PublicMiniapp) {
  return [...apps.values()].flatMap(({ id: app, scheme }) =>
    ENTRIES.map((entry) => {
      const version = codeVersion(release, entry);
      return { app, entry, url: linkFor(platform.link, entry, { scheme, miniapp: id, version }) };
    }),
  );
}
