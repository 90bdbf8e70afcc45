/** Templates of markup and markup that others include: the names in them, and who gives these their values. */
import { Scope, type Binding, type NameOrigin, type Script } from './scope.ts';

/** From where a name gets its values where a template is used once. */
export type NameSource = (name: string) => NameOrigin;
/** Uses of one template that are looked at. */
const USES = 500;

/** A template, or a file that others include; its uses may be known later than the names in it. */
export class Template {
  readonly #sources: NameSource[] = [];
  readonly #names: (readonly [string, Binding])[] = [];

  get isUsed(): boolean {
    return this.#sources.length > 0;
  }

  use(source: NameSource): void {
    if (this.#sources.length >= USES) return;
    this.#sources.push(source);
    for (const [name, { origins }] of this.#names) origins.push(source(name));
  }

  /** The names in it, none of which its file's own page gives. */
  scopeIn(script: Script): Scope {
    const declare = (name: string, binding: Binding): void => {
      this.#names.push([name, binding]);
      binding.origins.push(...this.#sources.map((source) => source(name)));
    };
    return new Scope(script, undefined, true, undefined, undefined, declare);
  }
}

/** The templates of all markup, by file and name; a file itself has the name ''. */
export class Templates {
  readonly #files = new Map<string, Map<string, Template>>();
  /** Whether all uses are known. */
  isComplete = false;

  at(file: string, name: string): Template {
    const named = this.of(file);
    const template = named.get(name) ?? new Template();
    named.set(name, template);
    return template;
  }

  of(file: string): Map<string, Template> {
    const named = this.#files.get(file) ?? new Map<string, Template>();
    this.#files.set(file, named);
    return named;
  }
}
