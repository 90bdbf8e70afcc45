/** What no tracked file may hold: paths of the machine it was written on, addresses of package registries; and files too long to read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, ROOT } from './shell.ts';

/** Lines. Past this a file says at its top why it is one, after the words "Longer than most files"; where not, it is a warning. */
const LONG = 300;

/** Home folders as systems name them; the names of people in them are made up of letters. */
const HOME = /(?:^|[\s"'(=:`])\/(?:home|Users)\/[A-Za-z]/;
/** Put together here, so that this file does not find itself. */
const REGISTRY = new RegExp(
  `https?://[^\\s"']*(?:${['registry.npmjs', 'registry.yarnpkg', 'npm.pkg.github', 'artifactory'].join('|')})`,
);

/** A finding `file:line what` for each; warns of files past 300 lines that give no reason. */
export async function hygiene(): Promise<string[]> {
  const { code, output } = await command('git ls-files -z', { cwd: ROOT });
  if (code !== 0) return ['not a Git checkout: git ls-files failed'];
  const files = output.split('\0').filter((file) => file !== '');
  const found = committedOutput(files);
  for (const file of files) {
    if (/\.(?:png|jpe?g|webp|gif|ico|woff2?|br)$/i.test(file)) continue;
    let text;
    try {
      text = readFileSync(join(ROOT, file), 'utf8');
    } catch {
      // Tracked and not there: being removed, or a link to nowhere.
      continue;
    }
    found.push(...faultsIn(file, text));
    const note = tooLong(file, text);
    if (note) console.log(`  warning: ${note}`);
  }
  return found;
}

/** Files that are made on each machine, and run there: one that comes with a commit would run unread. */
export const committedOutput = (files: readonly string[]): string[] =>
  files
    .filter((file) => /(?:^|\/)(?:\.cache|node_modules)\//.test(file))
    .map((file) => `${file} is made on each machine: take it out of the commit (git rm --cached)`);

/** `file:line what` for each. */
export function faultsIn(file: string, text: string, checkout = ROOT): string[] {
  const isOfMachine = (part: string): boolean => HOME.test(part) || part.includes(`${checkout}/`);
  if (!isOfMachine(text) && !REGISTRY.test(text)) return [];
  return text.split('\n').flatMap((line, i) => {
    const what = isOfMachine(line)
      ? 'a path of one machine'
      : REGISTRY.test(line) && 'the address of a package registry';
    return what ? [`${file}:${i + 1} ${what}: ${line.trim().slice(0, 120)}`] : [];
  });
}

/** A sentence about code that is longer than others and gives no reason in its first comment. */
export function tooLong(file: string, text: string): string | undefined {
  const isCode = /\.(?:ts|mjs|astro)$/.test(file) && !/\.generated\.|\.d\.ts$/.test(file);
  const lines = text.split('\n').length - 1;
  if (!isCode || lines <= LONG) return undefined;
  const [comment = ''] = /\/\*\*.*?\*\//s.exec(text) ?? [];
  const hasReason = /Longer than most files(?:,|:) \w/.test(comment.replaceAll(/\s+(?:\* )?/g, ' '));
  return hasReason ? undefined : `${file} has ${lines} lines: look for the seam, or say at its top why not`;
}
