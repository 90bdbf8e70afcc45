/** What a version file records of a project: nothing but what follows from the bytes of its package. */
import type { Version } from '../core/model.ts';
import { WAYS, type LocatedUses } from './code/use.ts';
import type { Project } from './read-project.ts';

export type Facts = Pick<Version, 'package' | 'baseLibrary' | 'kits' | 'pages' | 'origins' | 'apis' | 'analysis'>;

/**
 * Which reader finds what is recorded. Whoever changes what a project gives (pages, origins, APIs, which files are its package) counts it
 * up: a version that is new must then be read by the newer one, and what older ones recorded is warned of at most.
 */
export const READER = 1;

export function factsOf(project: Project): Facts {
  const { package: made, pages, baseLibrary, kits, origins, apis, packaged } = project;
  return {
    package: { ...made, reader: READER },
    ...(baseLibrary === undefined ? {} : { baseLibrary }),
    ...(Object.keys(kits).length > 0 ? { kits } : {}),
    ...(pages.length > 0 ? { pages: [...pages] } : {}),
    origins: [...origins],
    apis: [...apis],
    analysis: analysisOf(packaged),
  };
}

/** How addresses were found, and how many calls and elements do not say theirs. */
function analysisOf({ uses, unresolved }: LocatedUses): NonNullable<Version['analysis']> {
  const counts = WAYS.map((way) => [way, uses.filter(({ how }) => how === way).length] as const);
  const shown = unresolved.filter(({ isShown }) => isShown).length;
  return {
    found: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    unknown: unresolved.length - shown,
    shownUnknown: shown,
  };
}
