/** The avatar of a miniapp. A drawing holds text, too, in which accounts are masked as everywhere. */
import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { configFile, miniappOf, ownMiniapps, redact } from '../../../data.ts';
import { avatarEnding } from '../../../features/list/view-model.ts';
import { answering, type Body, type Params } from '../../../miniapp-file.ts';

const TYPES: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

export const getStaticPaths = () =>
  ownMiniapps.flatMap((miniapp) =>
    miniapp.avatar ? [{ params: { id: miniapp.id, ending: avatarEnding(miniapp) } }] : [],
  );

/** What stands in the file that is asked for. */
export const body = ({ id, ending }: Params): Body => {
  const bytes = readFileSync(configFile(miniappOf(id).avatar!.file));
  if (ending !== 'svg') return bytes;
  const drawn = bytes.toString();
  const shown = redact.name(drawn);
  return shown === drawn ? bytes : shown;
};

export const GET: APIRoute = (context) => answering(body, TYPES[context.params['ending']!]!)(context);
