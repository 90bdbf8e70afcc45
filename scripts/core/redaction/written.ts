/** The accounts that lines of whitelist and scenario files name, whether or not the files are valid: for what Git and refused changes hold. */
import { canonicalAccount } from '../identity/account.ts';

const ROW = /\baccount["']?\s{0,8}:\s{0,8}([^\s].*)?/g;
const EMAIL = /[^\s"'<>,;:[\]{}()@]{1,64}@[a-z0-9][a-z0-9.-]{0,253}/gi;
const PHONE = /\+[1-9][0-9]{6,14}(?![0-9])/g;
/** The schema's lengths and characters of an account. */
const ACCOUNT = /^[^\s"<>,;:[\]()\\]{1,254}$/;

/** Each account once, in canonical form. Comments count too: what stands there is no less private. */
export function accountsWrittenIn(lines: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const add = (value: string | undefined) => {
    if (value !== undefined && ACCOUNT.test(value)) found.add(canonicalAccount(value));
  };
  let isNext = false;
  for (const line of lines) {
    if (isNext) add(scalar(line.trim()));
    isNext = false;
    for (const { 1: rest } of line.matchAll(ROW)) {
      isNext = rest === undefined || /^[>|][-+0-9]{0,2}(?:\s|$)|^#/.test(rest);
      if (isNext || rest === undefined) continue;
      add(scalar(rest));
      // In a flow map a comma or a bracket ends what block style goes on with.
      add(/^[^,\]}\s"']+/.exec(rest)?.[0]);
    }
    for (const { 0: email } of line.matchAll(EMAIL)) add(email.replace(/\.$/, ''));
    for (const { 0: phone } of line.matchAll(PHONE)) add(phone);
  }
  return found;
}

/** A scalar of YAML at the beginning of a text. */
function scalar(text: string): string | undefined {
  const [, double] = /^"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  if (double !== undefined) return unescaped(double);
  const [, single] = /^'((?:[^']|'')*)'/.exec(text) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  return text.replace(/\s#.*$/s, '').trim();
}

const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi, (_, byte, unit, other) =>
    byte === undefined && unit === undefined ? other : String.fromCharCode(Number.parseInt(byte ?? unit, 16)),
  );
