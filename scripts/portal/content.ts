/** What the portal command passes to the pages: one type, written by one and read by the other through a pipe. */
import type { Readable } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import type { Timeline } from '../core/history/timeline.ts';
import type { PortalPackage } from '../core/hosts/portal-package.ts';
import type { Workspace } from '../core/model.ts';
import type { Language, ProblemCode } from '../core/problems/messages.ts';

/** A warning of the configuration, and where it stands. */
export interface PortalWarning {
  readonly code: ProblemCode;
  /** Inside the configuration. */
  readonly file: string;
  readonly line: number;
  /** In words; in a language that is absent the catalogue has its title. */
  readonly messages: { readonly en: string } & { readonly [language in Language]?: string };
}

/** What the pages are made of. */
export interface PortalContent {
  readonly workspace: Workspace;
  /** When each version under review was submitted, by `<miniapp> <version>`, in milliseconds since 1970; as far as is known. */
  readonly submitted: ReadonlyMap<string, number>;
  /** Accounts that were on a whitelist once, where there is Git: known, so that no text names them, and written nowhere. */
  readonly former?: ReadonlySet<string>;
  /** What Git tells of it, where there is Git. */
  readonly story?: Timeline;
  /** GitHub's address where that is another than github.com, without a slash at its end. */
  readonly server?: string;
  /** The zips of packages that are put into the portal, by `<miniapp> <version>`: where each is, and what. */
  readonly archives?: ReadonlyMap<string, { readonly url: string; readonly sha256: string; readonly bytes: number }>;
  /** Of the bytes of versions, by `<miniapp> <version>`, as far as they were looked for. */
  readonly packages?: ReadonlyMap<string, PortalPackage>;
  /** What `validate` warns of. */
  readonly warnings?: readonly PortalWarning[];
  /** Of the files that it was read from. */
  readonly digest?: string;
}

/** The content as bytes: V8's own form, which keeps maps, sets and what is shared. Both ends are this Node. */
export const contentBytes = (content: PortalContent): Buffer => serialize(content);

/** The content that `contentBytes` made, read to the end of the stream. */
export async function readContent(stream: Readable): Promise<PortalContent> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return deserialize(Buffer.concat(chunks)) as PortalContent;
}
