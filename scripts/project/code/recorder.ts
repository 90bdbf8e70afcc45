/** What is noted of a script: the addresses that it uses, how each was found, the functions of the API, and what is not known. */
import { ANY_API, type Api } from './known/apis.ts';
import type { Script } from './scope.ts';
import type { Syntax } from './syntax.ts';
import type { Use, Uses, Way } from './use.ts';
import { isWholeText, whereOf, type Value } from './value.ts';

export class Recorder {
  readonly #script: Script;
  readonly #found: Uses;

  constructor(script: Script, found: Uses) {
    this.#script = script;
    this.#found = found;
  }

  /** Records which functions of the vendor's API values are; where their name is not known, that is told. */
  named(values: readonly Value[], { start }: Syntax): void {
    for (const value of values) {
      if (value.kind !== 'api') continue;
      this.#found.apis.add(`ty.${value.name}`);
      const isUnnamed = value.name.endsWith(ANY_API);
      if (isUnnamed) this.#found.unnamed.push({ file: this.#script.path, offset: start ?? 0 });
    }
  }

  cloud(values: readonly Value[], place: Syntax): void {
    for (const value of values) {
      if (!isWholeText(value)) continue;
      this.#found.uses.push({ ...this.#place('cloud', place), what: value.text, how: this.#way(place, value.text) });
    }
  }

  /** A call whose address is not known; or what is shown, where `isShown` says so. */
  open(api: Api, place: Syntax, isShown = false): void {
    this.#found.unresolved.push({ ...this.#place(api, place), isShown });
  }

  /** The addresses among values. */
  certain(api: Api, values: readonly Value[], place: Syntax, how?: Way): void {
    this.#found.uses.push(...this.#addresses(api, values, place, how));
  }

  /** Images and sounds that data names, whoever shows them, and sockets, whoever opens them. */
  mentioned(api: Api, values: readonly Value[], place: Syntax): void {
    this.#found.mentioned.push(...this.#addresses(api, values, place));
  }

  #addresses(api: Api, values: readonly Value[], place: Syntax, how?: Way): Use[] {
    return values.flatMap((value) => {
      const where = whereOf(value);
      if (typeof where !== 'object') return [];
      return { ...this.#place(api, place), what: where.origin, how: how ?? this.#way(place, where.origin) };
    });
  }

  /** How what stands at a place says what was found. */
  #way(place: Syntax, what: string): Way {
    const { start, end } = place;
    const said = this.#script.text.slice(start ?? 0, Math.min(end ?? 0, (start ?? 0) + 2000)).toLowerCase();
    const host = what.replace(/^\w+:\/\//, '');
    if (!said.includes(host.toLowerCase())) return 'followed';
    return /\$\{|["'`]\s*\+|\+\s*["'`]|\.concat\(/.test(said) ? 'template' : 'literal';
  }

  #place(api: Api, { start }: Syntax) {
    const skew = this.#script.path.endsWith('.json') ? 'export default '.length : 0;
    return { api, file: this.#script.path, offset: Math.max(0, (start ?? 0) - skew) };
  }
}
