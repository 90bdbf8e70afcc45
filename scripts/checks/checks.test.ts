/** The checks find what they are for: each is shown to fail on a small bad input. */
import { expect, test } from 'vitest';
import { committedOutput, faultsIn, tooLong } from './hygiene.ts';
import { brokenLinks, type BuiltSite } from './links.ts';
import { invalidHtml } from './portal.ts';
import { command, ROOT } from './shell.ts';

const site = (pages: Record<string, string>, files: string[] = []): BuiltSite => ({
  pages: new Map(Object.entries(pages)),
  has: (path) => path in pages || files.includes(path),
});

test('links that lead somewhere are let through', () => {
  const found = brokenLinks(
    site(
      {
        'index.html': `<a href="/">a</a><a href="m/a%20b/?q=1&amp;r=2#top">b</a><img src="/x.svg"><a href="https://example.com/x">c</a>
          <a href="mailto:a@example.com">d</a><a href="#here">e</a><p id="here"></p><script>const a = ' href="/nowhere/"';</script>`,
        'm/a b/index.html': '<h1 id="top"></h1><a href="../../#here">up</a>',
      },
      ['x.svg'],
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  ['a page that is not there', '<a href="/gone/">x</a>', '/gone/ leads nowhere'],
  ['a file that is not there', '<img src="gone.svg">', 'gone.svg leads nowhere'],
  ['a folder without its slash', '<a href="/m">x</a>', '/m leads nowhere'],
  ['a place that is not there', '<a href="/m/#gone">x</a>', '/m/#gone names a place that m/index.html does not have'],
  ['out of the site', '<a href="../x/">x</a>', '../x/ leads out of the site'],
])('a link to %s is found', (_, html, expected) => {
  expect(brokenLinks(site({ 'index.html': html, 'm/index.html': '<p></p>' }))).toEqual([`index.html: ${expected}`]);
});

test('invalid HTML is found with its place', async () => {
  const page = (body: string) =>
    `<!doctype html>\n<html lang="en">\n<head><title>t</title></head>\n<body>${body}</body>\n</html>\n`;
  expect(await invalidHtml(new Map([['a.html', page('<p>fine</p>')]]))).toEqual([]);
  const found = await invalidHtml(new Map([['a.html', page('<p id="x"></p><ul><p id="x"></p></ul>')]]));
  expect(found.length).toBeGreaterThanOrEqual(2);
  expect(found.every((line) => line.startsWith('a.html:4:'))).toBe(true);
});

test.each([
  ['this checkout', 'cd /opt/checkout/scripts', 'a path of one machine'],
  ['a home folder', `const a = '${['', 'home', 'ada', 'x'].join('/')}';`, 'a path of one machine'],
  [
    'a registry',
    `"resolved": "${['https://registry', 'npmjs', 'org/a'].join('.')}"`,
    'the address of a package registry',
  ],
])('%s in a tracked file is found', (_, line, what) => {
  expect(faultsIn('a.txt', `fine\n${line}\n`, '/opt/checkout')).toEqual([`a.txt:2 ${what}: ${line}`]);
});

test('other paths and addresses are let through', () => {
  expect(faultsIn('a.txt', 'see /etc/hosts, https://example.com/home/ada and /checkout/x\n', '/opt/checkout')).toEqual(
    [],
  );
});

test.each([
  ['no comment', '', true],
  ['a comment without a reason', '/** Of lines, because they are. */\n', true],
  ['the words without a reason', '/** Lines. Longer than most files. */\n', true],
  ['a reason in a later comment', '/** Lines. */\n/** Longer than most files: a list. */\n', true],
  ['a reason over two lines', '/**\n * Lines. Longer than\n * most files, because it is a list.\n */\n', false],
])('of a file past 300 lines with %s it is said: %s', (_, head, isSaid) => {
  const text = (lines: number) => head + 'x;\n'.repeat(lines - head.split('\n').length + 1);
  expect(tooLong('scripts/fixtures/a.ts', text(301)) !== undefined).toBe(isSaid);
  expect(tooLong('scripts/fixtures/a.ts', text(300))).toBeUndefined();
});

test('what is made on each machine and run there is found among what is committed', () => {
  const files = ['.cache/bundle', 'site/node_modules/a/index.js', 'scripts/cache/store.ts', 'node_modules.md'];
  expect(committedOutput(files).map((line) => line.split(' ')[0])).toEqual(files.slice(0, 2));
});

test('a step that goes on for too long is ended with all that it started, and says so', async () => {
  const started = performance.now();
  const { code, output } = await command('sleep 60 & echo begun; sleep 60', { cwd: ROOT, timeoutSeconds: 1 });
  expect({ code, output }).toEqual({
    code: null,
    output: 'begun\n\nended after 1 s: sleep 60 & echo begun; sleep 60\n',
  });
  expect(performance.now() - started).toBeLessThan(30_000);
});
