/** Servers and cloud APIs that a miniapp may call. */
import type { Language } from '#core/problems/messages.ts';
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
