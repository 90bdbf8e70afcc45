/** What the next steps of versions are refused for, as far as this clone tells: no store is asked over a network. */
import { defined } from '../core/defined.ts';
import { judgesByBytes, type BytesLack } from '../core/by-bytes.ts';
import type { Miniapp, Workspace } from '../core/model.ts';
import { olderIn } from '../evaluate/older-than-packages.ts';
import { isInRepository } from '../git/process/location.ts';
import { isRequiring, lackOf, statusesOf, versionsOf } from '../packages/status.ts';
import { keyOf } from '../packages/version-id.ts';
import type { Io } from '../cli/frame/command.ts';
import { packageStores } from '../cli/config/package-stores.ts';
import type { ShownMiniapp } from './bytes-lack-text.ts';

/**
 * Miniapps, and what is known of their versions' bytes where the platform judges by them. `path`: the configuration's folder. Throws
 * EnvironmentError when Git fails here.
 */
export async function withBytesLacks(
  { platform }: Pick<Workspace, 'platform'>,
  miniapps: readonly Miniapp[],
  path: string,
  io: Io,
): Promise<ShownMiniapp[]> {
  if (!judgesByBytes(platform) || miniapps.length === 0 || !isInRepository(path)) return [...miniapps];
  const stores = packageStores(path, platform, io);
  try {
    const { packages } = await statusesOf(versionsOf(miniapps), { here: stores.here }, { isProven: false });
    const isRequired = isRequiring(platform);
    // Where this clone is all that there is, looking here is asking.
    const scope = { isKnown: stores.store === undefined, isRequired, isOlder: isRequired ? olderIn(path) : () => true };
    const lacks = new Map(packages.map((one) => [keyOf(one), lackOf(one, scope)]));
    return miniapps.map((miniapp) =>
      withLacks(miniapp, (version) => lacks.get(keyOf({ miniapp: miniapp.id, version }))),
    );
  } finally {
    stores.close();
  }
}

const withLacks = (miniapp: Miniapp, lackIn: (version: string) => BytesLack | undefined): ShownMiniapp => ({
  ...miniapp,
  versions: new Map(
    [...miniapp.versions].map(([number, version]) => [
      number,
      { ...version, ...defined({ bytesLack: lackIn(number) }) },
    ]),
  ),
});
