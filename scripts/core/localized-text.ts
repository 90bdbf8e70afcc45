/** Texts per language. */

/** The text in the first of the languages that it has, else in any; a plain text is the same in every language. */
export function textIn(value: string | Readonly<Record<string, string>>, languages: readonly string[]): string {
  if (typeof value === 'string') return value;
  const language = languages.find((candidate) => Object.hasOwn(value, candidate));
  return (language === undefined ? Object.values(value)[0] : value[language]) ?? '';
}
