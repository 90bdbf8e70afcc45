/** A miniapp as rows of other pages name it. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { avatarPath } from './view-model.ts';

export interface MiniappRef {
  readonly id: string;
  readonly name: string;
  readonly type: 'smart' | 'panel';
  readonly avatar?: string;
}

/** Its id, name in one language, type and picture. */
export const refOf = (workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): MiniappRef => ({
  id: miniapp.id,
  name: localized(miniapp.basics.name, language, workspace.platform.languages),
  type: miniapp.basics.type,
  ...defined({ avatar: miniapp.avatar ? avatarPath(miniapp) : undefined }),
});
