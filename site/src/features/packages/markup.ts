/** Whether the bytes of a version are kept, and what comes and goes against the version before. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup } from '../../lib/markup.ts';
import type { BytesView } from './view-model.ts';

/** The line that a version's card shows at once. */
export function keptMarkup(language: Language, { status }: BytesView): Markup {
  const { bytes } = words[language].versions;
  return markup`<p class="kept" data-bytes="${status}">${bytes[status]}</p>`;
}

/** What changed, where there is something to compare with. */
export function comparedMarkup(language: Language, { compared }: BytesView): Markup | false {
  if (!compared) return false;
  const { bytes } = words[language].versions;
  const { files, counts, left, before, after, isSame } = compared;
  const sentence = isSame
    ? fill(bytes.same, { version: compared.with })
    : fill(bytes.compared, { version: compared.with, ...counts });
  const rows = files.map(
    (file) => markup`<tr class="${file.kind}">
            <td><code class="break">${file.path}</code></td><td class="number">${file.before}</td><td class="number">${file.after}</td>
          </tr>`,
  );
  return markup`<details class="bytes">
        <summary>${sentence}</summary>
        <p class="quiet">${fill(bytes.size, { before, after })}</p>
        ${
          files.length > 0 &&
          markup`<table>
          <thead><tr><th scope="col">${bytes.file}</th><th scope="col">${bytes.before}</th><th scope="col">${bytes.after}</th></tr></thead>
          <tbody>${rows}</tbody>
        </table>`
        }
        ${left > 0 && markup`<p class="quiet">${fill(bytes.more, { count: left })}</p>`}
      </details>`;
}
