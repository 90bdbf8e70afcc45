/** What a version was when it was uploaded. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { versionAnchor } from './anchor.ts';
import type { VersionCard } from './view-model.ts';

/** A list of so many names is not worth a way to another version. */
const SHORT = 5;

export function uploadedMarkup(language: Language, { version, kits, size, change }: VersionCard): Markup {
  const { versions } = words[language];
  const { pages = [], origins = [], apis = [], package: uploaded, baseLibrary, analysis } = version;
  const fact = (name: Piece, values: readonly Piece[]) =>
    markup`<dt>${name}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}`;
  const codes = (kind: 'pages' | 'origins' | 'apis', values: readonly string[]) =>
    values.length > 0 &&
    markup`<dt>${versions[kind]} <span class="count">${values.length}</span></dt>${asBefore(kind, values) || codeLines(values)}`;
  /** A long list that stands with another version already. */
  const asBefore = (kind: 'pages' | 'origins' | 'apis', values: readonly string[]) => {
    if (!change || values.length <= SHORT) return false;
    const { added, removed } = change.lists[kind];
    if (added.length + removed.length > 0) return false;
    const { before } = change;
    return markup`<dd><a href="#${versionAnchor(before)}">${fill(versions.compare.as, { version: before })}</a></dd>`;
  };
  return markup`<dl>
      ${fact(versions.package, [
        uploaded ? fill(versions.size, { size: size!, files: uploaded.files }) : versions.noPackage,
      ])}
      ${uploaded && fact(versions.digest, [markup`<code class="break">${uploaded.sha256}</code>`])}
      ${baseLibrary && fact(versions.baseLibrary, [baseLibrary])}
      ${
        kits.length > 0 &&
        fact(
          versions.kits,
          kits.map(([kit, least]) => `${kit} ${least}`),
        )
      }
      ${codes('pages', pages)}
      ${codes('origins', origins)}
      ${codes('apis', apis)}
      ${analysis && fact(versions.unknownCalls, [analysis.unknown])}
    </dl>`;
}

const lines = new WeakMap<readonly string[], Markup>();

/** The same in every language, so made once for each list. */
function codeLines(values: readonly string[]): Markup {
  let made = lines.get(values);
  if (!made) lines.set(values, (made = markup`<dd class="names">${values.join('\n')}</dd>`));
  return made;
}
