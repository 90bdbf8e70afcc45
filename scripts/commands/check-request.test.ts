/** The command about requests: its exit code, its sentences, and that what it advises helps. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';

const { remove, reset, run, runJson } = cliHarness('check-request');
afterAll(remove);
beforeEach(() => reset());

test('allowed: exit 0', async () => {
  const line = `check-request ${SMART} https://API.example.com/v1?x=1 --region EU --api request`;
  expect(await run(line)).toEqual({
    code: 0,
    out: 'allowed ty.request() may call https://api.example.com in EU\n',
    err: '',
  });
  expect((await runJson(line)).value).toMatchObject({
    ok: true,
    allowed: true,
    missing: null,
    origin: 'https://api.example.com',
  });
});

describe('what it advises helps', () => {
  test.each([
    [`check-request ${SMART} https://new.example.com/v1 --region EU --api upload`],
    [`check-request ${SMART} https://bücher.example.com/ --region AZ --api static`],
    [`check-request ${SMART} m.smart.log --region EU --api cloud`],
    [`check-request ${PANEL} https://api.example.com --region AY --api download`],
    [`check-request ${SMART} http://api.example.com/v1?a=$(id) --region EU --api request`],
    [`check-request ${SMART} https://api.example.com:8443/v1 --region EU --api request`],
    [`check-request ${SMART} https://api.example.com/v1 --region eu --api request`],
  ])('%s', async (line) => {
    const { code, value } = await runJson(line);
    expect(code).toBe(1);
    const [fix] = value.fix;
    expect(fix.text).not.toMatch(/[{}]/);
    const words = fix.command
      .replace('npx miniapp ', '')
      .split(' ')
      .map((word: string) => word.replaceAll("'", ''));
    const isQuestion = words[0] === 'check-request';
    expect((await run(isQuestion ? words : [...words, '--actor', 'bob', '--no-pr'])).code).toBe(0);
    if (!isQuestion) expect((await run(line)).code).toBe(0);
  });
});

test('refused, in words: the setting, the field, the file and the command', async () => {
  const { code, out } = await run(`check-request ${SMART} https://api.example.com/v1 --region EU --api static`);
  expect(code).toBe(1);
  for (const part of [
    'origin-not-listed: https://api.example.com is not listed for static resources in EU',
    'Development Settings - Multi-zone Static Resources',
    `domains.static.EU in miniapps/${SMART}/domains.yaml`,
    'listed for: request in AY, request in EU',
    `npx miniapp domain add ${SMART} https://api.example.com --api static --region EU`,
  ]) {
    expect(out).toContain(part);
  }
});

test('other files of the miniapp may be broken, domains.yaml may not', async () => {
  const line = `check-request ${SMART} https://api.example.com --region EU --api request`;
  reset({ [`miniapps/${SMART}/languages.yaml`]: 'strings: [\n' });
  expect((await run(line)).code).toBe(0);
  reset({ [`miniapps/${SMART}/domains.yaml`]: 'domains: { request: { EU: [http://api.example.com] } }\n' });
  expect((await runJson(line)).value.problems).toMatchObject([{ code: 'domain-scheme' }]);
});

test.each([
  [`check-request ${SMART} https://a.example.com --api request`, '--region is missing'],
  [`check-request ${SMART} https://a.example.com --region EU`, '--api is missing'],
  [`check-request ${SMART} https://a.example.com --region EU --api ftp`, '--api ftp'],
  [`check-request ${SMART} --region EU --api request`, 'URL is missing'],
])('%s is wrong usage', async (line, why) => {
  expect(await run(line)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
});
