/** Whether a request is allowed: exactly what is listed for its call and region, whatever way its URL is spelt. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
import { checkRequest, ORIGIN_APIS, requestJson, type RequestApi } from './requests.ts';

const workspace = fixtureWorkspace();
const ask = (url: string, api: RequestApi = 'request', region = 'EU', miniapp = SMART) =>
  checkRequest(workspace, { miniapp, region, api, url });

test.each([
  'https://api.example.com',
  'https://api.example.com/',
  'https://api.example.com/v1/things?a=1&b=https://evil.example#x',
  'HTTPS://API.Example.COM/v1',
  'https://api.example.com:443/v1',
  'https://api.example.com./v1',
  'https://someone:secret@api.example.com/v1',
  'https://evil.example@api.example.com/v1',
  'https:\\\\api.example.com\\v1',
  ' https://api.example.com ',
  'https://ａｐｉ.example.com/',
  'https://api%2Eexample.com/',
])('%j is allowed', (url) => {
  expect(ask(url)).toMatchObject({ allowed: true, code: 'origin-listed', origin: 'https://api.example.com', fix: [] });
});

test.each<[url: string, code: string, origin: string | undefined]>([
  ['https://api.example.org', 'origin-not-listed', 'https://api.example.org'],
  ['https://api.example.com.evil.example/', 'origin-not-listed', 'https://api.example.com.evil.example'],
  ['https://api.example.com@evil.example/', 'origin-not-listed', 'https://evil.example'],
  ['https://evil.example/https://api.example.com', 'origin-not-listed', 'https://evil.example'],
  ['https://evil.example\\@api.example.com/', 'origin-not-listed', 'https://evil.example'],
  ['https://sub.api.example.com', 'origin-not-listed', 'https://sub.api.example.com'],
  ['https://bücher.example', 'origin-not-listed', 'https://xn--bcher-kva.example'],
  ['https://static.example.com', 'origin-not-listed', 'https://static.example.com'],
  ['https://api.example.com:8443', 'port-not-allowed', 'https://api.example.com:8443'],
  ['http://api.example.com/v1', 'not-https', undefined],
  ['wss://api.example.com/v1', 'not-https', undefined],
  ['https://*.example.com', 'host-not-allowed', 'https://*.example.com'],
  ['https://127.0.0.1/', 'host-not-allowed', 'https://127.0.0.1'],
  ['https://0x7f.1/', 'host-not-allowed', 'https://127.0.0.1'],
  ['https://[::1]/', 'host-not-allowed', 'https://[::1]'],
  ['https://localhost/', 'host-not-allowed', 'https://localhost'],
  ['https://co.uk/', 'host-not-allowed', 'https://co.uk'],
  ['https://api.example.com../', 'host-not-allowed', 'https://api.example.com.'],
  ['/v1/things', 'not-a-url', undefined],
  ['api.example.com/v1', 'not-a-url', undefined],
  ['//api.example.com/v1', 'not-a-url', undefined],
  ['data:text/plain,x', 'not-a-url', undefined],
  ['', 'not-a-url', undefined],
])('%j is refused: %s', (url, code, origin) => {
  const answer = ask(url);
  expect({ allowed: answer.allowed, code: answer.code, origin: answer.origin }).toEqual({
    allowed: false,
    code,
    origin,
  });
  expect(answer.fix.length).toBeGreaterThan(0);
  expect(answer.missing !== undefined).toBe(code === 'origin-not-listed');
  // Whatever was asked, every placeholder of the sentences is filled.
  for (const language of ['en', 'zh'] as const) {
    const { message, fix } = requestJson({ miniapp: SMART, region: 'EU', api: 'request', url }, answer, language);
    for (const sentence of [message, ...fix.map(({ text }) => text)]) {
      expect(sentence).not.toMatch(/\{\w+\}|undefined/);
    }
  }
});

describe('each call has its own list, and its own setting', () => {
  const server = 'Developer Platform - Development Settings - Multi-zone Server Domain Name';
  test.each<[RequestApi, setting: string, field: string, command: string]>([
    ['request', server, 'domains.request.AZ', '--api request --region AZ'],
    ['upload', server, 'domains.upload.AZ', '--api upload --region AZ'],
    ['download', server, 'domains.download.AZ', '--api download --region AZ'],
    [
      'static',
      server.replace('Server Domain Name', 'Static Resources'),
      'domains.static.AZ',
      '--api static --region AZ',
    ],
  ])('%s', (api, name, field, command) => {
    const url = 'https://api.example.com/x';
    const request = { miniapp: SMART, region: 'AZ', api, url };
    const json = requestJson(request, checkRequest(workspace, request));
    const file = `miniapps/${SMART}/domains.yaml`;
    expect(json.missing).toEqual({ name, file, field, value: 'https://api.example.com' });
    expect(json.fix).toEqual([
      {
        text: expect.stringContaining(field),
        command: `npx miniapp domain add ${SMART} https://api.example.com ${command}`,
      },
    ]);
    expect(json.elsewhere).toEqual(['AY', 'EU'].map((region) => ({ api: 'request', region })));
  });

  test('cloud takes the name of an API', () => {
    expect(ask('tuya.m.app.panel.url.get', 'cloud')).toMatchObject({ allowed: true, code: 'cloud-listed' });
    const answer = ask('m.smart.log', 'cloud', 'AZ');
    const json = requestJson({ miniapp: SMART, region: 'AZ', api: 'cloud', url: 'm.smart.log' }, answer);
    expect(json).toMatchObject({
      ok: false,
      missing: { name: 'Developer Platform - Development Settings - Cloud Capability', field: 'cloud' },
      fix: [{ command: `npx miniapp cloud add ${SMART} m.smart.log` }],
    });
    expect(ask('https://api.example.com', 'cloud').code).toBe('not-a-cloud-name');
  });
});

test.each(['XX', 'eu', '__proto__', 'constructor', ''])('the region %j is unknown', (region) => {
  for (const api of ['request', 'cloud'] as const) expect(ask('x.y', api, region).code).toBe('unknown-region');
});

test('a miniapp that is none', () => {
  expect(ask('https://api.example.com', 'request', 'EU', 'nobody00')).toMatchObject({ code: 'unknown-miniapp' });
});

test('whatever is typed: allowed exactly when the host that a browser would call is listed', () => {
  const listed = ['api.example.com', 'eu.example.org'];
  const part = fc.constantFrom(
    'https:',
    'http:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '443',
    '.',
    '?',
    '#',
    ' ',
    '%2e',
    ...listed,
  );
  const url = fc.oneof(
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.webUrl(),
    fc.string(),
  );
  fc.assert(
    fc.property(url, fc.constantFrom(...ORIGIN_APIS), (typed, api) => {
      const parsed = URL.canParse(typed) ? new URL(typed) : undefined;
      const host = parsed?.host.replace(/\.$/, '');
      const expected = api === 'request' && parsed?.protocol === 'https:' && listed.includes(host!);
      expect(ask(typed, api).allowed).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
