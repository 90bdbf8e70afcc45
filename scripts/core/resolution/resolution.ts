/** What resolution asks and answers, as data. */
import type { Args, FixCode, OutcomeCode, TraceRule } from '../problems/messages.ts';
import type { RuntimeNeeds, Runtime } from './compatibility.ts';
import type { LinkTemplates } from './miniapp-link.ts';
import type { BytesLack } from '../by-bytes.ts';
import type { BrokenBy, TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Entry, MiniappBasics, Platform, Release, TraffickingRow, WhitelistRow } from '../model.ts';

/** What resolution looks at. A Workspace is one; a portal page carries a smaller one, without accounts. */
export interface ResolutionWorkspace {
  readonly platform: {
    readonly link: LinkTemplates;
    /** By id; without them it is not known which regions there are. */
    readonly regions?: Readonly<Record<string, unknown>>;
    readonly compatibility?: Platform['compatibility'];
  };
  readonly apps: ReadonlyMap<string, ResolutionApp>;
  readonly miniapps: ReadonlyMap<string, ResolutionMiniapp>;
}
export interface ResolutionApp {
  readonly id: string;
  readonly regions: readonly string[];
  readonly scheme: string;
  readonly default?: boolean;
  readonly runtimes?: readonly Runtime[];
}
export interface ResolutionMiniapp {
  readonly id: string;
  readonly basics: Pick<MiniappBasics, 'type' | 'archived'>;
  readonly release: Release;
  readonly trafficking: readonly TraffickingRow[];
  readonly whitelist: readonly WhitelistRow[];
  readonly versions: ReadonlyMap<string, ResolutionVersion>;
  /** Where it is known what was promised: what a cure would break of it. */
  readonly brokenBy?: BrokenBy;
}
export interface ResolutionVersion extends RuntimeNeeds {
  readonly version: string;
  readonly pages?: readonly string[];
  readonly review?: { readonly status: 'pending' | 'approved' | 'rejected' };
  /** Where somebody looked for its bytes, and its next steps are refused for what was found. */
  readonly bytesLack?: BytesLack;
}

export interface Query {
  readonly miniapp: string;
  readonly app: string;
  readonly region: string;
  readonly entry: Entry;
  /** As typed; brought to its canonical form before comparing. */
  readonly account?: string | undefined;
  /** What stands for the account in the files of a platform that keeps digests. */
  readonly accountDigest?: string | undefined;
  /** Says whether the account is whitelisted instead of naming it. */
  readonly whitelisted?: boolean | undefined;
  /** Says whether somebody is in the part of a rollout instead of naming an account. */
  readonly inRollout?: boolean | undefined;
  readonly page?: string | undefined;
  readonly device?: string | undefined;
  /** The version of the app; without it nobody asks what the app can run. */
  readonly appVersion?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A rule that was tried. The last one with `applies` is the answer. */
export interface TraceStep {
  readonly rule: TraceRule;
  readonly applies: boolean;
  readonly args: Args;
  /** Why it does or does not apply, as codes of the catalogue's `reasons`, put in as {delivery} or {reason}. */
  readonly reason?: { readonly code: ReasonCode; readonly args: Args };
}

export type ReasonCode =
  | 'normal-link'
  | 'none-set'
  | 'not-whitelisted'
  | 'expired'
  | 'no-account'
  | 'no-delivery'
  | 'delivered'
  | 'panel-delivered'
  | 'default-app'
  | 'host-lacks'
  | 'not-covered'
  | 'not-in'
  | 'in'
  | 'only-digest';

export interface Fix {
  readonly code: FixCode;
  readonly args: Args;
  readonly command: string;
  /** What it breaks of what was promised; the command changes that too, where it can. */
  readonly breaks?: { readonly by: TransitionKind; readonly names: readonly string[] };
}

export type Channel = 'experience' | 'rollout' | 'online';

export type Resolution =
  | {
      readonly outcome: 'opens';
      readonly version: string;
      readonly channel: Channel;
      readonly url: string;
      readonly trace: readonly TraceStep[];
    }
  | {
      readonly outcome: 'error';
      readonly code: OutcomeCode;
      readonly args: Args;
      readonly fix: readonly Fix[];
      readonly trace: readonly TraceStep[];
    };

/** The version that opens, or the code of the error. */
export const versionOrCode = (answer: { readonly version: string } | { readonly code: OutcomeCode }): string =>
  'version' in answer ? answer.version : answer.code;
