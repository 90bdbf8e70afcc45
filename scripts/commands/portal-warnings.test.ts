import { expect, test } from 'vitest';
import { load } from '../read/load.ts';
import { memorySource } from '../read/source.ts';
import { checkRules } from '../core/rules/index.ts';
import { locateAll } from '../read/positions.ts';
import { fixtureFiles, NOW, SMART } from '../fixtures/workspace.ts';
import { warningsIn } from './portal-warnings.ts';

const ROWS = `whitelist:\n  - { app: smart-life, account: qa@example.com, expires: 2026-01-02 }\n`;

test('a warning is told in both languages, with what it is about, and its place inside the configuration', () => {
  const files = { ...fixtureFiles(), [`miniapps/${SMART}/whitelist.yaml`]: ROWS };
  const { workspace, problems, texts } = load(memorySource(files));
  const found = locateAll([...problems, ...checkRules(workspace, NOW)], texts, '/somewhere/config');
  const told = warningsIn({ workspace, problems: found, folder: '/somewhere/config', texts, digest: '' }, NOW);
  const ended = told.find(({ code }) => code === 'whitelist-expired');
  expect(ended).toMatchObject({
    file: `miniapps/${SMART}/whitelist.yaml`,
    line: 2,
    messages: {
      en: expect.stringContaining('2026-01-02'),
      zh: expect.stringMatching(/2026-01-02.*\p{Script=Han}|\p{Script=Han}.*2026-01-02/u),
    },
  });
  expect(told.length).toBe(found.length);
});
