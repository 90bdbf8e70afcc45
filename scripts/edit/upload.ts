/** A new version, as it was uploaded. */
import { isEqual } from '../core/transitions/changes.ts';
import type { Miniapp, Version } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import { compareVersions, newestFirst } from '../core/version.ts';
import { present, fileEdits, type Edited, type EditState } from './edit.ts';

/** What an uploaded version is, without its review. */
export type UploadedVersion = Omit<Version, 'review'>;

/** The version's file; with `submit` its review begins too. */
export function upload(given: EditState, miniapp: Miniapp, version: UploadedVersion, submit: boolean): Edited {
  const { version: number, uploadedBy } = version;
  const path = pathOf.version(miniapp.id, number);
  const there = miniapp.versions.get(number);
  if (there && isSame(there, version)) {
    const next = submit && !there.review ? `; npx miniapp submit ${miniapp.id} ${number} submits it` : '';
    return { already: `${number} is uploaded with this content already${next}` };
  }
  const highest = newestFirst(miniapp.versions.keys())[0];
  if (highest !== undefined && compareVersions(number, highest) <= 0) {
    return { problems: [problem('version-not-higher', { file: path }, { version: number, highest })] };
  }
  const review = submit ? { status: 'pending', submittedBy: uploadedBy } : undefined;
  return { edits: [fileEdits(given, path, present({ ...version, review }))] };
}

/** Whether it is the same upload: by the same person, with the same words and content, whenever that was. */
function isSame(there: Version, version: UploadedVersion): boolean {
  const { review: _, ...uploaded } = there;
  return isEqual({ ...uploaded, uploadedAt: '' }, { ...version, uploadedAt: '' });
}
