/** Longer than most files: the ways to an address share what they ask of a call. The addresses that a script calls or loads: by the vendor's API, by clients, and as sources of what it shows. */
import { LIMITS } from '../limits.ts';
import type { Evaluator } from './evaluate/evaluator.ts';
import { ANY_API, COMMON, FOREIGN, LOADING, OBJECTS, PICTURES, type Api } from './known/apis.ts';
import { BASE_NAMES, CALLS, LOADERS, CLIENT_FACTORIES, METHODS, SETTINGS } from './known/clients.ts';
import { ELEMENT_FACTORIES, HANDING, SHOWING, SOURCES } from './known/elements.ts';
import {
  isMadeAs,
  isOfGlobals,
  isOfLanguage,
  isOfModule,
  isPlain,
  isPrefixing,
  isSocket,
  isSpread,
  placeOf,
} from './call-forms.ts';
import { calledBy, calledName, isMember, memberName, nameOf } from './names.ts';
import { Clients } from './client-calls.ts';
import { mediaOf } from './media.ts';
import { isWrittenSocket } from './media-forms.ts';
import { isOpen, isOpenAddress, listed, settingOf } from './settings.ts';
import { Recorder } from './recorder.ts';
import { ANY, type PlacedNode, type Scope, type Script } from './scope.ts';
import { DisplayedAddresses } from './shown.ts';
import { pictureIn } from './styles.ts';
import type { CallExpression, Syntax, SyntaxOf } from './syntax.ts';
import type { Uses } from './use.ts';
import { isText, isWholeText, type Value } from './value.ts';

/** Adds what a script uses. */
export function usesOf(script: Script, evaluator: Evaluator, found: Uses): void {
  const finder = new CallFinder(script, evaluator, found);
  for (const site of script.sites) {
    if (found.uses.length + found.unresolved.length > LIMITS.uses) return;
    finder.site(site);
  }
}

const VERB = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/i;
/** The name of an element; no address is one. */
const ELEMENT = /^[a-z][\w-]*$/i;
/** Whether something is what Vue 2 gives to an element besides its name: `{ attrs: { src } }`. */
const hasAttributes = (node: Syntax | undefined): boolean =>
  node?.type === 'ObjectExpression' && placeOf(node, [...HANDING])?.value.type === 'ObjectExpression';
/** Whether what is called is the vendor's API, may be it, or is something else under its name. */
type Certainty = 'known' | 'likely' | 'other';
const SOCKETS: ReadonlySet<string> = new Set(['WebSocket', 'EventSource']);

/** Whether a value is what no client takes for an address or for settings: a map keeps things under it. */
const isObject = ({ kind }: Value): boolean => OBJECT_KINDS.has(kind);
const OBJECT_KINDS: ReadonlySet<Value['kind']> = new Set([
  ...(['instance', 'class', 'made', 'function', 'ref', 'computed', 'local'] as const),
]);

class CallFinder {
  readonly #evaluator: Evaluator;
  readonly #recorder: Recorder;
  readonly #shown: DisplayedAddresses;
  readonly #clients: Clients;

  constructor(script: Script, evaluator: Evaluator, found: Uses) {
    this.#evaluator = evaluator;
    this.#recorder = new Recorder(script, found);
    this.#shown = new DisplayedAddresses(evaluator, this.#recorder);
    this.#clients = new Clients(evaluator, this.#recorder);
  }

  site({ node, scope }: PlacedNode): void {
    switch (node.type) {
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#call(node, scope);
      case 'NewExpression':
        return this.#new(node, scope);
      case 'JSXOpeningElement':
        return this.#shown.element(node, scope);
      case 'ObjectProperty': {
        if (!PICTURES.has(nameOf(node.key) ?? '')) return this.#mentioned(node.value, scope);
        return this.#recorder.certain('static', this.#values(node.value, scope), node.value);
      }
      case 'AssignmentExpression':
        return this.#assignment(node, scope);
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.#recorder.named(this.#nearby(node, scope), node);
      default:
        return this.#mentioned(node, scope);
    }
  }

  /** What is written as a socket or as an image: the beginnings of texts, of which the end says so, count too. */
  #mentioned(node: Syntax, scope: Scope): void {
    if (isWrittenSocket('', node)) return this.#recorder.mentioned('request', this.#values(node, scope), node);
    const values = this.#values(node, scope);
    if (scope.script.typed.has(node)) return this.#recorder.mentioned('static', values.filter(isText), node);
    const begun = values.filter((value) => isText(value) && !value.isWhole);
    this.#recorder.mentioned('static', [...mediaOf(values, this.#evaluator), ...begun], node);
  }

  #values = (node: Syntax, scope: Scope): readonly Value[] => this.#evaluator.valuesOf({ node, scope });
  #nearby = (node: Syntax, scope: Scope): readonly Value[] => this.#evaluator.nearbyValuesOf({ node, scope });

  #assignment({ left, right }: SyntaxOf<'AssignmentExpression'>, scope: Scope): void {
    if (!isMember(left)) return;
    const name = memberName(left) ?? '';
    // Any object may have a `src`: only an address that is certain counts.
    if (SOURCES.has(name) || PICTURES.has(name)) this.#recorder.certain('static', this.#values(right, scope), right);
    if (BASE_NAMES.has(name)) this.#clients.base(this.#values(right, scope), right, this.#isClient(left.object, scope));
    // `config.url = HOST + config.url` is how whatever is called gets its host, in a function that sees each request.
    if (name === 'url' && isPrefixing(left, right))
      this.#recorder.certain('request', this.#values(right, scope), right, 'configuration');
  }

  /** `Object.assign(sound, {src})` sets what `sound.src = …` would. */
  #assigned(given: readonly Syntax[], scope: Scope): void {
    for (const map of given) {
      const place = placeOf(map, [...SOURCES]);
      if (place) this.#recorder.certain('static', this.#values(place.value, scope), place.value);
    }
  }

  #new({ callee, arguments: args }: SyntaxOf<'NewExpression'>, scope: Scope): void {
    const [first] = args;
    if (!first) return;
    const name = calledName(callee) ?? '';
    const isFree = callee.type === 'Identifier' && !scope.lookup(name);
    if ((isFree || isOfGlobals(callee, scope)) && SOCKETS.has(name)) this.#address('request', first, scope, first);
    else if (!isFree) this.#clients.bases(first, scope, this.#isClient(callee, scope));
  }

  #isClient = (node: Syntax, scope: Scope): boolean => this.#nearby(node, scope).some(({ kind }) => kind === 'client');

  #call(node: CallExpression, scope: Scope): void {
    const callee = calledBy(node.callee);
    const args = node.arguments;
    const [first, second] = args;
    const method = isMember(callee) ? memberName(callee) : undefined;
    const values = isPlain(callee, args, this.#evaluator.scripts, scope) ? [] : this.#nearby(callee, scope);
    const apis = values.filter((value) => value.kind === 'api');
    this.#recorder.named(values, node);
    this.#handedOn(values, args, scope, node);
    const api = apis.find(({ name }) => LOADING.has(name));
    if (api && (method === 'apply' || method === 'call')) return this.#forwarded(api.name, method, args, scope, node);
    if (api) return this.#api(api.name, first, scope, node, 'known');
    // Whatever its name is, an address that its settings name is called by it.
    const isUnnamed = apis.some(({ name }) => name === ANY_API);
    if (isUnnamed && first)
      return this.#recorder.certain('request', settingOf(this.#evaluator, first, scope, 'url'), first);
    if (apis.length > 0) return;
    if (method === 'apply' && isMember(callee) && nameOf(callee.object) === 'Reflect')
      return this.#reflected(args, scope, node);
    const client = values.find((value) => value.kind === 'client');
    const name = calledName(callee) ?? '';
    if (client) return this.#clients.call(client, name, method, args, scope);
    const element = first?.type === 'StringLiteral' && ELEMENT.test(first.value) ? first.value : undefined;
    const isMade = second?.type === 'ObjectExpression' && this.#evaluator.makesElements(values);
    const isShowing = isMade || (element !== undefined && (SHOWING.has(element) || hasAttributes(second)));
    if (ELEMENT_FACTORIES.has(name) || isShowing) return this.#shown.props(second, scope);
    if (!first) return;
    const isOwn = values.some(({ kind }) => kind === 'function' || kind === 'class' || kind === 'thunk');
    const isForeign = isMember(callee) && FOREIGN.has(nameOf(callee.object) ?? '');
    const likely = isOwn || isForeign ? 'other' : 'likely';
    const loading = this.#loadingName(callee, scope);
    if (loading !== undefined) return this.#api(loading, first, scope, node, likely);
    const isForwarding = isMember(callee) && (method === 'call' || method === 'apply');
    const forwarded = isForwarding ? this.#loadingName(callee.object, scope) : undefined;
    if (forwarded !== undefined) return this.#forwarded(forwarded, method!, args, scope, node, likely);
    this.#unknown(callee, method, args, scope);
  }

  /** The vendor's name under which something is called, or under which it was taken out of what is not known: `const {request: q} = a()`. */
  #loadingName(callee: Syntax, scope: Scope): string | undefined {
    const name = calledName(callee) ?? '';
    if (LOADING.has(name)) return name;
    if (callee.type !== 'Identifier') return undefined;
    const names = (scope.lookup(name)?.origins ?? []).map((origin) => {
      if (origin.kind !== 'value' || origin.path.length > 0) return 'path' in origin ? origin.path.at(-1) : undefined;
      return isMember(origin.value.node) ? memberName(origin.value.node) : undefined;
    });
    return names.find((step): step is string => typeof step === 'string' && LOADING.has(step));
  }

  /** `ty.request.call(ty, settings)`; a call that forwards all its arguments is no call by itself. */
  #forwarded(
    name: string,
    method: string,
    args: readonly Syntax[],
    scope: Scope,
    node: CallExpression,
    is: Certainty = 'known',
  ): void {
    const [, given] = args;
    if (method === 'call') return this.#api(name, given, scope, node, is);
    const [first] = given?.type === 'ArrayExpression' ? given.elements : [];
    if (first) this.#api(name, first, scope, node, is);
  }

  /** The API's object itself, given to what cannot be followed, which may call any function of it. */
  #handedOn(called: readonly Value[], args: readonly Syntax[], scope: Scope, node: CallExpression): void {
    const objects = args.filter((arg) => OBJECTS.has(nameOf(arg) ?? ''));
    if (objects.length === 0 || isOfLanguage(node)) return;
    const isFollowed = called.some(({ kind }) => kind === 'function' || kind === 'class' || kind === 'thunk');
    if (!isFollowed && objects.some((arg) => this.#isHost(arg, scope)))
      this.#recorder.named([{ kind: 'api', name: ANY_API }], node);
  }

  #isHost = (node: Syntax, scope: Scope): boolean =>
    this.#nearby(node, scope).some((value) => value.kind === 'host' && value.of !== 'globals');

  /** `Reflect.apply(ty.request, ty, [settings])`. */
  #reflected([called, ...rest]: readonly Syntax[], scope: Scope, node: CallExpression): void {
    const values = called ? this.#nearby(called, scope) : [];
    this.#recorder.named(values, node);
    const api = values.find((value) => value.kind === 'api' && LOADING.has(value.name));
    if (api?.kind !== 'api') return;
    this.#forwarded(api.name, 'apply', rest, scope, node);
  }

  /** A call of something that is not known, by a name that says enough when the address is certain. */
  #unknown(callee: Syntax, method: string | undefined, args: readonly Syntax[], scope: Scope): void {
    const [first, second] = args;
    if (!first) return;
    const address = placeOf(first, ['url'])?.value ?? first;
    if (isSocket(address)) return this.#recorder.certain('request', this.#nearby(address, scope), address);
    const isOfObject = method !== undefined && isMember(callee);
    if (isOfObject && CLIENT_FACTORIES.has(method)) this.#clients.bases(first, scope);
    else {
      // `createAlova({ baseURL })`: under such a name nobody but clients is told an address.
      const base = placeOf(first, [...BASE_NAMES])?.value;
      if (base) this.#clients.base(this.#values(base, scope), base, false);
    }
    if (!isOfObject) return;
    if (method === 'assign' && first.type !== 'ObjectExpression') this.#assigned(args.slice(1), scope);
    if (method === 'assign' && second && isMember(first) && SETTINGS.has(memberName(first) ?? '')) {
      this.#clients.bases(second, scope, this.#isClient(first, scope));
    }
    if (method === 'sendBeacon') return this.#address('request', first, scope, first);
    if (
      method === 'open' &&
      second &&
      (this.#says(first, scope, VERB) || isMadeAs(callee.object, scope, 'XMLHttpRequest'))
    ) {
      return this.#address('request', second, scope, second);
    }
    const loader = LOADERS.get(method);
    if (loader)
      return this.#recorder.certain(
        loader.api,
        settingOf(this.#evaluator, first, scope, loader.key),
        placeOf(first, [loader.key]) ?? first,
      );
    if (METHODS.has(method)) {
      const asked = this.#nearby(first, scope);
      if (!asked.some(isObject)) this.#recorder.certain('request', asked.filter(isText), first);
    }
    if (CALLS.has(method) && first.type === 'ObjectExpression') {
      this.#recorder.certain('request', settingOf(this.#evaluator, first, scope, 'url'), first);
    }
  }

  /**
   * A call of the vendor's API, or of something else under its name: then an address counts that its settings name with certainty, and
   * what is unknown is told where it is likely the API.
   */
  #api(name: string, first: Syntax | undefined, scope: Scope, node: CallExpression, is: Certainty): void {
    const { api, keys } = LOADING.get(name)!;
    if (!first) return is === 'known' ? this.#recorder.open(api, node) : undefined;
    const spread = first.type === 'SpreadElement' ? first.argument : undefined;
    const given = spread ? this.#evaluator.at({ node: spread, scope }, ANY) : this.#values(first, scope);
    const settings = given.filter((value) => !isText(value));
    const inside = keys.flatMap((key) => settings.flatMap((value) => this.#evaluator.memberOf(value, key)));
    const all = [
      ...(is === 'other' ? [] : given.filter(isText)),
      ...inside.flatMap((value) => listed(this.#evaluator, value)),
    ];
    const place = placeOf(first, keys) ?? node;
    if (is === 'likely') {
      const isSettings = settings.some(({ kind }) => kind === 'map' || kind === 'instance') && inside.length > 0;
      if (!isSettings && COMMON.has(name) && !isOfModule(node) && !isSpread(first, node)) return;
      this.#recorder.named([{ kind: 'api', name }], node);
    }
    if (api === 'cloud') this.#recorder.cloud(all, place);
    else
      this.#recorder.certain(
        api,
        all.flatMap((value) => pictureIn(value)),
        place,
      );
    const isOpen =
      all.length === 0 || all.some((value) => (api === 'cloud' ? !isWholeText(value) : isOpenAddress(value)));
    if (isOpen && is !== 'other') this.#recorder.open(api, place);
  }

  #says = (node: Syntax, scope: Scope, pattern: RegExp): boolean =>
    this.#nearby(node, scope).some((value) => value.kind === 'text' && pattern.test(value.text));

  #address(api: Api, node: Syntax, scope: Scope, place: Syntax): void {
    const values = this.#values(node, scope);
    this.#recorder.certain(api, values, place);
    if (isOpen(values)) this.#recorder.open(api, place);
  }
}
