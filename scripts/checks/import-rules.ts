/** Who imports whom, held against the areas: what crosses a border that it may not, and what imports in a circle. */
import { posix } from 'node:path';
import { AREAS, type Area } from './areas.ts';
import { importLines, type ImportLine } from './import-lines.ts';

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
    const misplaced = placeFault(file);
    if (misplaced !== undefined) violations.push({ file, line: 1, message: misplaced });
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
  for (const circle of circles(portalFolders(graph))) {
    violations.push({
      file: circle[0]!,
      line: 1,
      message: `folders import in a circle: ${[...circle, circle[0]].join(' → ')}`,
    });
  }
  return violations;
}

/** Of the portal's features, and of what they share, each folder with those that its files import: these go in one direction, too. */
function portalFolders(graph: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const [file, targets] of graph) {
    const own = isTest(file) ? undefined : portalFolder(file);
    if (own === undefined) continue;
    const others = targets.flatMap((target) => portalFolder(target) ?? []).filter((folder) => folder !== own);
    folders.set(own, [...new Set([...(folders.get(own) ?? []), ...others])]);
  }
  return folders;
}

const portalFolder = (file: string): string | undefined =>
  /^site\/src\/(?:features\/[^/]+|lib|i18n)(?=\/)/.exec(file)?.[0];

/** Tests may import whatever they test, and fixtures are theirs; nothing else may import a test. */
const isTest = (file: string): boolean =>
  file.endsWith('.test.ts') || /^(?:scripts\/fixtures|site\/tests)\//.test(file);

const areaOf = (file: string): Area | undefined => AREAS.find(({ holds }) => holds.test(file));

function fault(file: string, line: ImportLine, target: string | undefined): string | undefined {
  if (isTest(file)) return undefined;
  const from = areaOf(file);
  if (!from) return `is in no area: say in checks/areas.ts what it may import`;
  if (target === undefined) return packageFault(from, line.specifier);
  if (isTest(target)) return `${line.specifier}: only tests import tests and fixtures`;
  const to = areaOf(target);
  if (to === from && from.rooms) return roomFault(from, file, target, line);
  const isAllowed = !to || to === from || from.imports.includes(to.name);
  const isAllowedAsType = line.isTypeOnly && to !== undefined && from.types?.includes(to.name) === true;
  if (isAllowed || isAllowedAsType) return undefined;
  const allowed =
    [...from.imports, ...(from.types ?? []).map((name) => `${name} (types)`)].join(', ') || 'nothing else';
  return `${line.specifier}: ${from.name} may not import ${to.name}, only ${allowed}`;
}

/** The folder of its area that a file is in, '' for a file beside the folders; undefined where the area has no folders. */
function roomIn({ holds, rooms }: Area, file: string): string | undefined {
  if (!rooms) return undefined;
  const [folder = '', ...rest] = file.replace(holds, '').split('/');
  return rest.length === 0 ? '' : folder;
}

/** What is wrong with the place of a file. */
function placeFault(file: string): string | undefined {
  const area = areaOf(file);
  if (!area?.rooms || isTest(file)) return undefined;
  const isKnown = area.rooms.some(({ name }) => name === roomIn(area, file));
  return isKnown
    ? undefined
    : `is in no folder of ${area.name}/ that checks/areas.ts has: say there what it may import`;
}

/** What is wrong with an import inside an area that has folders. */
function roomFault(area: Area, file: string, target: string, { specifier }: ImportLine): string | undefined {
  const [own, other] = [roomIn(area, file), roomIn(area, target)];
  const room = area.rooms?.find(({ name }) => name === own);
  if (!room || other === undefined || other === '' || own === other || room.imports.includes(other)) return undefined;
  const folders = room.imports.join(', ') || 'its own files';
  const folder = own === '' ? `what stands beside the folders of ${area.name}/` : `${area.name}/${own}/`;
  return `${specifier}: ${folder} may not import ${area.name}/${other}/, only ${folders}`;
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
