/** What a registry asks for when it answers 401: RFC 9110, 11.6.1, and the token services of the distribution's authentication. */

export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = String.raw`[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`;
/** A parameter with its value in quotes or bare, or the name of a scheme. */
const PART = new RegExp(String.raw`(${TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|(${TOKEN})(?=[\s,]|$)`, 'g');

/** The challenges of a header, several in one as `fetch` joins them. */
export function challengesIn(header: string): Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of header.matchAll(PART)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: {} });
    else if (name !== undefined)
      (found.at(-1) ?? { parameters: {} as Record<string, string> }).parameters[name.toLowerCase()] ??=
        quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
  }
  return found;
}
