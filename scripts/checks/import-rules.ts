/**
 * Who may import whom. The arrows are those of the picture in scripts/README.md: everything points at the core, and the core
 * at nothing, so that the same decision runs in the command line, in a workflow and in a browser.
 */
import { posix } from 'node:path';
import { importLines, type ImportLine } from './import-lines.ts';

interface Area {
  readonly name: string;
  /** What it holds: a row of the table in scripts/README.md. */
  readonly about: string;
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
  ...[
    'core',
    'read',
    'edit',
    'project',
    'tables',
    'git',
    'packages',
    'judge',
    'github',
    'propose',
    'bot',
    'doctor',
    'publish',
  ],
  ...['report', 'cache', 'init', 'upgrade', 'portal', 'cli', 'commands', 'entry', 'tooling'],
];

/** The first whose pattern fits is a file's area. */
export const AREAS: readonly Area[] = [
  {
    name: 'core',
    about: 'the domain: pure, total, no clock of its own; also runs in the browser',
    holds: /^scripts\/core\//,
    imports: [],
    isPure: true,
    packages: {
      'url-template': 'RFC 6570 links, the same in the browser and here; no dependencies, no input or output',
      tldts: 'the public suffix list, which says what may be an origin; data and string functions alone',
      'punycode/punycode.js': 'IDN labels as they read, to warn of look-alikes; string functions alone',
    },
  },
  {
    name: 'read',
    about: 'the only door in: YAML, shape, avatars, line and column',
    holds: /^scripts\/read\//,
    imports: ['core'],
  },
  {
    name: 'git',
    about: 'the only place that starts Git; a folder as Git sees it',
    holds: /^scripts\/git\//,
    imports: ['core', 'read'],
  },
  {
    name: 'report',
    about: 'problems and verdicts as text for a terminal, and as Markdown',
    holds: /^scripts\/report\//,
    imports: ['core'],
    types: ['read'],
  },
  {
    name: 'edit',
    about: 'from a state and arguments to the smallest edits of YAML; writing them whole',
    holds: /^scripts\/edit\//,
    imports: ['core', 'read'],
  },
  {
    name: 'project',
    about: '[miniapp projects](project/README.md): digest, pages, what their code calls',
    holds: /^scripts\/project\//,
    imports: ['core'],
  },
  {
    name: 'tables',
    about: '[files that go in and out](tables/README.md): CSV, texts, figures, entries',
    holds: /^scripts\/tables\//,
    imports: ['core', 'project'],
  },
  {
    name: 'packages',
    about: 'the bytes of versions: kept, proven, read again, compared',
    holds: /^scripts\/packages\//,
    imports: ['core', 'read', 'git', 'project'],
  },
  {
    name: 'judge',
    about: 'a difference judged: two commits, or edits not written yet',
    holds: /^scripts\/judge\//,
    imports: ['core', 'read', 'git', 'packages'],
    types: ['edit'],
  },
  {
    name: 'github',
    about: "GitHub's API: clients, readers, accounts, remotes; no policy",
    holds: /^scripts\/github\//,
    imports: ['core', 'git'],
    types: ['read'],
  },
  {
    name: 'propose',
    about: 'opens a pull request for an edit: branch, push, fork',
    holds: /^scripts\/propose\//,
    imports: ['core', 'read', 'edit', 'git', 'packages', 'judge', 'report', 'github'],
  },
  {
    name: 'bot',
    about: '[the bot](bot/README.md): snapshot, evaluation, approvals, merge, feedback',
    holds: /^scripts\/bot\//,
    imports: ['core', 'read', 'edit', 'git', 'packages', 'judge', 'report', 'github'],
  },
  {
    name: 'doctor',
    about: 'whether a clone and a repository are set up',
    holds: /^scripts\/doctor\//,
    imports: ['core', 'git', 'github'],
  },
  {
    name: 'publish',
    about: 'whether a commit may be published',
    holds: /^scripts\/publish\//,
    imports: ['core', 'read', 'git', 'github'],
  },
  {
    name: 'cache',
    about: 'what commands found before, for the user who runs them; whoever judges for others has none',
    holds: /^scripts\/cache\//,
    imports: [],
  },
  {
    name: 'init',
    about: "the beginning of a platform of one's own, as edits",
    holds: /^scripts\/init\//,
    imports: ['core', 'read', 'edit', 'git', 'github'],
  },
  {
    name: 'upgrade',
    about: 'a newer tool for a platform; migrations of files whose form changed',
    holds: /^scripts\/upgrade\//,
    imports: ['core', 'read', 'edit', 'git', 'github', 'init'],
  },
  {
    name: 'portal',
    about: "starts the portal's build, and serves what was built",
    holds: /^scripts\/portal\//,
    imports: ['core', 'read', 'git', 'report'],
  },
  {
    name: 'cli',
    about: 'the frame of commands: words, configuration, actor, edits, output',
    holds: /^scripts\/cli\//,
    imports: ['core', 'read', 'edit', 'git', 'packages', 'judge', 'report', 'tables', 'project', 'github', 'propose'],
  },
  {
    name: 'commands',
    about: 'one file a verb, a folder a noun: parse, load, call the core, print',
    holds: /^scripts\/commands\//,
    imports: EVERYTHING.filter((name) => name !== 'entry' && name !== 'tooling'),
  },
  {
    name: 'entry',
    about: '`cli.ts`: words → command → exit code; `ci.ts`: the same for workflows',
    holds: /^scripts\/(?:cli|ci)\.ts$/,
    imports: ['cli', 'commands', 'core', 'github', 'bot', 'publish'],
  },
  {
    name: 'tooling',
    about:
      '`checks/`, `bench/`, `fixtures/`, `*.mjs`: not the product; what keeps it in order, sets it up and tests it',
    holds: /^scripts\//,
    imports: EVERYTHING,
  },
  {
    name: 'site-data',
    about: '`site/src/data.ts`: what the portal is given',
    holds: /^site\/src\/data\.ts$/,
    imports: ['core', 'read', 'git', 'report', 'portal', 'site-views', 'site-build'],
  },
  {
    name: 'site-client',
    about: "`*.client.ts`: what runs in the reader's browser",
    holds: /^site\/src\/.*\.client\.ts$/,
    imports: ['core', 'site-views'],
    isPure: true,
    packages: {},
  },
  {
    name: 'site-pages',
    about: 'pages, endpoints, components, markup, and what they are made with',
    holds: /^site\/src\/(?:pages\/|layouts\/|[a-z]+\.ts$|.*(?:\.astro|markup\.ts)$)/,
    imports: ['core', 'site-views', 'site-client', 'site-data', 'site-build'],
  },
  {
    name: 'site-views',
    about: 'what a page shows, as data, and its texts; the same in the browser',
    holds: /^site\/src\/(?:features|lib|i18n)\//,
    imports: ['core'],
    isPure: true,
    packages: {
      'd3-scale': 'where a value of a chart stands',
      'd3-shape': 'the lines and areas of charts',
      qrcode: 'the modules of a code, drawn here and in the browser',
      minisearch: 'finds words in the index of the search',
    },
  },
  {
    name: 'site-build',
    about: 'how the portal is built',
    holds: /^site\//,
    imports: ['core', 'site-data', 'site-views', 'site-pages'],
  },
];

/** The areas below scripts/ as a table of Markdown, for scripts/README.md. */
export function areasTable(): string {
  const rows = AREAS.filter(({ name }) => !name.startsWith('site-')).map((area) => [
    /^(?:entry|tooling)$/.test(area.name) ? '' : `\`${area.name}/\``,
    area.about,
    importsText(area),
  ]);
  return tableOf([['folder', 'what it holds', 'may import'], ...rows]);
}

/** A table of Markdown as prettier lays it out; the first row is its head. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

function importsText({ name, imports, types = [], packages }: Area): string {
  const others = EVERYTHING.filter((one) => one !== name && !imports.includes(one));
  const named = [...imports, ...types.map((one) => `types of ${one}`)].join(', ');
  const text = others.length <= 3 && others.length > 0 ? `all but ${others.join(', ')}` : named;
  const few = packages ? `${Object.keys(packages).length} packages` : '';
  return [text, few].filter((part) => part !== '').join(', ') || 'everything';
}

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
