/** Servers and cloud APIs that a miniapp may call. */
import type { Language } from '#core/problems/messages.ts';
import { LISTED } from '../../lib/pages.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

const NETWORK_KINDS = ['request', 'upload', 'download', 'static'] as const;

export interface Network {
  readonly groups: readonly {
    readonly kind: (typeof NETWORK_KINDS)[number];
    readonly rows: readonly { readonly region: string; readonly origins: readonly string[] }[];
  }[];
  readonly cloud: readonly string[];
}

/** The kinds that have origins, each with its regions by name, and the cloud APIs. */
export function network(workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): Network {
  const { languages, regions } = workspace.platform;
  const groups = NETWORK_KINDS.map((kind) => ({
    kind,
    rows: Object.entries(miniapp.domains[kind] ?? {})
      .filter(([, origins]) => origins.length > 0)
      .map(([region, origins]) => ({ region: localized(regions[region], language, languages) || region, origins })),
  }));
  return { groups: groups.filter(({ rows }) => rows.length > 0), cloud: miniapp.domains.cloud ?? [] };
}

type Groups = Network['groups'];

/** The number of origins, counted for each kind of call and region. */
export const countOf = (groups: Groups): number =>
  groups.reduce((sum, { rows }) => rows.reduce((own, { origins }) => own + origins.length, sum), 0);

/** The groups, cut after `LISTED` origins in all. */
export function firstOrigins(groups: Groups): Groups {
  let left = LISTED;
  const first = groups.map(({ kind, rows }) => {
    const shown = rows.map(({ region, origins }) => {
      const own = origins.slice(0, left);
      left -= own.length;
      return { region, origins: own };
    });
    return { kind, rows: shown.filter(({ origins }) => origins.length > 0) };
  });
  return first.filter(({ rows }) => rows.length > 0);
}
