/** What the code of a version calls, against what its miniapp may call, as Markdown. */
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { textIn } from '../../core/localized-text.ts';
import { kindsAllowed } from '../../core/resolution/requests.ts';
import { code, plain } from '../../report/markdown.ts';
import { cell, count, MAX_NAMES } from './names.ts';

/** Each origin that was found in the code, and the regions where domains.yaml lets nothing call it. */
export function originsTable({ platform }: Workspace, { domains }: Miniapp, { origins: found = [] }: Version): string {
  if (found.length === 0) return 'None was found.';
  const regions = Object.keys(platform.regions);
  const names = (ids: readonly string[]) =>
    ids.length === regions.length && ids.length > 1
      ? 'every region'
      : ids.map((id) => plain(textIn(platform.regions[id] ?? id, platform.languages))).join(', ');
  const rows = found.map((origin) => {
    const kindsIn = (region: string) => kindsAllowed(domains, region, origin);
    const missing = regions.filter((region) => kindsIn(region).length === 0);
    const byKinds = Map.groupBy(
      regions.filter((region) => kindsIn(region).length > 0),
      (region) => kindsIn(region).join(', '),
    );
    const allowed = [...byKinds].map(([kinds, ids]) => `${kinds} in ${names(ids)}`).join('; ');
    return { origin, allowed, missing, isNowhere: missing.length === regions.length };
  });
  const nowhere = rows.filter(({ isNowhere }) => isNowhere).length;
  const sorted = rows.toSorted((a, b) => b.missing.length - a.missing.length);
  const lines = sorted
    .slice(0, MAX_NAMES)
    .map(
      ({ origin, allowed, missing }) =>
        `| ${code(cell(origin))} | ${allowed || 'nowhere'} | ${names(missing) || '-'} |`,
    );
  const left = rows.length - lines.length;
  const more = left > 0 ? [`| … | and ${left} more | |`] : [];
  const warning = nowhere > 0 ? `**${count(nowhere, 'origin')} of ${rows.length} may be called nowhere.**\n\n` : '';
  return `${warning}| origin | allowed by domains.yaml | not allowed in |\n| --- | --- | --- |\n${[...lines, ...more].join('\n')}`;
}
