/** What one script takes from another, and one module of a bundle from another. */
import { HOST_PACKAGES } from '../known/apis.ts';
import { isClient } from '../known/clients.ts';
import type { Scope, Script } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { UNKNOWN, type Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';

const PACKAGE: Value = { kind: 'host', of: 'package' };

export class Modules {
  readonly #all: Interpreter;

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** What `import {name} from "…"` gives. */
  imported(script: Script, from: string, name: string): readonly Value[] {
    const isHost = HOST_PACKAGES.test(from);
    if (isHost) {
      const isWhole = name === '*' || name === 'default';
      return isWhole ? [PACKAGE] : this.#all.member(PACKAGE, name);
    }
    if (isClient(from)) return [{ kind: 'client' }];
    const found = this.#all.scripts.imported(script.path, from);
    if (found === undefined) return [UNKNOWN];
    if (found === 'local') return [{ kind: 'local' }];
    return name === '*' ? [{ kind: 'script', script: found }] : this.exported(found, name);
  }

  /** What `require("…")` and `import("…")` give. */
  required(node: Syntax, scope: Scope): readonly Value[] {
    return this.#all.values(node, scope).flatMap((value): readonly Value[] => {
      if (value.kind !== 'text' || !value.isWhole) return [UNKNOWN];
      const isLibrary = HOST_PACKAGES.test(value.text) || isClient(value.text);
      if (isLibrary) return this.imported(scope.script, value.text, 'default');
      const found = this.#all.scripts.imported(scope.script.path, value.text);
      if (found === undefined) return [UNKNOWN];
      if (found === 'local') return [{ kind: 'local' }];
      return found.path.endsWith('.json') ? this.exported(found, 'default') : this.whole(found);
    });
  }

  /** What the module of a bundle gives that has this name there. */
  bundled(node: Syntax, scope: Scope): readonly Value[] {
    return this.#all.values(node, scope).flatMap((value): readonly Value[] => {
      if (value.kind !== 'text' || !value.isWhole) return [UNKNOWN];
      const found = this.#all.scripts.bundled(scope.script, value.text);
      return found.length > 0 ? found.flatMap((script) => this.whole(script)) : [UNKNOWN];
    });
  }

  /** All that a script gives: what `module.exports` was set to, or its names. */
  whole(script: Script): readonly Value[] {
    const all = (script.exports.get('*') ?? []).flatMap((origin) => this.#all.origin(origin, script));
    return script.exports.size > (script.exports.has('*') ? 1 : 0) ? [...all, { kind: 'script', script }] : all;
  }

  /** What a bundler's helper takes for the default of another module. */
  default(value: Value): readonly Value[] {
    const hasDefault = value.kind === 'script' && value.script.exports.has('default');
    return hasDefault ? this.#all.member(value, 'default') : [value];
  }

  /** What a script gives under a name. */
  exported(script: Script, name: string, seen = new Set<Script>()): readonly Value[] {
    if (seen.has(script)) return [];
    seen.add(script);
    this.#all.budget.spend(1);
    if (this.#all.budget.isOver) return [UNKNOWN];
    return this.#all.budget.deeper(() => this.#exportedBy(script, name, seen));
  }

  #exportedBy(script: Script, name: string, seen: Set<Script>): readonly Value[] {
    const own = script.exports.get(name);
    if (own) return own.flatMap((origin) => this.#all.origin(origin, script));
    // `module.exports = …` is all that a script gives, and what `import x from` takes.
    const whole = (script.exports.get('*') ?? []).flatMap((origin) => this.#all.origin(origin, script));
    if (whole.length > 0) return name === 'default' ? whole : this.#all.walk(whole, [name]);
    if (name === 'default' && script.exports.size > 0 && script.stars.length === 0) return [{ kind: 'script', script }];
    const given = script.stars.flatMap((from) => {
      const found = this.#all.scripts.imported(script.path, from);
      return typeof found === 'object' ? this.exported(found, name, seen) : [];
    });
    return given.length > 0 ? given : [UNKNOWN];
  }
}
