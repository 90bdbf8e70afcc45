/** What the QR configurator answers to what is filled in. Pure. */
import type { Entry } from '#core/model.ts';
import { linkFor, splitPage } from '#core/resolution/miniapp-link.ts';
import { codeVersion, decide, isDelivered } from '#core/resolution/resolve.ts';
import { resolutionWorld, type PageWorld } from '../miniapp/world.ts';

export interface QrInput {
  readonly entry: Entry;
  readonly app: string;
  readonly page: string;
  readonly device: string;
  readonly group: string;
  /** One key=value a line. */
  readonly query: string;
}

export type QrNote = 'opensExperience' | 'opensOnline' | 'experienceUnset' | 'nothing' | 'pageUnlisted' | 'unfit';

export type QrAnswer =
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'link';
      readonly link: string;
      readonly notes: readonly {
        readonly note: QrNote;
        readonly version: string;
        /** Versions of the app. */
        readonly appVersions?: string;
      }[];
    };

export function qrAnswer(world: PageWorld, input: QrInput): QrAnswer {
  const { link: templates, apps, miniapp } = world;
  const { entry } = input;
  const device = input.device.trim();
  if (miniapp.type === 'panel' && entry === 'experience' && device === '') return { kind: 'refused' };
  const app = apps.find(({ id }) => id === input.app);
  const version = codeVersion(miniapp.release, entry);
  const link = linkFor(templates, entry, {
    scheme: app?.scheme ?? '',
    miniapp: miniapp.id,
    version,
    page: input.page.trim(),
    device,
    group: input.group.trim(),
    query: queryPairs(input.query),
  });
  return { kind: 'link', link, notes: [...notesOf(miniapp, input, version), ...unfit(world, input, version)] };
}

function notesOf(miniapp: PageWorld['miniapp'], { entry, page }: QrInput, version: string | undefined) {
  if (version === undefined) return [{ note: 'nothing' as const, version: '' }];
  const isExperience = entry === 'experience' && miniapp.release.experience !== undefined;
  const opens = isExperience ? 'opensExperience' : entry === 'experience' ? 'experienceUnset' : 'opensOnline';
  const pages = miniapp.versions.find((one) => one.version === version)?.pages ?? [];
  const path = splitPage(page.trim()).path;
  const isUnlisted = path !== '' && pages.length > 0 && !pages.includes(path);
  return [{ note: opens, version } as const, ...(isUnlisted ? [{ note: 'pageUnlisted', version } as const] : [])];
}

/** In which versions of the app a code opens nothing, where the app says what its versions can run. */
function unfit(world: PageWorld, { app: id, entry }: QrInput, version: string | undefined) {
  const own = resolutionWorld(world);
  const miniapp = world.miniapp.id;
  const { runtimes, regions } = own.apps.get(id) ?? {};
  const region = regions?.find((one) => isDelivered(own.miniapps.get(miniapp)!, id, one)) ?? regions?.[0];
  if (!runtimes || region === undefined || version === undefined) return [];
  const appVersions = runtimes.flatMap(({ appVersion }) => {
    const query = { miniapp, app: id, region, entry, whitelisted: true, appVersion } as const;
    const found = decide(own, { ...query, inRollout: false, device: 'any', now: world.now });
    return 'code' in found && found.code === 'host-incompatible' ? [appVersion] : [];
  });
  return appVersions.length === 0 ? [] : [{ note: 'unfit', version, appVersions: appVersions.join(', ') } as const];
}

/** The pairs of the lines that hold any; a line without = is a key with an empty value. */
export function queryPairs(lines: string): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const line of lines.split('\n')) {
    const [key = '', value = ''] = line.split(/=(.*)/s);
    if (key.trim() !== '') pairs.push([key.trim(), value.trim()]);
  }
  return Object.fromEntries(pairs);
}
