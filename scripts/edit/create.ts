/** A new miniapp: its basics, an avatar, and its creator as admin. */
import { pathOf } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import { generatedAvatar } from './avatar.ts';
import { present, fileEdits, type Edited, type EditState } from './edit.ts';

export interface NewMiniapp {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly name: string;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  readonly avatar?: { readonly extension: string; readonly bytes: Uint8Array } | undefined;
  readonly actor: string;
}

/** The files of a new miniapp; the problem `miniapp-id-used` where the id is taken. Its texts are in the platform's first language. */
export function create(given: EditState, { id, type, name, description, category, avatar, actor }: NewMiniapp): Edited {
  const file = pathOf.file(id, 'miniapp');
  const isTaken = given.workspace.miniapps.has(id);
  if (isTaken) return { problems: [problem('miniapp-id-used', { file }, { miniapp: id })] };
  const [language = 'en'] = given.workspace.platform.languages;
  const image = `avatar.${avatar?.extension ?? 'svg'}`;
  const basics = {
    id,
    type,
    name: { [language]: name },
    description: description === undefined ? undefined : { [language]: description },
    avatar: image,
    category,
  };
  return {
    edits: [
      fileEdits(given, file, present(basics)),
      fileEdits(given, pathOf.file(id, 'members'), { members: [{ login: actor, role: 'admin' }] }),
      { path: pathOf.avatar(id, image), before: null, after: avatar?.bytes ?? generatedAvatar(name) },
    ],
  };
}
