/** Sentences with their arguments put in. Apart from the catalogue, so that a host's answers need no more of it than they say. */
export type Args = Readonly<Record<string, string | number>>;

/** The sentence with its arguments put in; an argument that is not given stays in braces. */
export function fill(sentence: string, args: Args): string {
  const parts = partsOf(sentence);
  let text = parts[0]!;
  for (let index = 1; index < parts.length; index += 2) {
    const name = parts[index]!;
    text += `${Object.hasOwn(args, name) ? args[name] : `{${name}}`}${parts[index + 1]}`;
  }
  return text;
}

const known = new Map<string, readonly string[]>();
/** More sentences than the catalogues have; what is filled besides them is not kept. */
const KEPT = 4096;

/** A sentence taken apart: text, name, text … A portal fills the same ones a million times. */
function partsOf(sentence: string): readonly string[] {
  let parts = known.get(sentence);
  if (!parts) {
    parts = sentence.split(/\{(\w+)\}/);
    if (known.size < KEPT) known.set(sentence, parts);
  }
  return parts;
}
