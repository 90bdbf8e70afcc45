/** What a version's page says of its bytes. */
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { size } from '../../lib/text.ts';

export interface BytesView {
  readonly status: NonNullable<PortalPackage['status']>;
  readonly compared?: {
    readonly with: string;
    readonly counts: { readonly added: number; readonly removed: number; readonly changed: number };
    readonly isSame: boolean;
    readonly before: string;
    readonly after: string;
    readonly files: readonly {
      readonly path: string;
      readonly kind: 'added' | 'removed' | 'changed';
      readonly before: string;
      readonly after: string;
    }[];
    /** Files that are not named. */
    readonly left: number;
  };
}

const NOTHING = '–';

/** Sizes as texts; `compared` where the bytes of an earlier version are kept as well. */
export function bytesView({ status, compared }: PortalPackage & Pick<BytesView, 'status'>): BytesView {
  if (!compared) return { status };
  const { with: before, bytes, added, removed, changed, files } = compared;
  const sizeOf = (count: number | undefined) => (count === undefined ? NOTHING : size(count));
  const kindOf = (file: (typeof files)[number]) =>
    file.before === undefined ? 'added' : file.after === undefined ? 'removed' : 'changed';
  return {
    status,
    compared: {
      with: before,
      counts: { added, removed, changed },
      isSame: added + removed + changed === 0,
      before: size(bytes.before),
      after: size(bytes.after),
      files: files.map((file) => ({
        path: file.path,
        kind: kindOf(file),
        before: sizeOf(file.before),
        after: sizeOf(file.after),
      })),
      left: added + removed + changed - files.length,
    },
  };
}
