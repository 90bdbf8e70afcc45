/**
 * The domain as plain data. Field types come from the schemas; this page says how the files make one whole.
 * A workspace can be partly broken (so that all mistakes are found at once): `broken` names the files that could not be
 * read, and what they would have held is empty. Answers are given only on a workspace without errors.
 */
import type {
  AllowedOrigins,
  App,
  Languages,
  Member,
  MiniappBasics,
  Person,
  Platform,
  Policy,
  Release,
  Report,
  Scenario,
  TraffickingRow,
  Version,
  WhitelistRow,
} from './types.generated.ts';

export type {
  App,
  Languages,
  Member,
  MiniappBasics,
  Person,
  Platform,
  Policy,
  Release,
  Report,
  Scenario,
  TraffickingRow,
  Version,
  WhitelistRow,
};

/** What a miniapp may call: origins per kind of call and region, and cloud APIs. */
export interface Domains extends AllowedOrigins {
  readonly cloud?: readonly string[];
}

/** What the avatar file turned out to be; `fault` when it is no image that may be shown. */
export interface Avatar {
  readonly file: string;
  readonly bytes: number;
  readonly format?: 'png' | 'jpg' | 'webp' | 'svg';
  readonly width?: number;
  readonly height?: number;
  readonly active?: string;
}

export interface Miniapp {
  readonly id: string;
  readonly basics: MiniappBasics;
  readonly avatar?: Avatar;
  readonly release: Release;
  readonly versions: ReadonlyMap<string, Version>;
  readonly trafficking: readonly TraffickingRow[];
  readonly whitelist: readonly WhitelistRow[];
  readonly members: readonly Member[];
  readonly domains: Domains;
  readonly scenarios: readonly Scenario[];
  readonly strings: Languages['strings'];
  readonly reports: ReadonlyMap<string, Report>;
}

export interface Workspace {
  readonly platform: Platform;
  readonly policy: Policy;
  readonly apps: ReadonlyMap<string, App>;
  readonly people: ReadonlyMap<string, Person>;
  readonly miniapps: ReadonlyMap<string, Miniapp>;
  /** Every file that was listed, read or not. */
  readonly files: ReadonlySet<string>;
  /** Files that are there but could not be read. */
  readonly broken: ReadonlySet<string>;
  /** Only some of the miniapps were read: what none of these holds may be in another. */
  readonly isPartial?: true;
}

export type Stage = 'online' | 'superseded' | 'review' | 'development';
export const ENTRIES = ['link', 'experience'] as const;
export type Entry = (typeof ENTRIES)[number];
