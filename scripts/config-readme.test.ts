/** The examples of config/README.md: one of every file kind, each valid, and together a platform without a problem. */
import { readFileSync } from 'node:fs';
import { describe as group, expect, it } from 'vitest';
import { describe } from './core/problems/messages.ts';
import { keysOf } from './core/keys-of.ts';
import { identify, type FileKind } from './core/paths.ts';
import type { Problem } from './core/problems/problem.ts';
import { holdsExample } from './fixtures/example.ts';
import { checkRules } from './core/rules/index.ts';
import { load } from './read/load.ts';
import { checkShape } from './read/schema.ts';
import { memorySource } from './read/source.ts';
import { readYaml } from './read/yaml.ts';

/** Which kinds are YAML and so need an example. A new kind that is not here does not compile. */
const IS_YAML: Readonly<Record<FileKind, boolean>> = {
  readme: false,
  platform: true,
  policy: true,
  app: true,
  person: true,
  miniapp: true,
  avatar: false,
  release: true,
  version: true,
  trafficking: true,
  whitelist: true,
  members: true,
  domains: true,
  scenarios: true,
  languages: true,
  report: true,
};

const AVATAR = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="32"/></svg>';
/** A day on which the examples' dates make sense: after the last upload, before the whitelist row ends. */
const NOW = Date.parse('2026-11-21T00:00:00Z');

const readme = holdsExample() ? readFileSync(new URL('../config/README.md', import.meta.url), 'utf8') : '';
const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
  path: /^# (\S+)\n/.exec(text)?.[1] ?? '(no path)',
  text,
}));

const sentences = (problems: readonly Problem[]) =>
  problems.map((problem) => `${problem.at.file}: ${describe(problem).message}`);

// A platform of one's own may say in its README what it likes.
group.skipIf(!holdsExample())('config/README.md of the example', () => {
  it('starts every example with the path of a file that may be there', () => {
    const unknown = blocks.map(({ path }) => path).filter((path) => !identify(path));
    expect(unknown).toEqual([]);
  });

  it('has an example of every kind of file', () => {
    const shown = new Set(blocks.map(({ path }) => identify(path)?.kind));
    const kinds = keysOf(IS_YAML);
    expect(kinds.filter((kind) => IS_YAML[kind] && !shown.has(kind))).toEqual([]);
  });

  it('names the right schema in every example', () => {
    const wrong = blocks.filter(({ path, text }) => {
      const up = '../'.repeat(path.split('/').length);
      return !text.includes(`\n# yaml-language-server: $schema=${up}schemas/${identify(path)?.kind}.schema.json\n`);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it.each(blocks)('shows a valid $path', ({ path, text }) => {
    const found = readYaml(path, new TextEncoder().encode(text));
    expect(sentences(found.problems)).toEqual([]);
    expect(sentences(checkShape(identify(path)!.kind, path, found))).toEqual([]);
  });

  it('shows examples that together are a platform without a problem', () => {
    const files: Record<string, string> = Object.fromEntries(blocks.map(({ path, text }) => [path, text]));
    expect(Object.keys(files)).toHaveLength(blocks.length);
    const [miniapp] = blocks.filter(({ path }) => identify(path)?.kind === 'miniapp');
    const source = memorySource({ ...files, [miniapp!.path.replace('miniapp.yaml', 'avatar.svg')]: AVATAR });
    const { workspace, problems } = load(source);
    expect(sentences([...problems, ...checkRules(workspace, NOW)])).toEqual([]);
    expect(workspace.miniapps.size).toBe(1);
  });
});
