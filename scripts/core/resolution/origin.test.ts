import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOrigin, isPlain } from './origin.ts';

describe('an origin that may be listed', () => {
  test.each([
    'https://api.example.com',
    'https://example.com',
    'https://a.b.c.example.co.uk',
    'https://me.github.io',
    'https://xn--fiqs8s.example.com',
    'https://1.example.com',
  ])('%s', (origin) => expect(checkOrigin(origin)).toBeUndefined());
});

describe('an origin that may not', () => {
  test.each([
    ['', 'domain-form'],
    ['api.example.com', 'domain-form'],
    ['//api.example.com', 'domain-form'],
    ['https://', 'domain-form'],
    ['https:/api.example.com', 'domain-form'],
    ['https://exa mple.com', 'domain-form'],
    ['https://-a.example.com', 'domain-form'],
    ['https://a_b.example.com', 'domain-form'],
    ['http://api.example.com', 'domain-scheme'],
    ['wss://api.example.com', 'domain-scheme'],
    ['javascript://api.example.com', 'domain-scheme'],
    ['https://api.example.com/', 'domain-extra'],
    ['https://api.example.com/v1', 'domain-extra'],
    ['https://api.example.com?x', 'domain-extra'],
    ['https://api.example.com#x', 'domain-extra'],
    ['https://api.example.com\\x', 'domain-extra'],
    ['https://api.example.com:8443', 'domain-extra'],
    ['https://api.example.com:443', 'domain-extra'],
    ['https://api.example.com:', 'domain-extra'],
    ['https://user@api.example.com', 'domain-extra'],
    ['https://user:pw@api.example.com', 'domain-extra'],
    ['https://*.example.com', 'domain-wildcard'],
    ['https://*', 'domain-wildcard'],
    ['https://192.168.0.1', 'domain-ip'],
    ['https://127.1', 'domain-ip'],
    ['https://0x7f.0.0.1', 'domain-ip'],
    ['https://2130706433', 'domain-ip'],
    ['https://[::1]', 'domain-ip'],
    ['https://１２７.0.0.1', 'domain-ip'],
    ['https://localhost', 'domain-local'],
    ['https://api.localhost', 'domain-local'],
    ['https://printer.local', 'domain-local'],
    ['https://intranet', 'domain-local'],
    ['https://com', 'domain-local'],
    ['https://co.uk', 'domain-public-suffix'],
    ['https://github.io', 'domain-public-suffix'],
    ['https://api.exmaple.con', 'domain-suffix-unknown'],
    ['https://xn--80ak6aa92e.con', 'domain-lookalike'],
    ['https://xn--fiqs8s.con', 'domain-suffix-unknown'],
    ['https://API.example.com', 'domain-canonical'],
    ['HTTPS://api.example.com', 'domain-canonical'],
    ['https://api.example.com.', 'domain-canonical'],
    ['https://münchen.example.com', 'domain-canonical'],
    ['https://ex\u00ADample.com', 'domain-canonical'],
    ['https://ｅxample.com', 'domain-canonical'],
  ])('%s: %s', (origin, code) => expect(checkOrigin(origin)?.code).toBe(code));

  test.each([
    'https://api.example',
    'https://api.test',
    'https://api.invalid',
    'https://api.github.io',
    'https://a.xn--fiqs8s',
  ])('a suffix that is listed, or kept for tests: %s', (origin) => expect(checkOrigin(origin)).toBeUndefined());

  test('says what to write instead', () => {
    expect(checkOrigin('https://API.Example.com')?.args).toMatchObject({ canonical: 'https://api.example.com' });
    expect(checkOrigin('http://api.example.com')?.args).toMatchObject({ host: 'api.example.com' });
    expect(checkOrigin('https://münchen.example.com')?.args).toMatchObject({
      canonical: 'https://xn--mnchen-3ya.example.com',
    });
  });
});

describe('a look-alike is told', () => {
  test.each([
    ['аррӏе.com', 'apple.com'],
    ['pаypal.com', 'paypal.com'],
    ['gооgle.com', 'google.com'],
    ['ехаmple.com', 'example.com'],
  ])('%s is drawn like %s', (unicode, looksLike) => {
    const { hostname } = new URL(`https://${unicode}`);
    expect(checkOrigin(`https://${hostname}`)).toMatchObject({
      code: 'domain-lookalike',
      args: { unicode, looksLike },
    });
  });

  test('two alphabets in one label', () => {
    const { hostname } = new URL('https://exampleж.com');
    expect(checkOrigin(`https://${hostname}`)?.code).toBe('domain-lookalike');
  });

  test.each(['xn--9999999999.com', 'xn--0.com', 'xn--example-.com', 'xn--a.example.com'])(
    '%s cannot be decoded, so is no host name',
    (host) => {
      expect(checkOrigin(`https://${host}`)?.code).toBe('domain-form');
    },
  );

  test('Chinese is not', () => expect(checkOrigin('https://xn--fiqs8s.com')).toBeUndefined());
});

test('what is told to be plain by its form alone is what the parser of browsers makes of it', () => {
  const label = fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/);
  const host = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
    fc.domain(),
  );
  fc.assert(
    fc.property(host, fc.constantFrom('', '/', ':443', '.', '?', '@x', '%41'), (name, tail) => {
      const origin = `https://${name}${tail}`;
      if (isPlain(origin)) expect(new URL(origin).origin).toBe(origin);
    }),
    { numRuns: 2000 },
  );
});
