/** What a version lacks of its bytes, in a line of a terminal. */
import type { BytesLack } from '../core/by-bytes.ts';
import type { Miniapp } from '../core/model.ts';
import { toolCommand } from '../core/tool-command.ts';
import { bytesLackOf, type StagedMiniapp, type StagedVersion } from '../core/lifecycle/lifecycle.ts';

/** A miniapp, and what is known of its versions' bytes. */
export type ShownMiniapp = Omit<Miniapp, 'versions'> & StagedMiniapp;

/** Why a version takes no step that rests on its bytes, or might take none; nothing where it may. */
export function bytesLackText(miniapp: StagedMiniapp, version: StagedVersion): string | undefined {
  const lack = bytesLackOf(miniapp, version);
  return lack === undefined ? undefined : TEXTS[lack](miniapp.id);
}

const TEXTS: Readonly<Record<BytesLack, (id: string) => string>> = {
  missing: () => 'no bytes of it are kept, without which it is not reviewed or published: bring them first',
  differs: () =>
    'what is kept is not what its file records, so it is not reviewed or published: bring its own bytes first',
  unrecorded: () =>
    'its file records no package, without which it is not reviewed or published: upload it under a higher number',
  unasked: (id) =>
    `without bytes in the store it is not reviewed or published: ${toolCommand(`package list ${id}`)} asks`,
};
