/**
 * The rules that a resolution rests on, and the files that it looks at. Apart from `index.ts`, so that one question does not
 * load what only a whole validation needs (the public suffixes, the reports, the people).
 */
import type { FileKind } from '../paths.ts';
import { accountsAreKeptAsAsked } from './accounts-are-kept-as-asked.ts';
import { datesAreReal } from './dates-are-real.ts';
import { deliveryFitsApp } from './delivery-fits-app.ts';
import { linksCanBeFilled } from './links-can-be-filled.ts';
import { oneDefaultApp } from './one-default-app.ts';
import { pathIsIdentity } from './path-is-identity.ts';
import { referencesExist } from './references-exist.ts';
import { releasePointsRight } from './release-points-right.ts';
import { rowsAreUnique } from './rows-are-unique.ts';
import type { Rule } from './rule.ts';

export const resolutionRules: readonly Rule[] = [
  pathIsIdentity,
  referencesExist,
  rowsAreUnique,
  datesAreReal,
  oneDefaultApp,
  linksCanBeFilled,
  releasePointsRight,
  deliveryFitsApp,
  accountsAreKeptAsAsked,
];

export const resolutionKinds: ReadonlySet<FileKind> = new Set<FileKind>([
  'platform',
  'app',
  'miniapp',
  'release',
  'version',
  'trafficking',
  'whitelist',
]);
