/** A plain table that scrolls on its own where it is too wide. */
import { markup, type Markup, type Piece } from './markup.ts';

/** `columns`: the words of the head; `rows`: the `<tr>` of the body. */
export const table = (columns: readonly string[], rows: Piece): Markup => markup`<div class="scroll"><table>
    <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
