/** What a code can be asked for beside its link, without the program that draws it: that is loaded when somebody asks for another code. */

/** How much of a code may be spoilt: 7, 15, 25 or 30 %. */
export const LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type Level = (typeof LEVELS)[number];
/** What a code has that nobody asked otherwise for. */
export const ORDINARY_LEVEL: Level = 'M';

/** As many pixels a module do phones read from a screen. */
export const READABLE = 4;
/** So wide is a code that is not dense (qr.css). */
const ORDINARY_WIDTH = 238;

/** Whether a code of so many modules a side wants more room than others. */
export const isDense = ({ side }: { readonly side: number }): boolean => side * READABLE > ORDINARY_WIDTH;
