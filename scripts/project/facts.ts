/** What a version file records of a project: nothing but what follows from the bytes of its package. */
import { defined } from '../core/defined.ts';
import type { Version } from '../core/model.ts';
import { WAYS, type LocatedUses } from './code/use.ts';
import type { Project } from './read-project.ts';

export type Facts = Pick<Version, 'package' | 'baseLibrary' | 'kits' | 'pages' | 'origins' | 'apis' | 'analysis'>;

/**
 * The version of the reader that derives the record. Raise it with every change of what is derived (pages, origins, APIs, which files belong
 * to the package) that a release brings: new versions must then be read by the new reader, and records of older readers give warnings
 * at most. It is 1 as long as no release has one: records of releases before name no reader, and give warnings at most too.
 */
export const READER = 1;

/** Derives the record of a version file from a project: the same package always gives the same record. Pure. */
export function factsOf(project: Project): Facts {
  const { package: made, pages, baseLibrary, kits, origins, apis, packaged } = project;
  return {
    package: { ...made, reader: READER },
    ...defined({
      baseLibrary,
      kits: Object.keys(kits).length > 0 ? kits : undefined,
      pages: pages.length > 0 ? [...pages] : undefined,
    }),
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
