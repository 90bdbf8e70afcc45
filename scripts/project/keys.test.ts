/** Which texts a project uses, as its files say it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keysInProject } from './keys.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'miniapp-keys-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const { named, mentioned, prefixes, unread } = keysInProject(root);
  return { named: [...named].sort(), mentioned, prefixes, unread };
}

test('keys named in scripts, markup and JSON', () => {
  const { named } = project({
    'pages/a.js':
      "const t = I18n.t('one'); // I18n.t('comment')\nty.I18n.t('two'); strings.getLang('three'); other.t('four');",
    'pages/b.tsx': "export default () => <Text>{Strings.getLang('five' as string)}{Strings.getLang('six')}</Text>;",
    'pages/a.tyml': '<view title="{{I18n.t(\'seven\')}}">{{ I18n.t("eight") }}</view>',
    'pages/a.json': '{ "navigationBarTitleText": "@I18n.t(\'nine\')" }',
    'node_modules/x/index.js': "I18n.t('ten')",
    'i18n/strings.json': '{"en": {"eleven": "@I18n.t(\'eleven\')"}}',
  });
  expect(named).toEqual(['eight', 'nine', 'one', 'seven', 'six', 'three', 'two']);
});

test('texts that may be keys, and beginnings of keys', () => {
  const { mentioned, prefixes } = project({
    'a.js':
      "show('handed'); const map = { 'own-name': `whole` }; Strings.getLang(`dp_${code}`); getLang('fault_' + n);",
    'a.wxml': '<item label="attribute" />',
  });
  for (const text of ['handed', 'whole', 'attribute', 'fault_']) expect(mentioned.has(text)).toBe(true);
  expect(mentioned.has('own-name')).toBe(false);
  expect([...prefixes].sort()).toEqual(['dp_', 'fault_']);
});

test('a file that is no script is named, and the others are read', () => {
  const { named, unread } = project({ 'broken.js': 'const = (', 'whole.js': "I18n.t('one')" });
  expect(named).toEqual(['one']);
  expect(unread).toEqual([expect.stringMatching(/^broken\.js: /)]);
});
