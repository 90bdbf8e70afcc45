/** What elements load that are drawn by code: their sources, styles, rich text and other properties that name an image or a sound. */
import type { Evaluator } from './evaluate/evaluator.ts';
import { HANDING, RICH, SOURCES, UPLOAD_TO, UPLOADERS } from './known/elements.ts';
import { mayBeText } from './call-forms.ts';
import { mediaOf } from './media.ts';
import { isLink } from './media-forms.ts';
import { nameOf } from './names.ts';
import type { Recorder } from './recorder.ts';
import { sourcesInRichText } from './rich-text.ts';
import { ANY, type Scope } from './scope.ts';
import { addressesOf } from './styles.ts';
import type { Syntax, SyntaxOf } from './syntax.ts';
import { isText, whereOf } from './value.ts';

export class DisplayedAddresses {
  readonly #evaluator: Evaluator;
  readonly #recorder: Recorder;

  constructor(evaluator: Evaluator, recorder: Recorder) {
    this.#evaluator = evaluator;
    this.#recorder = recorder;
  }

  element({ attributes, name: tag }: SyntaxOf<'JSXOpeningElement'>, scope: Scope): void {
    const isUploader = UPLOADERS.test(nameOf(tag) ?? '');
    for (const attribute of attributes) {
      if (attribute.type !== 'JSXAttribute') continue;
      const { name, value } = attribute;
      const key = nameOf(name);
      if (key === undefined || !value) continue;
      if (SOURCES.has(key)) this.#shown(value, scope);
      else if (isUploader && UPLOAD_TO.has(key.toLowerCase()))
        this.#recorder.certain('upload', this.#evaluator.valuesOf({ node: value, scope }), value);
      else this.#property(key, value, scope);
    }
  }

  /** The properties of an element as built code makes it. */
  props(node: Syntax | undefined, scope: Scope): void {
    if (node?.type !== 'ObjectExpression') return;
    for (const property of node.properties) {
      if (property.type !== 'ObjectProperty' || property.computed) continue;
      const key = nameOf(property.key) ?? '';
      if (HANDING.has(key)) this.props(property.value, scope);
      else if (SOURCES.has(key))
        this.#recorder.certain('static', this.#evaluator.valuesOf({ node: property.value, scope }), property.value);
      else this.#property(key, property.value, scope);
    }
  }

  #property(key: string, node: Syntax, scope: Scope): void {
    if (/style$/i.test(key)) this.#style(node, scope);
    else if (RICH.has(key)) this.#rich(node, scope);
    else if (!isLink(key)) this.#media(node, scope);
  }

  /** Other properties load something when what they say is an image, a sound or the like. */
  #media(node: Syntax, scope: Scope): void {
    if (!mayBeText(node)) return;
    this.#recorder.certain('static', mediaOf(this.#evaluator.valuesOf({ node, scope }), this.#evaluator), node);
  }

  #style(node: Syntax, scope: Scope): void {
    const given = this.#evaluator.valuesOf({ node, scope });
    const maps = given.filter(({ kind }) => kind === 'map');
    const texts = [...given, ...maps.flatMap((map) => this.#evaluator.memberOf(map, ANY))].filter(isText);
    this.#recorder.certain(
      'static',
      texts.flatMap((value) => addressesOf(value)),
      node,
    );
  }

  #rich(node: Syntax, scope: Scope): void {
    const given = this.#evaluator.valuesOf({ node, scope });
    const maps = given.filter(({ kind }) => kind === 'map');
    const html = maps.flatMap((map) => this.#evaluator.memberOf(map, '__html'));
    this.#recorder.certain('static', sourcesInRichText([...given, ...html], this.#evaluator), node);
  }

  #shown(node: Syntax, scope: Scope): void {
    const values = this.#evaluator.valuesOf({ node, scope });
    this.#recorder.certain('static', values, node);
    const isOpen = values.some((value) => whereOf(value) === 'unknown');
    if (isOpen) this.#recorder.open('static', node, true);
  }
}
