/** Texts that people write, which may be a thousand characters: a long one shows its first lines, and all of it on demand. */
import { markup, type Piece } from './markup.ts';

/** As many characters stand there in any case, of which a Chinese one is as wide as two: three lines of a wide page. */
const SHORT = 280;

const isLong = (text: string): boolean =>
  text.length > SHORT || text.replace(/[\u{2E80}-\u{FFEF}\u{20000}-\u{3FFFF}]/gu, '  ').length > SHORT;

/** The text, or where it is long an element that opens; not for a place that holds words alone, such as a paragraph. */
export const clamped = (text: string): Piece =>
  isLong(text) ? markup`<details class="clamped"><summary>${text}</summary></details>` : text;
