/** A link read back is the link that was made, whatever the templates and whatever is in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorTime } from '../../fixtures/processor-time.ts';
import { linkFor, type LinkTemplates } from './miniapp-link.ts';
import { queryIn } from './query-string.ts';
import { readLink } from './read-link.ts';

const MINIAPP = 'tysmart0000000001';
const VENDOR: LinkTemplates = {
  url: 'godzilla://{miniapp}/{+page}{?query*}',
  link: '{scheme}://miniApp?url={url}',
  experience: '{scheme}://miniApp?url={url}&experience={version}',
};
const OTHERS: Readonly<Record<string, LinkTemplates>> = {
  'without an inner link': {
    link: 'https://open.example.com/{scheme}/{miniapp}{/page}{?query*}',
    experience: 'https://open.example.com/{scheme}/{miniapp}/try/{version}{?query*}',
  },
  'with the version as a named variable': {
    link: '{scheme}://open/{miniapp}{?page}',
    experience: '{scheme}://open/{miniapp}{?page,version}',
  },
  'with characters that mean something in an expression': {
    link: '{scheme}://a.b(c)+[d]?x=1&id={miniapp}',
    experience: '{scheme}://a.b(c)+[d]?x=2&id={miniapp}&v={version}',
  },
};

const page = fc.array(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), { maxLength: 4 }).map((parts) => parts.join('/'));

test('whatever page, device and query it carries', () => {
  const input = fc.record({
    entry: fc.constantFrom('link' as const, 'experience' as const),
    page,
    device: fc.option(fc.stringMatching(/^[a-z0-9]{4,20}$/), { nil: undefined }),
    group: fc.option(fc.stringMatching(/^[a-z0-9]{4,20}$/), { nil: undefined }),
    query: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(input, ({ entry, ...rest }) => {
      const link = linkFor(VENDOR, entry, { scheme: 'smartlife', miniapp: MINIAPP, version: '1.2.0', ...rest });
      const expected = {
        entry,
        miniapp: MINIAPP,
        scheme: 'smartlife',
        ...(entry === 'experience' ? { version: '1.2.0' } : {}),
        ...(rest.page === '' ? {} : { page: rest.page }),
        ...(rest.device === undefined ? {} : { device: rest.device }),
      };
      const { query = '', ...said } = readLink(VENDOR, link)!;
      expect(said).toEqual(expected);
      const others = rest.group === undefined ? rest.query : { ...rest.query, groupId: rest.group };
      expect(queryIn(query)).toEqual(others);
    }),
  );
});

describe.each(Object.entries(OTHERS))('templates %s', (_, templates) => {
  test.each(['link', 'experience'] as const)('%s', (entry) => {
    const link = linkFor(templates, entry, { scheme: 'acme', miniapp: MINIAPP, version: '2.0.0' });
    expect(readLink(templates, link)).toMatchObject({ entry, miniapp: MINIAPP, scheme: 'acme' });
  });
});

test('the link inside, as the vendor documents it, names no app', () => {
  const link = `godzilla://${MINIAPP}/pages/index/index?deviceId=d1`;
  const said = { entry: 'link', miniapp: MINIAPP, page: 'pages/index/index', device: 'd1' };
  expect(readLink(VENDOR, link)).toEqual(said);
});

test('schemes are read in any letter case, around and inside', () => {
  const link = `SmartLife://miniApp?url=GODZILLA%3A%2F%2F${MINIAPP}%2FPages%2FIndex`;
  expect(readLink(VENDOR, link)).toEqual({ entry: 'link', scheme: 'smartlife', miniapp: MINIAPP, page: 'Pages/Index' });
  const own = { link: 'ACME://{miniapp}{/page}', experience: 'ACME://try/{miniapp}/{version}' };
  expect(readLink(own, `acme://${MINIAPP}`)).toEqual({ entry: 'link', miniapp: MINIAPP });
});

test.each([
  '',
  'https://example.com',
  'smartlife://miniApp',
  'godzilla://x',
  'x'.repeat(9000),
  'smartlife://miniApp?url=%',
])('a link of nobody (%s) is none', (link) => expect(readLink(VENDOR, link)).toBeUndefined());

test('a long link costs no more than its length', () => {
  const time = processorTime(() => {
    readLink(VENDOR, `smartlife://miniApp?url=${'%2F'.repeat(2600)}`);
    readLink(OTHERS['with the version as a named variable']!, `acme://open/x?${'page='.repeat(1600)}`);
  });
  expect(time).toBeLessThan(5000);
});
