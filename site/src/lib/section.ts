/** What the sections of a miniapp's page take: each names, besides what all know, the parts of what was worked out that it shows. */
import type { Language } from '#core/problems/messages.ts';
import type { EditLinkContext } from './github.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';

export interface SectionFacts {
  readonly workspace: PublicWorkspace;
  readonly miniapp: PublicMiniapp;
  readonly editing: EditLinkContext;
}

/** `Parts`: what the section shows that is worked out once for every language. */
export interface SectionProps<Parts = unknown> {
  readonly language: Language;
  readonly facts: SectionFacts & Parts;
}
