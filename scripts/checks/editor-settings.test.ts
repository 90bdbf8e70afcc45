/** What editors are told: every file that people may write in config/ has its schema by its path, before it has a first line. */
import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { identify, type FileKind } from '../core/paths.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { FIXTURE } from '../fixtures/workspace.ts';

const ROOT = join(import.meta.dirname, '../..');
const settings = (name: string) => parse(readFileSync(join(ROOT, '.vscode', name), 'utf8'));
const schemas: Readonly<Record<string, string>> = settings('settings.json')['yaml.schemas'];

/** A file of each kind that has a schema; a kind that is forgotten here does not compile. */
const FILES: Readonly<Record<Exclude<FileKind, 'readme' | 'avatar'>, string>> = {
  platform: 'platform.yaml',
  policy: 'policy.yaml',
  app: 'apps/smart-life.yaml',
  person: 'people/Ann-B.yaml',
  miniapp: 'miniapps/tysmart0000000001/miniapp.yaml',
  release: 'miniapps/tysmart0000000001/release.yaml',
  version: 'miniapps/tysmart0000000001/versions/1.2.0.yaml',
  trafficking: 'miniapps/tysmart0000000001/trafficking.yaml',
  whitelist: 'miniapps/tysmart0000000001/whitelist.yaml',
  members: 'miniapps/tysmart0000000001/members.yaml',
  domains: 'miniapps/tysmart0000000001/domains.yaml',
  scenarios: 'miniapps/tysmart0000000001/scenarios.yaml',
  languages: 'miniapps/tysmart0000000001/languages.yaml',
  report: 'miniapps/tysmart0000000001/reports/2026-11.yaml',
};

const schemasOf = (file: string): string[] =>
  Object.entries(schemas).flatMap(([schema, glob]) => (matchesGlob(`config/${file}`, glob) ? [schema] : []));

describe('.vscode/settings.json', () => {
  test.each(Object.entries(FILES))('a file of kind %s has its schema and no other', (kind, file) => {
    expect(identify(file)?.kind).toBe(kind);
    expect(schemasOf(file)).toEqual([`./schemas/${kind}.schema.json`]);
  });

  test('every schema that is named is there, and every glob is of one kind', () => {
    for (const schema of Object.keys(schemas)) expect([schema, existsSync(join(ROOT, schema))]).toEqual([schema, true]);
    expect(Object.keys(schemas)).toHaveLength(Object.keys(FILES).length);
  });

  test('every file of a platform has one', () => {
    const { texts } = loadWorkingTree(FIXTURE);
    const files = [...texts.keys()].filter((file) => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(schemasOf(file)).toEqual([`./schemas/${identify(file)!.kind}.schema.json`]);
  });

  test('other YAML has none of them', () => {
    for (const file of [
      '../.github/workflows/ci.yml',
      'miniapps/x/y/z.yaml',
      '../scripts/fixtures/workspace/platform.yaml',
    ])
      expect(schemasOf(file)).toEqual([]);
  });
});

test('the extension that reads them is recommended', () => {
  expect(settings('extensions.json').recommendations).toContain('redhat.vscode-yaml');
});
