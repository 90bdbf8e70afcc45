/** The elements of markup, each with the names that its expressions may have. */
import { Parser } from 'htmlparser2';
import type { Evaluator } from './evaluate/evaluator.ts';
import { LOOP, VIEW_SCRIPTS } from './known/elements.ts';
import { dataScope, nameAll } from './markup-data.ts';
import { readScript } from './read-script.ts';
import { ANY, Scope, type Script } from './scope.ts';
import { parseExpressionOf, parseScript, SyntaxFault } from './syntax.ts';
import type { Template, Templates } from './template-names.ts';

/** Whether a file is markup, by its ending. */
export const isMarkup = (path: string): boolean => /\.(?:(?:ty|wx|ax|tt|q|ks|jx)ml|swan|html?)$/.test(path);

/** A page's or component's markup, with the script beside it, whose data its expressions show. */
export interface PageMarkup {
  readonly file: string;
  readonly text: string;
  readonly script: Script | undefined;
  /** Whether texts from elsewhere, which its expressions may show, name something that a style loads. */
  readonly isStyledFromElsewhere: () => boolean;
  readonly templates: Templates;
  /** The script that a path in the markup names. */
  readonly imported: (path: string) => Script | 'local' | undefined;
}

/** Elements in each other, at most. */
const DEPTH = 20_000;

export interface Attribute {
  /** In lower case. */
  readonly name: string;
  readonly written: string;
  readonly value: string;
  readonly offset: number;
}

/** Told of an element: its name in lower case, what it says, and the names that stand around it. */
export type ElementVisit = (tag: string, attributes: readonly Attribute[], scope: Scope) => void;

/** Visits each element of a markup file. Throws RangeError where they stand in each other by the ten thousand. */
export function eachElement(
  { file, text, script, imported, templates }: PageMarkup,
  evaluator: Evaluator,
  visit: ElementVisit,
): void {
  const own = script ?? readScript(file, '', parseScript(file, ''));
  // Until all uses are known, any may be.
  const namesOf = (template: Template) =>
    template.isUsed || !templates.isComplete ? template.scopeIn(own) : undefined;
  const data = (script ? undefined : namesOf(templates.at(file, ''))) ?? dataScope(own, evaluator);
  // Modules of the view are known everywhere in the file.
  const tops = [data];
  const modules: (readonly [string, Script])[] = [];
  const giveAll = (name: string, module: Script): void => {
    modules.push([name, module]);
    for (const top of tops) give(top, name, module);
  };
  // The elements around the place, each with the names that its loop gives.
  const scopes: Scope[] = [data];
  let attributes: Attribute[] = [];
  /** The view's script that stands here, by its module's name. */
  let view: string | undefined;
  const parser: Parser = new Parser(
    {
      onopentagname() {
        attributes = [];
      },
      onattribute(name, value) {
        attributes.push({ name: name.toLowerCase(), written: name, value, offset: parser.startIndex });
      },
      onopentag(tag) {
        // The parser's time grows with the square of how deep it is in.
        if (scopes.length > DEPTH) throw new RangeError();
        const named = new Map(attributes.map(({ name, value }) => [name, value]));
        const template = tag === 'template' ? named.get('name') : undefined;
        const inner = template === undefined ? undefined : namesOf(templates.at(file, template));
        if (inner) {
          tops.push(inner);
          for (const [name, module] of modules) give(inner, name, module);
        }
        const scope = inner ?? loopScope(named, scopes.at(-1)!);
        scopes.push(scope);
        if (VIEW_SCRIPTS.has(tag)) {
          view = named.get('module') ?? named.get('name');
          const path = named.get('src') ?? named.get('from');
          const module = path === undefined ? undefined : imported(path);
          if (view !== undefined && typeof module === 'object') giveAll(view, module);
        }
        visit(tag, attributes, scope);
      },
      ontext(inner) {
        if (view === undefined || inner.trim() === '') return;
        const module = viewScript(file, inner);
        if (module) giveAll(view, module);
      },
      onclosetag() {
        view = undefined;
        if (scopes.length > 1) scopes.pop();
      },
    },
    // Tags are closed as they are written: `<image/>` holds nothing.
    { recognizeSelfClosing: true, lowerCaseTags: true, lowerCaseAttributeNames: false },
  );
  parser.write(text);
  parser.end();
}

/** One expression alone; with others beside it, what it is read as is none. */
export const ALONE = /^\s*\{\{(.*)\}\}\s*$/s;

/** A module of the view under its name: what it exports. */
function give(data: Scope, name: string, script: Script): void {
  const whole = ['*', 'default'].flatMap((all) => script.exports.get(all) ?? []);
  data.declare(name).origins.push(...whole, { kind: 'given', as: 'script', script });
}

function viewScript(file: string, text: string): Script | undefined {
  try {
    return readScript(file, text, parseScript('inline.sjs', text));
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How Baidu's markup writes a loop besides: `s-for="one, i in list trackBy one.id"`. */
const NAMED_LOOP = /^\s*([A-Za-z_$][\w$]*)(?:\s*,\s*([A-Za-z_$][\w$]*))?\s+in\s+(\S+)/;

/** The names inside an element that is repeated: its `item`, an element of the list. */
function loopScope(attributes: ReadonlyMap<string, string>, around: Scope): Scope {
  const loop = new Map(
    [...attributes].flatMap(([name, value]) => (LOOP.test(name) ? [[name.replace(/^\w+[:-]/, ''), value]] : [])),
  );
  const given = loop.get('for') ?? loop.get('for-items');
  if (given === undefined) return around;
  const [, named, index, inBaidus] = NAMED_LOOP.exec(given) ?? [];
  const node = parseExpressionOf(inBaidus ?? ALONE.exec(given)?.[1] ?? given);
  if (node) nameAll(node, around);
  const scope = new Scope(around.script, around);
  const item = scope.declare(named ?? loop.get('for-item') ?? 'item');
  if (node) item.origins.push({ kind: 'value', value: { node, scope: around }, path: [ANY] });
  scope.declare(index ?? loop.get('for-index') ?? 'index').isOpen = true;
  return scope;
}

/** Texts and, at every second place, the expressions between them. */
export function partsOf(written: string): string[] {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = written.indexOf('{{', at);
    const close = open === -1 ? -1 : written.indexOf('}}', open);
    if (close === -1) return [...parts, written.slice(at)];
    parts.push(written.slice(at, open), written.slice(open + 2, close));
    at = close + 2;
  }
}
