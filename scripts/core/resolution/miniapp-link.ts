/** Links and what QR codes hold: the platform's RFC 6570 templates, filled. */
import { parseTemplate } from 'url-template';
import { defined } from '../defined.ts';
import type { Entry, Platform } from '../model.ts';
import { queryIn } from './query-string.ts';

export type LinkTemplates = Platform['link'];

export interface LinkInput {
  readonly scheme: string;
  readonly miniapp: string;
  /** The version that the code is for; absent when there is none. */
  readonly version?: string | undefined;
  /** A page path, with or without a leading slash and a query of its own; absent or empty = the home page. */
  readonly page?: string | undefined;
  readonly device?: string | undefined;
  readonly group?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
}

const VARIABLES: ReadonlySet<string> = new Set(['scheme', 'miniapp', 'version', 'page', 'query', 'url']);
/** The vendor's documented form, when platform.yaml has no `url`. */
export const VENDOR_URL = 'godzilla://{miniapp}/{+page}{?query*}';

/** A page as typed, split into its path (no leading slash) and its query. */
export function splitPage(page: string): { path: string; query: Record<string, string> } {
  const [path = '', search = ''] = page.split(/\?(.*)/s);
  return { path: path.replace(/^\/+/, ''), query: queryIn(search) };
}

/** The link of an entry. The device goes into the query as `deviceId`, a group as `groupId`. */
export function linkFor(templates: LinkTemplates, entry: Entry, input: LinkInput): string {
  const { path: page, query: pageQuery } = splitPage(input.page ?? '');
  const query = {
    ...pageQuery,
    ...input.query,
    ...defined({ deviceId: input.device || undefined, groupId: input.group || undefined }),
  };
  const variables = { scheme: input.scheme, miniapp: input.miniapp, version: input.version, page, query };
  const url = fillTemplate(templates.url ?? VENDOR_URL, variables);
  return fillTemplate(templates[entry], { ...variables, url });
}

type TemplateVariables = Parameters<ReturnType<typeof parseTemplate>['expand']>[0];

const fillTemplate = (template: string, variables: Record<string, unknown>): string =>
  parseTemplate(template).expand(variables as TemplateVariables);

/**
 * The scheme that links of an entry begin with, where that is none: `{scheme}:` writes the + of a scheme as %2B, as RFC 6570 has it. Undefined
 * where they begin with the scheme itself, or with something else.
 */
export function escapedScheme(
  { url = VENDOR_URL, ...templates }: LinkTemplates,
  entry: Entry,
  scheme: string,
): string | undefined {
  // A link may be the address of the miniapp as it is.
  const template = templates[entry].replace(/^\{\+url\}/, () => url);
  const [front] = /^\{scheme\}(?=:)/.exec(template) ?? [];
  const written = front && fillTemplate(front, { scheme });
  return written === scheme ? undefined : written;
}

/** What keeps a template from being filled, in words, or undefined. */
export function templateFault(template: string, isInner: boolean): string | undefined {
  const rest = template.replace(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(rest)) return 'has a brace that is not closed';
  for (const [, operator, list] of template.matchAll(/\{([+#./;?&]?)([^{}]*)\}/g)) {
    if (list === '') return `has an empty expression {${operator}}`;
    for (const item of list!.split(',')) {
      const name = /^(\w+)(?:\*|:[1-9][0-9]{0,3})?$/.exec(item)?.[1];
      if (name === undefined) return `has "${item}", which is no variable`;
      if (!VARIABLES.has(name) || (isInner && name === 'url')) return `names the unknown variable "${name}"`;
    }
  }
  return undefined;
}
