/** A scanned link read back: which miniapp, entry, page, device and query it means, by the same templates that make links. */
import type { Entry } from '../model.ts';
import { VENDOR_URL, type LinkTemplates } from './miniapp-link.ts';

export interface ReadLink {
  readonly entry: Entry;
  /** In lower case where the link begins with it; absent where the template names none. */
  readonly scheme?: string;
  readonly miniapp: string;
  /** The version that an experience code was made for. */
  readonly version?: string;
  /** The path alone. */
  readonly page?: string;
  readonly device?: string;
  /** What else stands in the query, as it is written there. */
  readonly query?: string;
}

/** Longer ones hold no code that a phone scans; reading stays linear all the same. */
const LONGEST_LINK = 8192;

/** What a link says, or undefined when no template makes such a link. */
export function readLink(templates: LinkTemplates, link: string): ReadLink | undefined {
  if (link.length > LONGEST_LINK) return undefined;
  const bare = templates.url ?? VENDOR_URL;
  // The experience template is asked first: where both are alike, a version makes the difference. Last the link that none wraps.
  const forms: readonly (readonly [Entry, string])[] = [
    ['experience', templates.experience],
    ['link', templates.link],
    ['link', bare],
  ];
  for (const [entry, template] of forms) {
    const outer = variablesIn(template, link.trim());
    if (!outer) continue;
    const inner = outer['url'] === undefined ? {} : variablesIn(bare, outer['url']);
    const all = inner && { ...outer, ...inner };
    const { miniapp, scheme, version, page, query = '' } = all ?? {};
    // A code that shall name its version and does not is one of the other template.
    const lacksVersion = entry === 'experience' && !version && /\{[^{}]*\bversion\b/.test(templates.experience);
    if (miniapp === undefined || miniapp === '' || lacksVersion) continue;
    const device = new URLSearchParams(query).get('deviceId') ?? undefined;
    const others = query.split('&').filter((pair) => !/^deviceId(?:=|$)/.test(pair));
    const said = { scheme, version, page, device, query: others.join('&') };
    const known = Object.entries(said).filter(([, value]) => value !== undefined && value !== '');
    return { entry, miniapp, ...Object.fromEntries(known) };
  }
  return undefined;
}

/** The page that a link means with the query that it is opened with, as `resolve --page` takes both; undefined for the plain home page. */
export function pageOf({ page = '', query }: ReadLink): string | undefined {
  const whole = query === undefined ? page : `${page}?${query}`;
  return whole === '' ? undefined : whole;
}

type LinkVariables = Partial<Record<string, string>>;

/** The variables of a template in a text that it may have made; undefined when it cannot have. */
function variablesIn(template: string, text: string): LinkVariables | undefined {
  const names: string[] = [];
  const pattern = lowerScheme(template)
    .split(/(\{[^{}]*\})/)
    .map((part) => (part.startsWith('{') ? expression(part.slice(1, -1), names) : literal(part)))
    .join('');
  const found = new RegExp(`^${pattern}$`, 's').exec(lowerScheme(text));
  if (!found) return undefined;
  const variables: LinkVariables = {};
  for (const [i, name] of names.entries()) {
    const value = found[i + 1];
    if (value !== undefined) variables[name] ??= name === 'query' ? value : decoded(value);
  }
  return variables;
}

/** With the scheme in lower case, as RFC 3986 (3.1) has it, whatever case it was written in. */
const lowerScheme = (link: string): string =>
  link.replace(/^[A-Za-z][A-Za-z0-9+.-]*:/, (scheme) => scheme.toLowerCase());

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** What an expression of RFC 6570 expands to, its variables captured in the order of `names`. */
function expression(inner: string, names: string[]): string {
  const [, operator = '', list = ''] = /^([+#./;?&]?)(.*)$/s.exec(inner) ?? [];
  const variables = list.split(',').map((item) => item.replace(/(?:\*|:\d+)$/, ''));
  names.push(...variables);
  const isNamed = operator === '?' || operator === '&' || operator === ';';
  if (isNamed) {
    // `{?query*}` writes its pairs; `{?page}` writes `page=…`.
    const pairs = variables.map((name) => (name === 'query' ? '([^#]*)' : `(?:${name}=([^&#;]*))?`)).join('[&;]?');
    return `(?:[?&;]${pairs})?`;
  }
  // Reserved expansion keeps slashes; any other is percent-encoded.
  const value = operator === '+' || operator === '#' ? '([^?#]*)' : '([^/?#&]*)';
  const start = operator === '' || operator === '+' ? '' : literal(operator);
  return start === '' ? variables.map(() => value).join(',') : `(?:${start}${variables.map(() => value).join(',')})?`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
