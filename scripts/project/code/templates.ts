/** Who uses the templates of markup and includes other markup, and what those who use them hand to the names in them: `<template is="face" data="{{...user}}"/>`. */
import { posix } from 'node:path';
import type { Evaluator } from './evaluate/evaluator.ts';
import { nameAll } from './markup-data.ts';
import { ALONE, eachElement, type Attribute, type PageMarkup } from './markup-elements.ts';
import type { Scope } from './scope.ts';
import { identifier, parseExpressionOf } from './syntax.ts';
import type { NameSource } from './template-names.ts';

/** Templates of a file of which any may be meant, where only running shows which; of more, none is followed. */
const FEW = 16;

interface TemplateUse {
  readonly is: string;
  readonly files: readonly string[];
  readonly source: NameSource;
}

/** Finds who uses each template. `has`: whether there is a file. `top`: the folder from which paths with a slash start. */
export function gatherTemplates(
  pages: readonly PageMarkup[],
  evaluator: Evaluator,
  { has, top }: { has: (path: string) => boolean; top: string },
): void {
  const uses: TemplateUse[] = [];
  for (const page of pages) {
    const files = [page.file];
    const pathOf = (written: string): string | undefined => {
      const path = written.startsWith('/')
        ? posix.join(top, written).replace(/^\//, '')
        : posix.join(posix.dirname(page.file), written);
      return [path, path + posix.extname(page.file)].find(has);
    };
    try {
      eachElement(page, evaluator, (tag, attributes, scope) => {
        const path = tag === 'import' || tag === 'include' ? pathOf(valueOf(attributes, 'src') ?? '') : undefined;
        if (path !== undefined && tag === 'import') files.push(path);
        if (path !== undefined && tag === 'include') page.templates.at(path, '').use(givenBy(scope));
        const is = tag === 'template' ? valueOf(attributes, 'is') : undefined;
        if (is !== undefined) uses.push({ is, files, source: handedBy(valueOf(attributes, 'data') ?? '', scope) });
      });
    } catch (error) {
      // Where its addresses are searched that is told.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const [templates] = pages.map((page) => page.templates);
  if (!templates) return;
  for (const { is, files, source } of uses) {
    for (const file of files) {
      const known = [...templates.of(file).keys()].filter((name) => name !== '');
      const any = known.length <= FEW ? known : [];
      for (const name of is.includes('{{') ? any : [is]) templates.at(file, name).use(source);
    }
  }
}

const valueOf = (attributes: readonly Attribute[], name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;

/** What is included sees every name that stands around it. */
function givenBy(scope: Scope): NameSource {
  return (name) => {
    const node = identifier(name);
    nameAll(node, scope);
    return { kind: 'value', value: { node, scope }, path: [] };
  };
}

/** A template sees what its data names: `{{...user, size: 2}}`. */
function handedBy(data: string, scope: Scope): NameSource {
  const node = parseExpressionOf(`{${ALONE.exec(data)?.[1] ?? data}}`);
  if (node) nameAll(node, scope);
  return (name) => ({ kind: 'value', value: { node: node ?? identifier('undefined'), scope }, path: [name] });
}
