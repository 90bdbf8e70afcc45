/** The query of a page as `application/x-www-form-urlencoded` (WHATWG URL, 5.1), for engines that know no addresses. */

/** The pairs of a query without its question mark; of a name that comes twice the last. */
export function queryIn(text: string): Record<string, string> {
  const pairs = text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    }),
  );
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  return spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = run.slice(1).split('%');
    return textOf(bytes.map((byte) => Number.parseInt(byte, 16)));
  });
}

/** Bytes as UTF-8, what is none of it as the replacement character, as the Encoding standard decodes. */
function textOf(bytes: readonly number[]): string {
  let text = '';
  let [code, needed, lower, upper] = [0, 0, 0x80, 0xbf];
  const start = (byte: number): void => {
    [lower, upper] = [
      byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80,
      byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf,
    ];
    if (byte < 0x80) text += String.fromCodePoint(byte);
    else if (byte >= 0xc2 && byte <= 0xdf) [code, needed] = [byte & 31, 1];
    else if (byte >= 0xe0 && byte <= 0xef) [code, needed] = [byte & 15, 2];
    else if (byte >= 0xf0 && byte <= 0xf4) [code, needed] = [byte & 7, 3];
    else text += '\uFFFD';
  };
  for (const byte of bytes) {
    if (needed === 0) {
      start(byte);
      continue;
    }
    if (byte < lower || byte > upper) {
      needed = 0;
      text += '\uFFFD';
      start(byte);
      continue;
    }
    [lower, upper] = [0x80, 0xbf];
    code = (code << 6) | (byte & 63);
    needed -= 1;
    if (needed === 0) text += String.fromCodePoint(code);
  }
  return needed === 0 ? text : `${text}\uFFFD`;
}
