/** A table that scrolls on its own where it is too wide. */
import { markup, Markup, type Piece } from './markup.ts';

export interface TableForm {
  /** What it is of: miniapps, of which a row becomes a card on a phone, or figures. */
  readonly kind?: 'list' | 'figures' | undefined;
  /** The `<tr>` of the foot. */
  readonly foot?: Piece;
}

/** `columns`: the words of the head; `rows`: the `<tr>` of the body. */
export const table = (columns: readonly string[], rows: Piece, { kind, foot }: TableForm = {}): Markup =>
  markup`<div class="${kind === 'list' && 'card '}scroll"><table${kind && new Markup(` class="${kind}"`)}>
    <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
    ${foot && markup`<tfoot>${foot}</tfoot>`}
  </table></div>`;
