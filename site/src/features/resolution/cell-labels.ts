/**
 * What each answer of the table is the answer to, said above it where a phone has no room for the table's head. By style sheet, one for
 * all pages: the same words in each cell would be a tenth of a page.
 */
import { ENTRIES } from '#core/model.ts';
import { AUDIENCES } from '#core/resolution/resolution-table.ts';
import { languages, words } from '../../i18n/index.ts';

/** Below the portal's address. */
export const CELL_LABELS = 'assets/cell-labels.css';

/** A style sheet with a rule for each kind of cell in each language. */
export const cellLabels = (): string => {
  const rules = languages.flatMap((language) => {
    const { audiences, entries, htmlLang } = words[language];
    return AUDIENCES.flatMap((audience) =>
      ENTRIES.map((entry) => {
        const text = JSON.stringify(`${audiences[audience]} · ${entries[entry]}`);
        return `:lang(${htmlLang}) .resolution td[id$='.${audience}.${entry}']::before{content:${text}}`;
      }),
    );
  });
  return `@media (max-width:45rem){${rules.join('')}}\n`;
};
