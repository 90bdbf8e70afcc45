/** A table that scrolls on its own where it is too wide. */
import type { ListName } from './list-columns.ts';
import { markup, Markup, type Piece } from './markup.ts';

export interface TableForm {
  /** What it is of, where that is looked for. */
  readonly kind?: 'figures' | undefined;
  /** Which list of the whole platform it is, of which a row becomes a card on a phone. */
  readonly list?: ListName | undefined;
  /** The `<tr>` of the foot. */
  readonly foot?: Piece;
}

/** `columns`: the words of the head; `rows`: the `<tr>` of the body. */
export const table = (columns: readonly string[], rows: Piece, { kind, list, foot }: TableForm = {}): Markup =>
  markup`<div class="${list && 'card '}scroll"><table${list ? new Markup(` class="list ${list}"`) : kind && new Markup(` class="${kind}"`)}>
    <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
    ${foot && markup`<tfoot>${foot}</tfoot>`}
  </table></div>`;
