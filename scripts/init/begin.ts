/** A platform's beginning as edits: what of a copy of the example changes, and how. Reads the copy; writes nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathOf } from '../core/paths.ts';
import type { Problem } from '../core/problems/problem.ts';
import { checkRules } from '../core/rules/index.ts';
import { severityOf } from '../core/problems/messages.ts';
import type { FileEdit } from '../edit/edit.ts';
import { codeownersOf } from '../github/codeowners.ts';
import { load, type Loaded } from '../read/load.ts';
import { overlaySource } from '../read/overlay.ts';
import { workingTree } from '../git/working-tree/working-tree.ts';
import { exampleFiles, keptExample, withExample } from './example.ts';
import { appText, personText, platformText, type InitAnswers } from './platform-files.ts';
import { ownConfigReadme, ownReadme, packageName, renamed } from './texts.ts';

export interface BeginOptions {
  /** The folder of the project, and that of the configuration below it. */
  readonly root: string;
  readonly prefix: string;
  readonly answers: InitAnswers;
  readonly beginning: string;
  readonly keepsExample: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What `tool.json` says. */
  readonly tool: Readonly<Record<string, unknown>>;
}

export interface BeginResult {
  /** From the project's folder; platform.yaml, by which a beginning is known, is the last. */
  readonly edits: readonly FileEdit[];
  readonly errors: readonly Problem[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Pictures of the example, which go with whatever platform begins, and the projects of its miniapps. */
const IMAGES = '.github/images';
const PROJECTS = 'examples';

/**
 * The edits that make a platform of a copy of the example, or the problems that its answers would have. The example's default app stays
 * the default one where its promises need that.
 */
export function begun(asked: BeginOptions): BeginResult {
  const { root, prefix, keepsExample, now } = asked;
  const folder = join(root, prefix);
  const there = existsSync(folder) ? workingTree(folder) : undefined;
  const before: Loaded = there ? load(there) : load({ list: () => [], read: () => new Uint8Array() });
  const ways = keepsExample ? [true, false] : [true];
  for (const hasOwnDefault of ways) {
    const files = configFiles(asked, before, hasOwnDefault);
    const after = load(overlaySource(there ?? { list: () => [], read: () => new Uint8Array() }, files));
    const errors = [...after.problems, ...checkRules(after.workspace, now)].filter(
      ({ code }) => severityOf(code) === 'error',
    );
    // The promises of the example's miniapps may rest on its default app.
    if (errors.length > 0 && hasOwnDefault && ways.length > 1) continue;
    const config = [...files].map(([path, text]) => [`${prefix}/${path}`, text] as const);
    const others = projectFiles(asked, codeownersOf(after.workspace, prefix));
    const edits = [...others, ...config].map(([path, text]) => editOf(root, path, text)).filter(isChange);
    const isLast = ({ path }: FileEdit): boolean => path === `${prefix}/${pathOf.platform}`;
    return {
      edits: [...edits.filter((edit) => !isLast(edit)), ...edits.filter(isLast)],
      errors,
      texts: after.texts,
    };
  }
  throw new Error('the last way is always taken');
}

/** The configuration's files that change; null for those that go. */
function configFiles(asked: BeginOptions, before: Loaded, hasOwnDefault: boolean): Map<string, string | null> {
  const { keepsExample, beginning, today, root, prefix } = asked;
  const { workspace } = before;
  const answers = keepsExample ? withExample(asked.answers, workspace) : asked.answers;
  const files = new Map<string, string | null>();
  if (keepsExample)
    for (const [path, text] of keptExample(before, answers.owner, today, hasOwnDefault)) files.set(path, text);
  else for (const path of exampleFiles(workspace)) files.set(path, null);
  const readme = textOf(join(root, prefix, 'README.md'));
  if (readme !== null) files.set('README.md', ownConfigReadme(readme, answers.name, keepsExample));
  files.set(pathOf.person(answers.owner), personText(answers));
  for (const [i, app] of answers.apps.entries())
    files.set(pathOf.app(app.id), appText(app, asked.answers, i === 0 && hasOwnDefault));
  files.set(pathOf.platform, platformText(answers, beginning));
  return files;
}

/** The project's own files that mention the example. */
function projectFiles(
  { root, answers, keepsExample, tool }: BeginOptions,
  codeowners: string,
): [string, string | null][] {
  const name = packageName(answers.name, answers.owner);
  const changed: [string, (text: string) => string][] = [
    ['README.md', (text) => ownReadme(text, answers.name)],
    ['package.json', (text) => renamed(text, name)],
    ['package-lock.json', (text) => renamed(text, name)],
    ['.github/CODEOWNERS', () => codeowners],
  ];
  const files = changed.flatMap(([path, change]): [string, string | null][] => {
    const text = textOf(join(root, path));
    return text === null ? [] : [[path, change(text)]];
  });
  const gone = [...filesIn(root, IMAGES), ...(keepsExample ? [] : filesIn(root, PROJECTS))].map(
    (path): [string, null] => [path, null],
  );
  return [...files, ...gone, ['tool.json', `${JSON.stringify(tool, null, 2)}\n`]];
}

/** Every file of a folder of the project, however deep; none where there is no such folder. */
const filesIn = (root: string, folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort()
    : [];

const textOf = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

function editOf(root: string, path: string, after: string | null): FileEdit {
  const file = join(root, path);
  const before = existsSync(file) ? readFileSync(file) : null;
  return { path, before, after };
}

const isChange = ({ before, after }: FileEdit): boolean =>
  before === null || after === null ? before !== after : Buffer.from(after).compare(before as Uint8Array) !== 0;
