/**
 * Who may import whom. The arrows are those of the picture in scripts/README.md: everything points at the core, and the core
 * at nothing, so that the same decision runs in the command line, in a workflow and in a browser.
 */
import { posix } from 'node:path';
import { importLines, type ImportLine } from './import-lines.ts';

interface Area {
  readonly name: string;
  readonly holds: RegExp;
  /** Areas that its files may import, besides its own. */
  readonly imports: readonly string[];
  /** Areas of which it may know the types only. */
  readonly types?: readonly string[];
  /** Packages, where not every one is allowed. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Whether it may use Node; the browser and other decisions cannot. */
  readonly isPure?: true;
}

const EVERYTHING = [
  'core',
  'read',
  'edit',
  'project',
  'tables',
  'git',
  'judge',
  'github',
  'report',
  'init',
  'upgrade',
  'portal',
  'commands',
  'entry',
  'tooling',
];

/** The first whose pattern fits is a file's area. */
export const AREAS: readonly Area[] = [
  {
    name: 'core',
    holds: /^scripts\/core\//,
    imports: [],
    isPure: true,
    packages: {
      'url-template': 'RFC 6570 links, the same in the browser and here; no dependencies, no input or output',
      tldts: 'the public suffix list, which says what may be an origin; data and string functions alone',
      'punycode/punycode.js': 'IDN labels as they read, to warn of look-alikes; string functions alone',
    },
  },
  { name: 'read', holds: /^scripts\/read\//, imports: ['core'] },
  { name: 'git', holds: /^scripts\/git\//, imports: ['core', 'read'] },
  { name: 'report', holds: /^scripts\/report\//, imports: ['core'], types: ['read'] },
  { name: 'edit', holds: /^scripts\/edit\//, imports: ['core', 'read'] },
  { name: 'project', holds: /^scripts\/project\//, imports: ['core'] },
  { name: 'tables', holds: /^scripts\/tables\//, imports: ['core', 'project'] },
  { name: 'judge', holds: /^scripts\/judge\//, imports: ['core', 'read', 'git'], types: ['edit'] },
  { name: 'github', holds: /^scripts\/github\//, imports: ['core', 'read', 'edit', 'git', 'judge', 'report'] },
  { name: 'init', holds: /^scripts\/init\//, imports: ['core', 'read', 'edit', 'git', 'github'] },
  {
    name: 'upgrade',
    holds: /^scripts\/upgrade\//,
    imports: ['core', 'read', 'edit', 'git', 'github', 'init'],
  },
  { name: 'portal', holds: /^scripts\/portal\//, imports: ['core', 'read', 'git', 'report'] },
  {
    name: 'commands',
    holds: /^scripts\/commands\//,
    imports: EVERYTHING.filter((name) => name !== 'entry' && name !== 'tooling'),
  },
  { name: 'entry', holds: /^scripts\/(?:cli|ci)\.ts$/, imports: ['commands', 'core', 'github'] },
  { name: 'tooling', holds: /^scripts\//, imports: EVERYTHING },
  {
    name: 'site-data',
    holds: /^site\/src\/data\.ts$/,
    imports: ['core', 'read', 'git', 'report', 'site-views', 'site-build'],
  },
  {
    name: 'site-views',
    holds: /^site\/src\/(?:views|i18n)\//,
    imports: ['core'],
    isPure: true,
    packages: { 'd3-scale': 'where a value of a chart stands', 'd3-shape': 'the lines and areas of charts' },
  },
  {
    name: 'site-client',
    holds: /^site\/src\/client\//,
    imports: ['core', 'site-views'],
    isPure: true,
    packages: { qrcode: 'draws the code in the browser', minisearch: 'finds words in the index of the search' },
  },
  {
    name: 'site-pages',
    holds: /^site\/src\//,
    imports: ['core', 'site-views', 'site-client', 'site-data', 'site-build'],
  },
  { name: 'site-build', holds: /^site\//, imports: ['core', 'site-data', 'site-views', 'site-pages'] },
];

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Everything wrong with the imports among these files: their paths (from the root, forward slashes) and texts. */
export function checkImports(files: ReadonlyMap<string, string>): Violation[] {
  const graph = new Map<string, string[]>();
  const violations: Violation[] = [];
  for (const [file, text] of files) {
    const targets: string[] = [];
    for (const line of importLines(file, text)) {
      const target = resolveSpecifier(file, line.specifier);
      if (target !== undefined) targets.push(target);
      const message = fault(file, line, target);
      if (message !== undefined) violations.push({ file, line: line.line, message });
    }
    graph.set(file, targets);
  }
  for (const circle of circles(graph)) {
    violations.push({
      file: circle[0]!,
      line: 1,
      message: `imports in a circle: ${[...circle, circle[0]].join(' → ')}`,
    });
  }
  return violations;
}

/** Tests may import whatever they test, and fixtures are theirs; nothing else may import a test. */
const isTest = (file: string): boolean =>
  file.endsWith('.test.ts') || /^(?:scripts\/fixtures|site\/tests)\//.test(file);

const areaOf = (file: string): Area | undefined => AREAS.find(({ holds }) => holds.test(file));

function fault(file: string, line: ImportLine, target: string | undefined): string | undefined {
  if (isTest(file)) return undefined;
  const from = areaOf(file);
  if (!from) return `is in no area: say in import-rules.ts what it may import`;
  if (target === undefined) return packageFault(from, line.specifier);
  if (isTest(target)) return `${line.specifier}: only tests import tests and fixtures`;
  const to = areaOf(target);
  const isAllowed = !to || to === from || from.imports.includes(to.name);
  const isAllowedAsType = line.isTypeOnly && to !== undefined && from.types?.includes(to.name) === true;
  if (isAllowed || isAllowedAsType) return undefined;
  const allowed =
    [...from.imports, ...(from.types ?? []).map((name) => `${name} (types)`)].join(', ') || 'nothing else';
  return `${line.specifier}: ${from.name} may not import ${to.name}, only ${allowed}`;
}

function packageFault({ name, isPure, packages }: Area, specifier: string): string | undefined {
  // Astro's own virtual modules.
  if (specifier.startsWith('astro:')) return isPure ? `${specifier}: ${name} runs without Astro` : undefined;
  if (specifier.startsWith('node:'))
    return isPure ? `${specifier}: ${name} runs in the browser too, without Node` : undefined;
  if (!packages || Object.hasOwn(packages, specifier)) return undefined;
  return `${specifier}: ${name} uses no package but ${Object.keys(packages).join(', ') || 'none'}`;
}

/** The file that a specifier names, or undefined for a package. `#core/x.ts` is package.json's short form. */
function resolveSpecifier(file: string, specifier: string): string | undefined {
  const short = /^#(core|read)\/(.*)$/.exec(specifier);
  if (short) return `scripts/${short[1]}/${short[2]}`;
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/s, ''));
}

/** One circle for each group of files that reach each other (Tarjan's strongly connected components). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) {
        visit(next);
        low.set(file, Math.min(low.get(file)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, order.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const group = new Set(stack.splice(stack.indexOf(file)));
    const isCircle = group.size > 1 || graph.get(file)?.includes(file);
    if (isCircle) found.push(shortestCircle(graph, group));
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

/** The shortest way from a file of the group back to itself, for the message. */
function shortestCircle(graph: ReadonlyMap<string, readonly string[]>, group: ReadonlySet<string>): string[] {
  let shortest: string[] | undefined;
  for (const start of [...group].sort()) {
    const queue: string[][] = [[start]];
    const seen = new Set<string>();
    for (let path = queue.shift(); path; path = queue.shift()) {
      const next = (graph.get(path.at(-1)!) ?? []).filter((file) => group.has(file));
      if (next.includes(start)) {
        if (!shortest || path.length < shortest.length) shortest = path;
        break;
      }
      for (const file of next) if (!seen.has(file)) queue.push([...path, file]);
      for (const file of next) seen.add(file);
    }
  }
  return shortest ?? [...group];
}
