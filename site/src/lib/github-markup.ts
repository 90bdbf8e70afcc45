/** Links into GitHub; nothing where the platform names no repository. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';
import { commitLink, editLink, pullLink, short, type EditLinkContext, type GithubPlace } from './github.ts';
import { escape, markup, Markup } from './markup.ts';

/** A link that opens a file of the configuration in GitHub's editor, as small as it can be. */
export function editLinkMarkup(
  language: Language,
  { github, files }: EditLinkContext,
  path: string,
): Markup | undefined {
  if (!github) return undefined;
  const { site } = words[language];
  const file = path.slice(path.lastIndexOf('/') + 1);
  const title = fill(site.editTitle, { file });
  return markup`<a class="edit" href="${editLink(github, path, files)}" title="${title}" aria-label="${title}">${site.edit}</a>`;
}

/** A file of the configuration by its name, as a link to its editor where there is one. `path`: below the configuration's folder. */
export function fileLinkMarkup(language: Language, { github, files }: EditLinkContext, path: string): Markup {
  const name = markup`<code>${path.slice(path.lastIndexOf('/') + 1)}</code>`;
  if (!github) return name;
  const title = fill(words[language].site.editTitle, { file: path });
  return markup`<a href="${editLink(github, path, files)}" title="${title}">${name}</a>`;
}

/** The short id of a commit, as a link where there is one; its whole id beside it unless `isBrief`. */
export const commitMarkup = (
  language: Language,
  github: GithubPlace | undefined,
  commit: string,
  isBrief = false,
): Markup => {
  const title = fill(words[language].history.commit, { commit });
  const told = !isBrief && new Markup(` title="${escape(title)}"`);
  return github
    ? markup`<a class="ref" href="${commitLink(github, commit)}"${told}><code>${short(commit)}</code></a>`
    : markup`<code class="ref"${told}>${short(commit)}</code>`;
};

/** The number of a pull request, as a link where there is one. */
export const pullMarkup = (github: GithubPlace | undefined, number: number): Markup =>
  github
    ? markup`<a class="ref" href="${pullLink(github, number)}">#${number}</a>`
    : markup`<span class="ref">#${number}</span>`;
