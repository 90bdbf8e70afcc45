/** The addresses that a script calls or loads: by the vendor's API, by `fetch` and its like, and as sources of what it shows. */
import type { Evaluator } from './evaluate.ts';
import { nameOf } from './read-script.ts';
import type { Placed, Script } from './scope.ts';
import { LIMITS } from '../limits.ts';
import { addressesOf } from './styles.ts';
import type { ExpressionOf, Syntax } from './syntax.ts';
import type { Uses } from './use.ts';
import { isLink, mediaOf } from './media.ts';
import { whereOf, type Api, type Value } from './value.ts';

/** Methods by which a client takes an address first; `request` takes settings. */
const CLIENT_METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options']);
/** Methods of whatever object that bundles call, when it takes settings with an address that is written out. */
const NAMED: ReadonlyMap<string, Api> = new Map([
  ['request', 'request'],
  ['uploadFile', 'upload'],
  ['downloadFile', 'download'],
]);
const SOURCES: ReadonlySet<string> = new Set(['src', 'poster']);
const MAKERS: ReadonlySet<string> = new Set(['createElement', 'jsx', 'jsxs', 'jsxDEV', 'cloneElement']);

/** Adds what a script uses. */
export function usesOf(script: Script, evaluator: Evaluator, found: Uses): void {
  const finder = new Finder(script, evaluator, found);
  for (const site of script.sites) {
    if (found.uses.length + found.unresolved.length > LIMITS.uses) return;
    finder.site(site);
  }
}

class Finder {
  readonly #script: Script;
  readonly #evaluator: Evaluator;
  readonly #found: Uses;

  constructor(script: Script, evaluator: Evaluator, found: Uses) {
    this.#script = script;
    this.#evaluator = evaluator;
    this.#found = found;
  }

  site({ node, scope }: Placed): void {
    switch (node.type) {
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#call(node as ExpressionOf<'CallExpression'>, scope);
      case 'NewExpression': {
        const { callee, arguments: args } = node as ExpressionOf<'NewExpression'>;
        const isSocket = callee.type === 'Identifier' && ['WebSocket', 'EventSource'].includes(callee.name);
        if (isSocket && !scope.lookup(callee.name) && args[0]) this.#address('request', args[0], scope, node);
        return;
      }
      case 'JSXOpeningElement':
        return this.#element(node, scope);
      case 'AssignmentExpression': {
        const { left, right } = node as ExpressionOf<'AssignmentExpression'>;
        const isSource = left.type === 'MemberExpression' && SOURCES.has(nameOf(left.property) ?? '');
        // Any object may have a `src`: only an address that is certain counts.
        if (isSource) this.#certain('static', this.#evaluator.valuesOf({ node: right, scope }), right);
      }
    }
  }

  #call(node: ExpressionOf<'CallExpression'>, scope: Placed['scope']): void {
    const { callee } = node as { callee: Syntax };
    const [first] = node.arguments as Syntax[];
    const called = last(callee);
    const method = isMember(called) ? nameOf(called.property) : undefined;
    const values = this.#evaluator.valuesOf({ node: callee, scope });
    const api = values.find((value) => value.kind === 'api');
    if (api?.kind === 'api') return this.#api(api.api, first, scope, node);
    const client = values.find((value) => value.kind === 'client');
    if (client?.kind === 'client') return this.#client(client, method, first, scope);
    if (first && MAKERS.has(method ?? nameOf(called) ?? '')) this.#props(node.arguments[1] as Syntax, scope);
    const named = method === undefined ? undefined : NAMED.get(method);
    if (named && first?.type === 'ObjectExpression') {
      this.#certain(named, this.#evaluator.at({ node: first, scope }, 'url'), first);
    }
  }

  #api(api: Api, first: Syntax | undefined, scope: Placed['scope'], node: Syntax): void {
    if (!first) return void this.#found.unresolved.push(this.#at(api, node));
    if (api === 'cloud') return this.#cloud(first, scope, node);
    const keys = api === 'static' ? ['src', 'urls', 'current'] : ['url'];
    const given = this.#evaluator.valuesOf({ node: first, scope });
    const settings = given.filter(({ kind }) => kind !== 'text');
    const inside = keys.flatMap((key) => settings.flatMap((value) => this.#evaluator.member(value, key)));
    const values = inside.flatMap((value) => (value.kind === 'list' ? this.#evaluator.elements([value]) : [value]));
    const all = [...given.filter(({ kind }) => kind === 'text'), ...values];
    const place = placeOf(first, keys) ?? node;
    if (all.length === 0) this.#found.unresolved.push(this.#at(api, place));
    this.#all(api, all, place);
  }

  #cloud(first: Syntax, scope: Placed['scope'], node: Syntax): void {
    const values = this.#evaluator.at({ node: first, scope }, 'api');
    for (const value of values) {
      if (value.kind === 'text' && value.isWhole) {
        this.#found.uses.push({ ...this.#at('cloud', placeOf(first, ['api']) ?? node), what: value.text });
      } else this.#found.unresolved.push(this.#at('cloud', node));
    }
    if (values.length === 0) this.#found.unresolved.push(this.#at('cloud', node));
  }

  /** `fetch(url)`, `axios(settings)`, `axios.get(url)`, and what `axios.create` made. */
  #client(
    { base }: Extract<Value, { kind: 'client' }>,
    method: string | undefined,
    first: Syntax | undefined,
    scope: Placed['scope'],
  ): void {
    if (!first || (method !== undefined && method !== 'request' && method !== 'fetch' && !CLIENT_METHODS.has(method))) {
      // Making a client says where it leads, though it calls nothing yet.
      if (first && method === 'create')
        this.#certain('request', this.#evaluator.at({ node: first, scope }, 'baseURL'), first);
      return;
    }
    const given = this.#evaluator.valuesOf({ node: first, scope });
    const values = given.flatMap((value) => {
      if (value.kind !== 'map') return [value];
      const url = this.#evaluator.member(value, 'url');
      return [...url, ...this.#evaluator.member(value, 'baseURL')];
    });
    // What is relative leads where the client's base leads.
    const isRelative = values.every((value) => whereOf(value) !== 'unknown' && typeof whereOf(value) !== 'object');
    this.#all(
      'request',
      base && (isRelative || values.length === 0) ? [base] : base ? [base, ...values] : values,
      first,
    );
  }

  #element(node: Syntax, scope: Placed['scope']): void {
    const { attributes } = node as unknown as { attributes: Syntax[] };
    for (const attribute of attributes) {
      const { name, value } = attribute as unknown as { name?: Syntax; value?: Syntax | null };
      const key = name && nameOf(name);
      if (key === undefined || !value) continue;
      if (SOURCES.has(key)) this.#address('static', value, scope, value);
      else if (key === 'style') this.#style(value, scope);
      else if (!isLink(key)) this.#media(value, scope);
    }
  }

  /** The properties of an element as built code makes it. */
  #props(node: Syntax | undefined, scope: Placed['scope']): void {
    if (node?.type !== 'ObjectExpression') return;
    for (const property of (node as ExpressionOf<'ObjectExpression'>).properties) {
      if (property.type !== 'ObjectProperty' || property.computed) continue;
      const key = nameOf(property.key) ?? '';
      if (SOURCES.has(key))
        this.#certain('static', this.#evaluator.valuesOf({ node: property.value, scope }), property);
      else if (key === 'style') this.#style(property.value, scope);
      else if (!isLink(key)) this.#media(property.value, scope);
    }
  }

  /** Other properties load something when what they say is an image, a sound or the like. */
  #media(node: Syntax, scope: Placed['scope']): void {
    if (!mayBeText(node)) return;
    this.#certain('static', mediaOf(this.#evaluator.valuesOf({ node, scope }), this.#evaluator), node);
  }

  #style(node: Syntax, scope: Placed['scope']): void {
    for (const key of ['background', 'backgroundImage']) {
      for (const value of this.#evaluator.at({ node, scope }, key)) {
        if (value.kind === 'text') this.#certain('static', addressesOf(value.text), node);
      }
    }
  }

  #address(api: Api, node: Syntax, scope: Placed['scope'], place: Syntax): void {
    this.#all(api, this.#evaluator.valuesOf({ node, scope }), place);
  }

  /** Addresses of a call: those that lead somewhere, and whether one is not known. */
  #all(api: Api, values: readonly Value[], place: Syntax): void {
    this.#certain(api, values, place);
    if (values.some((value) => whereOf(value) === 'unknown')) this.#found.unresolved.push(this.#at(api, place));
  }

  #certain(api: Api, values: readonly Value[], place: Syntax): void {
    for (const value of values) {
      const where = whereOf(value);
      if (typeof where === 'object') this.#found.uses.push({ ...this.#at(api, place), what: where.origin });
    }
  }

  #at(api: Api, { start }: Syntax) {
    const skew = this.#script.path.endsWith('.json') ? 'export default '.length : 0;
    return { api, file: this.#script.path, offset: Math.max(0, (start ?? 0) - skew) };
  }
}

const isMember = (node: Syntax): node is ExpressionOf<'MemberExpression'> =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

/** What a property may say as a text or a list of texts; functions and elements are looked at on their own. */
const mayBeText = (node: Syntax): boolean => {
  const { expression } = node as unknown as { expression?: Syntax };
  const { type } = node.type === 'JSXExpressionContainer' ? expression! : node;
  return !type.startsWith('JSX') && !type.includes('Function') && type !== 'ObjectExpression';
};

/** What `(0, x)(…)` calls. */
const last = (node: Syntax): Syntax =>
  node.type === 'SequenceExpression' ? last((node as ExpressionOf<'SequenceExpression'>).expressions.at(-1)!) : node;

/** Where settings that are written out name the address. */
function placeOf(node: Syntax, keys: readonly string[]): Syntax | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const { properties } = node as ExpressionOf<'ObjectExpression'>;
  return properties.find((property) => property.type === 'ObjectProperty' && keys.includes(nameOf(property.key) ?? ''));
}
