/** What `init` asks for, at a terminal and without one, and answers that it does not take. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../cli.ts';
import { copyWithoutGit, INIT_WORDS } from '../../fixtures/product.ts';
import { removeRepositories, type TestRepository } from '../../fixtures/repository.ts';
import { NOW } from '../../fixtures/workspace.ts';

afterAll(removeRepositories);

const read = ({ home }: TestRepository, path: string): string => readFileSync(join(home, path), 'utf8');

test('without a terminal it says what is missing', async () => {
  const own = copyWithoutGit();
  const { code, err } = await own.run('init', '--name', 'Acme', '--region', 'EU=Europe');
  expect([code, err]).toEqual([2, expect.stringContaining('--owner, --github-id, --app are missing')]);
  expect(existsSync(join(own.home, 'tool.json'))).toBe(false);
});

test('at a terminal it asks for it', async () => {
  const own = copyWithoutGit();
  const answers = ['ada', '583231', 'EU=Europe, US=America', 'acme=Acme'];
  const asked: string[] = [];
  const io = { stdout: () => {}, stderr: () => {}, env: {}, cwd: own.home, isColoured: false, now: NOW };
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(answers.shift() ?? '');
  };
  expect(await main(['init', '--name', 'Acme'], { ...io, ask })).toBe(0);
  expect(asked).toHaveLength(4);
  expect(read(own, 'config/platform.yaml')).toContain('regions:\n  EU: Europe\n  US: America\n');
  expect(read(own, 'config/apps/acme.yaml')).toContain('regions: [EU, US]');
});

test('a slip is told and asked again, and what was answered stays', async () => {
  const own = copyWithoutGit();
  const answers = ['ada', '583231', 'Europe', 'EU=Europe', 'Acme=Acme', 'acme=Acme'];
  const said: string[] = [];
  const io = { stdout: () => {}, stderr: (text: string) => said.push(text), env: {}, cwd: own.home };
  const ask = () => Promise.resolve(answers.shift() ?? '');
  expect(await main(['init', '--name', 'Acme'], { ...io, ask, isColoured: false, now: NOW })).toBe(0);
  expect(said.join('')).toMatch(/--region Europe: write it as ID=LABEL\n.*--app Acme=Acme: an id has lower-case/s);
  expect(read(own, 'config/platform.yaml')).toContain('regions:\n  EU: Europe\n');
});

test('an empty line is told and asked again, and an end of the input ends the talk', async () => {
  const own = copyWithoutGit();
  const said: string[] = [];
  const io = { stdout: () => {}, stderr: (text: string) => said.push(text), env: {}, cwd: own.home, now: NOW };
  const talk = (...answers: string[]) =>
    main(['init', '--name', 'Acme'], { ...io, ask: () => Promise.resolve(answers.shift() ?? ''), isColoured: false });
  expect(await talk('ada', '583231')).toBe(2);
  expect(said.join('').match(/--region is missing/g)).toHaveLength(3);
  expect(await talk('', 'ada', '583231', ' ', 'EU=Europe', 'acme=Acme')).toBe(0);
});

test('several in one option, as the questions take them; a label may hold commas', async () => {
  const own = copyWithoutGit();
  const words = ['--region', 'EU=Europe, the Union,US=America', '--language', 'en,de', '--app', 'acme=Acme,beta=Beta'];
  expect((await own.runJson('init', ...INIT_WORDS.slice(0, 6), ...words)).value).toMatchObject({ ok: true });
  const platform = read(own, 'config/platform.yaml');
  expect(platform).toContain('EU: Europe, the Union');
  expect(platform).toContain('US: America');
  expect(platform).toContain('languages: [en, de]');
  expect(existsSync(own.file('apps/beta.yaml'))).toBe(true);
});

test.each([
  ['a region without a label', ['--region', 'EU'], '--region EU'],
  ['a region that is no id', ['--region', 'E U=Europe'], '--region E U=Europe'],
  ['languages that are none', ['--language', 'en,Deutsch'], '--language Deutsch'],
  ['a region twice in one value', ['--region', 'EU=A,EU=B'], '--region EU is given twice'],
  ['a region twice', ['--region', 'EU=A', '--region', 'EU=B'], '--region EU is given twice'],
  ['an app twice', ['--app', 'home=H', '--app', 'home=I'], '--app home is given twice'],
  ['an app in capitals', ['--app', 'Acme=Acme'], '--app Acme=Acme'],
  ['an owner who is no login', ['--owner', 'a b'], '--owner a b'],
  ['an owner of the example', ['--owner', 'mei_example'], '--owner mei_example'],
  ['an id that is no number', ['--github-id', '1e3'], '--github-id 1e3'],
  ['a repository without an owner', ['--repository', 'minis'], '--repository minis'],
  ['another word for the example', ['--example', 'drop'], '--example drop'],
])('%s', async (_, words, said) => {
  const own = copyWithoutGit();
  // In the place of what is given once.
  const isReplaced = (i: number) =>
    ['--owner', '--github-id'].includes(words[0]!) && INIT_WORDS[i - (i % 2)] === words[0];
  const others = INIT_WORDS.filter((_word, i) => !isReplaced(i));
  const { code, err } = await own.run('init', ...others, ...words);
  expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  expect(read(own, 'README.md')).toContain('Miniapp Registry');
});

test('a name that no platform may have: nothing is written', async () => {
  const own = copyWithoutGit();
  const words = INIT_WORDS.map((word) => (word === 'Acme Minis' ? 'x'.repeat(81) : word));
  const { code, value } = await own.runJson('init', ...words);
  expect([code, value.problems.map(({ code: found }: any) => found)]).toEqual([1, ['field-limit']]);
  expect(read(own, 'README.md')).toContain('Miniapp Registry');
});

test.each(['Größe & Söhne: "Minis"', '智家小程序', "O'Neill's #1", '*star*', 'true'])(
  'a platform called %s',
  async (name) => {
    const own = copyWithoutGit();
    const words = INIT_WORDS.map((word) => (word === 'Acme Minis' ? name : word));
    expect((await own.runJson('init', ...words)).value).toMatchObject({ ok: true });
    expect((await own.runJson('validate')).value).toMatchObject({ ok: true });
    expect(JSON.parse(read(own, 'package.json')).name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  },
);
