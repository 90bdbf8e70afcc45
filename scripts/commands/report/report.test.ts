/** The data report: rows in from files, whole or not at all, and figures out. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { fixtureFiles, PANEL, SMART } from '../../fixtures/workspace.ts';
import { sparkline } from './show.ts';

const { changes, home, remove, reset, run, runJson } = cliHarness('report');
afterAll(remove);
beforeEach(() => reset());

const write = (name: string, content: string) => writeFileSync(join(home, name), content);
const HEAD = 'date,app,region,version,opens,visitors,newVisitors,staySeconds,errors';
const october = `miniapps/${SMART}/reports/2026-10.yaml`;
const november = `miniapps/${SMART}/reports/2026-11.yaml`;
const line = (date: string, opens: number) =>
  `  - { date: ${date}, app: smart-life, region: EU, version: 1.1.0, opens: ${opens}, visitors: 5, newVisitors: 1, staySeconds: 2.5, errors: 0 }`;
type Found = { code: string; file: string; line: number; message: string };
const problems = ({ problems: all }: { problems: Found[] }) => all.map((one) => `${one.code} ${one.file}:${one.line}`);

describe('import', () => {
  const rows = [
    '2026-11-02,smart-life,EU,1.1.0,10,5,1,2.5,0',
    '2026-10-31,smart-life,EU,1.1.0,10,5,1,2.5,0',
    '2026-10-01,smart-life,EU,1.1.0,10,5,1,2.50,0',
  ];
  const objects = rows.map((cells) => {
    const [date, app, region, version, ...figures] = cells.split(',');
    const [opens, visitors, newVisitors, staySeconds, errors] = figures.map(Number);
    return { date, app, region, version, opens, visitors, newVisitors, staySeconds, errors };
  });
  test.each([
    ['in.csv', `${HEAD}\n${rows.join('\n')}\n`],
    ['in.csv', `\uFEFF${HEAD.replaceAll(',', ';')}\r\n${rows.join('\r\n').replaceAll(',', ';')}`],
    ['in.csv', `${HEAD}\n${rows.join('\n').replaceAll('smart-life,EU', '"Smart Life",central europe')}`],
    ['in.json', JSON.stringify(objects)],
    ['in.json', JSON.stringify(objects.map((row) => ({ ...row, app: '智能生活', region: '中欧' })))],
    ['in.json', JSON.stringify({ miniapp: SMART, rows: objects })],
  ])('%s goes into the files of its months, each row to its day', async (name, content) => {
    write(name, content);
    const words = `report import ${SMART} ${name} --actor bob`;
    expect((await run(`${words} --dry-run`)).code).toBe(0);
    expect(changes()).toEqual([]);
    const { code, value } = await runJson(`${words} --no-pr`);
    expect({ code, notes: value.notes }).toEqual({ code: 0, notes: [`rows of ${SMART}: 3 new`] });
    expect(changes()).toEqual([
      ...[october, `+${line('2026-10-01', 10)}`, `+${line('2026-10-31', 10)}`],
      ...[november, '+rows:', `+${line('2026-11-02', 10)}`],
    ]);
    expect((await run(words)).out).toContain('nothing to do: 3 rows are there already');
    expect((await runJson('validate')).value.counts.errors).toBe(0);
  });

  test('a file for many months may have more rows than one month', async () => {
    const days = Array.from({ length: 1251 }, (_, i) => new Date(Date.UTC(2021, 0, 1 + i)).toISOString().slice(0, 10));
    const many = days.flatMap((day) =>
      ['AZ', 'EU'].flatMap((region) =>
        ['1.0.0', '1.1.0'].map((version) => `${day},smart-life,${region},${version},10,5,1,2.5,0`),
      ),
    );
    write('in.csv', `${HEAD}\n${many.join('\n')}\n`);
    const { code, value } = await runJson(`report import ${SMART} in.csv --actor bob --no-pr`);
    expect({ code, notes: value.notes }).toEqual({ code: 0, notes: [`rows of ${SMART}: 5004 new`] });
    write('in.csv', `${HEAD}\n${many.join('\n')}\n2026-11-02,smart-life,EU,1.1.0,x,5,1,2.5,0\nnever${many[0]}\n`);
    const again = await runJson(`report import ${SMART} in.csv --actor bob --no-pr`);
    expect(problems(again.value)).toEqual(['table-value in.csv:5006', 'field-pattern in.csv:5007']);
  });

  test('other figures are refused, naming both, unless they are to replace the row', async () => {
    write(
      'in.csv',
      `${HEAD}\n2026-11-02,smart-life,EU,1.1.0,1,1,1,1,0\n2026-10-05,smart-life,EU,1.1.0,120,81,5,42.5,1\n`,
    );
    const { value } = await runJson(`report import ${SMART} in.csv --actor bob --no-pr`);
    expect(problems(value)).toEqual(['import-differs in.csv:3']);
    expect(value.problems[0].message).toContain('visitors 80 there and visitors 81 here');
    expect(changes()).toEqual([]);
    expect((await runJson(`report import ${SMART} in.csv --replace --actor bob --no-pr`)).value.notes).toEqual([
      `rows of ${SMART}: 1 new, 1 replaced`,
    ]);
    expect(changes()).toContain(
      '+  - { date: 2026-10-05, app: smart-life, region: EU, version: 1.1.0, opens: 120, visitors: 81, newVisitors: 5, staySeconds: 42.5, errors: 1 }',
    );
  });

  test('every bad row is listed with its line, and nothing is imported', async () => {
    write(
      'in.csv',
      [
        HEAD,
        '2026-11-01,smart-life,EU,1.1.0,10,5,1,2.5,0',
        '2026-11-31,smart-life,EU,1.1.0,10,5,1,2.5,0',
        '2.11.2026,smart-life,EU,1.1.0,10,5,1,2.5,0',
        '2026-11-02,smart-lif,EU,1.1.0,10,5,1,2.5,0',
        '2026-11-02,smart-life,XX,1.1.0,10,5,1,2.5,0',
        '2026-11-02,smart-life,EU,9.9.9,10,5,1,2.5,0',
        '2026-11-02,smart-life,EU,1.1.0,"1,000",5,1,2.5,0',
        '2026-11-03,smart-life,EU,1.1.0,10,-5,1,2.5,0',
        '2026-11-04,smart-life,EU,1.1.0,10,5,1,2.5',
        '2026-11-01,smart-life,EU,1.1.0,10,5,1,2.5,0',
        '2026-11-05,smart-life,EU,1.1.0,10.5,5,1,2.5,0',
      ].join('\n'),
    );
    const { code, value } = await runJson(`report import ${SMART} in.csv --actor bob --no-pr`);
    expect(code).toBe(1);
    expect([...new Set(problems(value))]).toEqual([
      ...['date-invalid in.csv:3', 'field-pattern in.csv:4'],
      ...[5, 6, 7].map((number) => `reference-unknown in.csv:${number}`),
      ...[8, 9, 10].map((number) => `table-value in.csv:${number}`),
      ...['table-row-twice in.csv:11', 'field-type in.csv:12'],
    ]);
    expect(changes()).toEqual([]);
  });

  test.each<[name: string, content: string, found: string[]]>([
    ['in.json', '{"rows": 5}', ['table-value in.json:1']],
    ['in.json', '[\n5]', ['table-value in.json:2']],
    ['in.json', '[]', ['table-empty in.json:1']],
    ['in.json', '[{"date": "2026-11-01"}]', ['field-missing in.json:1']],
    ['in.csv', 'date,opens\n', ['table-column in.csv:1']],
    ['in.csv', `${HEAD},clicks\n`, ['table-column in.csv:1']],
    ['in.csv', `${HEAD}\n`, ['table-empty in.csv:1']],
    ['in.csv', `${HEAD},miniapp\n${rows[0]},${PANEL}\n`, ['table-value in.csv:2']],
  ])('%s %j is refused', async (name, content, found) => {
    write(name, content);
    const { value } = await runJson(`report import ${SMART} ${name} --actor bob --no-pr`);
    expect([...new Set(problems(value))]).toEqual(found);
    expect(changes()).toEqual([]);
  });

  test('of several miniapps at once, all or none', async () => {
    const own = `2026-11-02,smart-life,EU,1.1.0,10,5,1,2.5,0,${SMART}`;
    const other = `2026-11-02,smart-life,EU,1.0.0,10,5,1,2.5,0,${PANEL}`;
    write('in.csv', `${HEAD},miniapp\n${own}\n${other}\n2026-11-02,smart-life,EU,1.0.0,1,1,1,1,0,nobody00\n`);
    expect(problems((await runJson('report import in.csv --actor bob --no-pr')).value)).toEqual([
      'reference-unknown in.csv:4',
    ]);
    expect(changes()).toEqual([]);
    write('in.csv', `${HEAD},miniapp\n${own}\n${other}\n`);
    const { code, value } = await runJson('report import in.csv --actor bob --no-pr');
    expect({ code, problems: value.problems }).toEqual({ code: 0, problems: [] });
    expect(value.transitions.map(({ miniapp }: { miniapp: string }) => miniapp).sort()).toEqual([PANEL, SMART]);
    write('in.csv', `${HEAD}\n${rows[0]}\n`);
    expect(problems((await runJson('report import in.csv --actor bob --no-pr')).value)).toEqual([
      'table-value in.csv:2',
    ]);
  });

  test('a file alone is no miniapp, whatever a miniapp is called', async () => {
    const basics = `miniapps/${SMART}/miniapp.yaml`;
    reset({ [basics]: fixtureFiles()[basics]!.replace('Alarm clock', 'Wi-Fi in.csv') });
    write('in.csv', `${HEAD},miniapp\n2026-11-02,smart-life,EU,1.1.0,10,5,1,2.5,0,${SMART}\n`);
    expect((await runJson('report import in.csv --actor bob --no-pr')).code).toBe(0);
  });

  test('is refused to whom it is not for', async () => {
    write('in.csv', `${HEAD}\n${rows[0]}\n`);
    expect((await runJson(`report import ${SMART} in.csv --actor rita --no-pr`)).value.problems[0].code).toBe(
      'actor-not-allowed',
    );
  });
});

describe('show', () => {
  test('totals, days, parts and the trend', async () => {
    const { code, value } = await runJson(`report show ${SMART} --from 2026-10-06 --to 2026-10-06`);
    expect(code).toBe(0);
    expect(value).toMatchObject({
      miniapp: SMART,
      from: '2026-10-06',
      to: '2026-10-06',
      totals: { opens: 130, visitors: 90, newVisitors: 15, staySeconds: 40, errors: 0 },
      days: [{ date: '2026-10-06', opens: 130 }],
      byApp: [{ app: 'smart-life', opens: 130, share: 1 }],
      byRegion: [{ region: 'EU' }],
      byVersion: [{ version: '1.1.0' }],
      trend: { former: { from: '2026-10-05', to: '2026-10-05' }, before: { opens: 120 } },
      adoption: [{ version: '1.1.0', isFromStart: true, latest: 1 }],
    });
    expect(value.trend.change).toMatchObject({ opens: 130 / 120 - 1, errors: -1 });
    const { out } = await run(`report show ${SMART}`);
    expect(out).toContain('2026-10-05 to 2026-10-06');
    expect(out).toMatch(/all +250 +170 +20 +41\.2 +1/);
    expect(out).toMatch(/opens +▇█/);
    expect(out).toMatch(/1\.1\.0 +250 .*100 %/);
  });

  test('a version counts from the day on which it was published, which Git knows', async () => {
    const git = (args: string, time: string) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args.split(' ')], {
        cwd: home,
        stdio: 'pipe',
        env: { PATH: process.env['PATH'], GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
      });
    git('init -q -b main', '');
    git('add -A', '');
    git('commit -q -m first', '2026-10-04T23:30:00Z');
    const { value } = await runJson(`report show ${SMART}`);
    expect(value.adoption).toMatchObject([
      { version: '1.1.0', since: '2026-10-04', isFromStart: false, daysToHalf: null },
    ]);
    const { out, err } = await run(`report show ${SMART}`);
    expect({ out, err }).toEqual({ out: expect.stringMatching(/1\.1\.0 +2026-10-04 +100 %/), err: '' });
    rmSync(join(home, '.git'), { recursive: true });
  });

  test('of what is asked for alone', async () => {
    expect((await runJson(`report show ${SMART} --app oem-home`)).value).toMatchObject({
      app: 'oem-home',
      totals: { opens: 0 },
      days: [],
    });
    expect((await run(`report show ${PANEL}`)).out).toBe('there are no figures\n');
  });

  test.each([
    ['report show ID --from yesterday', '--from yesterday'],
    ['report show ID --from 2026-10-06 --to 2026-10-05', 'is after'],
    ['report show nobody00', 'no miniapp "nobody00"'],
    ['report', 'import, show'],
    ['report import nowhere.csv --actor bob', 'cannot be read'],
  ])('%s is wrong usage', async (words, why) => {
    expect(await run(words.replace('ID', SMART))).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });

  test('bars go from nothing to the largest, with gaps', () => {
    expect(sparkline([0, 4, 8, null, 16])).toBe('▁▃▅ █');
    expect(sparkline([0, 0])).toBe('▁▁');
  });
});
