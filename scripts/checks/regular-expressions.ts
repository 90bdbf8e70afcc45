/**
 * Regular expressions take time in proportion to the text: those that may not are found by `scslre`, the analysis behind
 * eslint-plugin-regexp, and by one rule of our own. What is let through has its reason here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';

export interface SlowExpression {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly literal: string;
  readonly why: string;
}

/** Literals that are let through, each with what keeps its text short, or why the analysis is wrong. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/s`,
    'anchored, and its end takes whatever is left: it never goes back',
  ],
  [String.raw`/([^/]+)\.yaml$/`, 'a path of Git, of some 4,000 characters at most'],
  [String.raw`/\.[^.]*\p{L}[^.]*$/u`, 'a domain, of 253 characters at most'],
  [String.raw`/^!.{0,200}?\[[a-z ]{0,20}rejected\]\s*(\S.*)$/`, 'bounded repetitions'],
  [String.raw`/\s#\s*(.*)$/`, 'a line of a workflow of this repository'],
  [String.raw`/\[(?:[^\]\\]|\\.)*\]/g`, 'a pattern of schemas/'],
  [String.raw`/\{\{([\s\S]*?)\}\}/g`, 'a template of the project that whoever waits is uploading'],
]);

/** The expressions of a source text that may take longer than in proportion. */
export function slowExpressions(file: string, text: string): SlowExpression[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: SlowExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      for (const why of slownessOf(node.text)) found.push({ file, line, literal: node.text, why });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Why a literal may be slow; nothing where it is not, or is let through. */
export function slownessOf(literal: string): string[] {
  if (ALLOWED.has(literal)) return [];
  const end = literal.lastIndexOf('/');
  const [source, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  // With the flag s, .*$ takes all that is left, and never fails.
  const isWhole = source.endsWith('.*$') && flags.includes('s') && !flags.includes('m');
  const { reports } = analyse({ source: isWhole ? source.slice(0, -1) : source, flags });
  const known = reports.map(({ type, exponential }) =>
    exponential
      ? 'exponential: it tries every way to divide a text'
      : type === 'Move'
        ? 'quadratic: it begins again at every character; put a look-behind before it'
        : 'polynomial: two repetitions take the same characters',
  );
  const isOpen = !source.startsWith('^') && source.endsWith('.*$') && !/[sm]/.test(flags);
  const restart = isOpen ? ['quadratic: at a line end .*$ fails, and it begins again; add the flag s'] : [];
  return [...new Set([...known, ...restart])];
}

/** Files that make expressions out of texts, each with what those texts are: no analysis sees such an expression. */
const MADE: ReadonlyMap<string, string> = new Map([
  ['scripts/checks/hygiene.ts', 'names of registries, texts of the tool'],
  ['scripts/core/paths.ts', 'the form of a version number, a text of the tool'],
  ['scripts/core/redaction/fold.ts', 'entities, a table of the tool'],
  [
    'scripts/core/resolution/read-link.ts',
    'the link template of platform.yaml; the text is a link of whoever runs the command',
  ],
  [
    'scripts/doctor/actions.ts',
    'patterns of a ruleset, which administrators write; the text is the path of a workflow',
  ],
  ['scripts/generate.ts', 'patterns of schemas/, which the tests of schemas hold to be linear'],
  ['scripts/git/commits/revisions.ts', 'the name of a kind of object, a text of the tool'],
  ['scripts/packages/oci/challenge.ts', 'tokens as HTTP has them, a text of the tool'],
  ['scripts/packages/secrets.ts', 'forms of secrets, a table of the tool'],
  ['scripts/project/code/evaluate/texts.ts', 'a pattern of somebody’s code in which nothing repeats (`plainPattern`)'],
  ['scripts/project/code/known/clients.ts', 'names of packages, a table of the tool'],
  ['scripts/read/canonical.ts', 'patterns of schemas/, on at most as much as the schema allows'],
  ['scripts/read/yaml-text.ts', 'characters that YAML forbids, a text of the tool'],
]);

/** Places that make an expression out of a text in a file that does not say here what the text is. */
export function madeExpressions(file: string, text: string): string[] {
  if (MADE.has(file)) return [];
  const lines = text.split('\n').flatMap((line, i) => (/\bRegExp\(/.test(line) ? [i + 1] : []));
  return lines.map((line) => `${file}:${line}`);
}

/** Exceptions for what is not there any more. */
export const unusedExceptions = (sources: ReadonlyMap<string, string>): string[] => [
  ...[...ALLOWED.keys()].filter((literal) => ![...sources.values()].some((text) => text.includes(literal))),
  ...[...MADE.keys()].filter((file) => !/\bRegExp\(/.test(sources.get(file) ?? '')),
];

/** The sources of the tool and of the portal, by path; tests and generated files apart. */
export function sourcesIn(root: string): Map<string, string> {
  const files = ['scripts', 'site/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => `${folder}/${String(name).replaceAll('\\', '/')}`,
    ),
  );
  const isOurs = (file: string) => /\.(?:ts|mjs)$/.test(file) && !/\.test\.ts$|\/fixtures\/|\.generated\./.test(file);
  return new Map(files.filter(isOurs).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}
