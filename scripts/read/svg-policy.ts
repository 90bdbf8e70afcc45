/**
 * What in an SVG is more than a picture. A browser runs none of it in `<img>`, but does when the file is opened by
 * itself, from the portal's own origin. Every step goes forward through the text once: no pattern here can be made slow.
 */

/** What else than a picture is in an SVG, in words; undefined when it is a picture and nothing else. */
export function activeContent(svg: string): string | undefined {
  try {
    new Scanner(svg.startsWith('\uFEFF') ? svg.slice(1) : svg).scan();
    return undefined;
  } catch (error) {
    if (error instanceof SvgFinding) return error.message;
    throw error;
  }
}

class SvgFinding extends Error {}
const refuse = (what: string): never => {
  throw new SvgFinding(what);
};
const BROKEN = 'markup that is not well-formed XML';

/** Elements that run, load or embed something, whatever their namespace; in lower case. */
const ACTIVE: ReadonlySet<string> = new Set(
  'script foreignobject iframe frame frameset object embed applet portal audio video canvas handler listener meta link base form input button textarea select html body'.split(
    ' ',
  ),
);
const ANIMATIONS: ReadonlySet<string> = new Set([
  'set',
  'animate',
  'animatetransform',
  'animatemotion',
  'animatecolor',
]);
const REFERENCES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'formaction', 'poster', 'srcset', 'ping']);
/** Pictures of dots are inert; an SVG inside an SVG is not looked into. */
const INERT_DATA = /^data:image\/(?:png|jpeg|jpg|gif|webp)[;,]/i;
/** The document types of SVG itself, as drawing programs write them; browsers do not load them. */
const DOCTYPE =
  /<!DOCTYPE svg(?: PUBLIC\s{1,20}"-\/\/W3C\/\/DTD SVG [\w. ]{1,20}\/\/EN"\s{1,20}"http:\/\/www\.w3\.org\/[\w./-]{1,80}\.dtd")?\s{0,20}>/y;
const DECLARATION =
  /<\?xml(?:\s+(?:version|standalone)\s*=\s*["'][\w.]{1,8}["']|\s+encoding\s*=\s*["'](?:utf-?8|us-ascii|iso-8859-1)["'])*\s*\?>/iy;
const ATTRIBUTE = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_NAME = /[^\s=/>"'<]+/y;
const TAG_END = /\s*(\/?)>/y;

class Scanner {
  readonly #text: string;
  readonly #open: string[] = [];
  #position = 0;
  #hasRoot = false;
  /** The style sheet that is being read. */
  #css = '';

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    // oxlint-disable-next-line no-control-regex
    if (/[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/.test(this.#text)) refuse(BROKEN);
    if (this.#text.startsWith('<?xml ')) this.#match(DECLARATION, 'an XML declaration that is not plain UTF-8');
    while (this.#position < this.#text.length) {
      const next = this.#text.indexOf('<', this.#position);
      const end = next === -1 ? this.#text.length : next;
      this.#content(decode(this.#text.slice(this.#position, end)));
      this.#position = end;
      if (next !== -1) this.#markup();
    }
    if (!this.#hasRoot || this.#open.length > 0) refuse(BROKEN);
  }

  #markup(): void {
    const isAt = (mark: string) => this.#text.startsWith(mark, this.#position);
    if (isAt('<!--')) this.#until('-->', 4);
    else if (isAt('<![CDATA[')) {
      const start = this.#position + '<![CDATA['.length;
      this.#until(']]>', '<![CDATA['.length);
      this.#content(this.#text.slice(start, this.#position - ']]>'.length));
    } else if (isAt('<!')) {
      if (this.#hasRoot) refuse('a declaration');
      this.#match(DOCTYPE, 'a document type or entity of its own');
    } else if (isAt('<?xpacket ')) this.#until('?>', 2);
    else if (isAt('<?')) refuse('a processing instruction');
    else if (isAt('</')) this.#endTag();
    else this.#startTag();
  }

  #startTag(): void {
    this.#position += 1;
    const [tag] = this.#match(TAG_NAME, BROKEN);
    const name = localName(tag);
    if (!this.#hasRoot && name !== 'svg') refuse('another root element than svg');
    if (this.#hasRoot && this.#open.length === 0) refuse(BROKEN);
    this.#hasRoot = true;
    if (ACTIVE.has(name)) refuse(`the element ${tag}`);
    for (let found = this.#tryMatch(ATTRIBUTE); found; found = this.#tryMatch(ATTRIBUTE)) {
      const [, attribute = '', double, single] = found;
      checkAttribute(name, attribute, decode(double ?? single ?? ''));
    }
    const [, isEmpty] = this.#match(TAG_END, BROKEN);
    if (isEmpty) return;
    this.#open.push(tag);
    if (name === 'style') this.#css = '';
  }

  #endTag(): void {
    this.#position += 2;
    const [tag] = this.#match(TAG_NAME, BROKEN);
    const [, isEmpty] = this.#match(TAG_END, BROKEN);
    if (isEmpty || this.#open.pop() !== tag) refuse(BROKEN);
    if (localName(tag) === 'style') checkStyle(this.#css);
  }

  /** Text between tags: words, or a style sheet. */
  #content(text: string): void {
    const inside = this.#open.at(-1);
    if (inside === undefined) {
      if (text.trim() !== '') refuse(BROKEN);
    } else if (localName(inside) === 'style') this.#css += text;
  }

  #until(mark: string, from: number): void {
    const end = this.#text.indexOf(mark, this.#position + from);
    if (end === -1) refuse(BROKEN);
    this.#position = end + mark.length;
  }

  #match(pattern: RegExp, otherwise: string): RegExpExecArray {
    return this.#tryMatch(pattern) ?? refuse(otherwise);
  }

  #tryMatch(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text);
    if (found) this.#position = pattern.lastIndex;
    return found;
  }
}

/** A name without its namespace, in lower case: HTML, into which it may be pasted, does not tell the cases apart. */
const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1).toLowerCase();

function checkAttribute(element: string, attribute: string, value: string): void {
  const name = localName(attribute);
  // Browsers pass over white space in the name of a scheme; control characters are refused before.
  const squeezed = value.replace(/[\s\p{Cf}]/gu, '').toLowerCase();
  if (/^on[a-z]/.test(name)) refuse(`the event handler ${attribute}`);
  if (/(?:java|vb|live)script:|data:text\//.test(squeezed)) refuse('a script address');
  if (attribute.toLowerCase() === 'xml:base') refuse('another base for its addresses');
  const isAnimated = name === 'attributename' && ANIMATIONS.has(element);
  if (isAnimated && /^(?:on|href$|src$|style$|base$)/.test(localName(squeezed))) refuse('an animated link or handler');
  if (REFERENCES.has(name)) checkReference(value.trim());
  const isNamespace = attribute === 'xmlns' || attribute.startsWith('xmlns:');
  if (isNamespace && /\/xhtml|xml-events/.test(squeezed)) refuse('elements of another language');
  if (!isNamespace) checkStyle(value);
}

function checkReference(target: string): void {
  const isInside = target === '' || target.startsWith('#') || INERT_DATA.test(target);
  if (!isInside) refuse('a reference to outside');
}

/** CSS may point inside the file alone. */
function checkStyle(css: string): void {
  if (!/[(@:\\]/.test(css)) return;
  const plain = withoutEscapes(css).toLowerCase();
  if (plain.includes('@import')) refuse('a reference to outside');
  if (/(?:image-set|cross-fade|image|src|expression)\(|-moz-binding|(?:^|[\s;{])behavior\s{0,20}:/.test(plain)) {
    refuse('a style that loads or runs something');
  }
  for (let at = plain.indexOf('url('); at !== -1; at = plain.indexOf('url(', at + 4)) {
    let start = at + 4;
    while (start < plain.length && ' \t\r\n\f"\''.includes(plain[start]!)) start += 1;
    const target = plain.slice(start, start + 40);
    checkReference(target.startsWith(')') ? '' : target);
  }
}

/** CSS escapes resolved: `\75 rl(` is `url(`. */
const withoutEscapes = (css: string): string =>
  css.replace(/\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^\n]))/gi, (_, hex: string | undefined, other: string) =>
    hex === undefined ? other : character(Number.parseInt(hex, 16)),
  );

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** Text with its character references resolved; other entities would need a declaration. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,8});|#([0-9]{1,8});|([a-z]{1,8});)?/gi,
    (_, hex?: string, digits?: string, name?: string) => {
      if (hex !== undefined) return xmlCharacter(Number.parseInt(hex, 16));
      if (digits !== undefined) return xmlCharacter(Number.parseInt(digits, 10));
      return NAMED.get(name ?? '') ?? refuse('an entity, or an ampersand that is not escaped');
    },
  );
}

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** Of the control characters XML has three (https://www.w3.org/TR/xml/#charsets). */
const xmlCharacter = (code: number): string =>
  code >= 0x20 || [9, 10, 13].includes(code) ? character(code) : refuse(BROKEN);
