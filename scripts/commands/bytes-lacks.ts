/** What the next steps of a miniapp's versions are refused for, as far as this clone tells: no store is asked over a network. */
import { judgesByBytes, type BytesLack } from '../core/by-bytes.ts';
import type { Miniapp, Workspace } from '../core/model.ts';
import { olderIn } from '../evaluate/with-packages.ts';
import { isInRepository } from '../git/process/location.ts';
import { isRequiring, lackOf, statusesOf, versionsOf } from '../packages/status.ts';
import type { Io } from '../cli/frame/command.ts';
import { packageStores } from '../cli/config/package-stores.ts';

/** By the versions of the miniapp that lack something. `path`: the configuration's folder. Throws EnvironmentError when Git fails here. */
export async function bytesLacks(
  { platform }: Workspace,
  miniapp: Miniapp,
  path: string,
  io: Io,
): Promise<ReadonlyMap<string, BytesLack>> {
  if (!judgesByBytes(platform) || !isInRepository(path)) return new Map();
  const stores = packageStores(path, platform, io);
  try {
    const { packages } = await statusesOf(versionsOf([miniapp]), { here: stores.here }, { isProven: false });
    const isRequired = isRequiring(platform);
    // Where this clone is all that there is, looking here is asking.
    const scope = { isKnown: stores.store === undefined, isRequired, isOlder: isRequired ? olderIn(path) : () => true };
    return new Map(
      packages.flatMap((one) => {
        const lack = lackOf(one, scope);
        return lack === undefined ? [] : [[one.version, lack] as const];
      }),
    );
  } finally {
    stores.close();
  }
}
