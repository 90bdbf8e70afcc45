/** Counts that scripts say, written as the page itself writes them. */

/** A count with the separators of the page's language, or of the one that is given as a tag. */
export const counted = (figure: number, tag = document.documentElement.lang): string => figure.toLocaleString(tag);
