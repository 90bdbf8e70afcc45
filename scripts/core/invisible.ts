/** A pattern with classes of Unicode takes a millisecond to make: most texts need none. */
let invisible: RegExp | undefined;

/**
 * The text with something in the place of characters that show nothing, move the cursor, or reorder what stands around them: controls, formats (among them U+061C, overrides and
 * isolates of direction, zero-width characters, and the tags U+E0000 to U+E007F that spell hidden words), separators of lines, halves
 * of surrogates, and whatever else Unicode lets a font leave out. The variation selectors of emoji and of Chinese characters stay.
 */
export function replaceInvisible(text: string, by: (character: string) => string): string {
  if (!/[^ -~\u4E00-\u9FFF]/.test(text)) return text;
  invisible ??=
    /(?![\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
  return text.replace(invisible, by);
}
