/** Links made of a platform's templates, and what is wrong with a template. */
import { expect, test } from 'vitest';
import { SMART } from '../../fixtures/workspace.ts';
import { linkFor, templateFault } from './miniapp-link.ts';

const templates = {
  url: 'godzilla://{miniapp}/{+page}{?query*}',
  link: '{scheme}://miniApp?url={url}',
  experience: '{scheme}://x/{version}?{url}',
};
const base = { scheme: 'app', miniapp: SMART, version: '1.0.0' };
const inner = (url: string) => decodeURIComponent(url.replace('app://miniApp?url=', ''));

test('a link with page, query, device and group', () => {
  const link = linkFor(templates, 'link', {
    ...base,
    page: '/pages/a/b?x=1',
    device: 'vdevo1',
    group: 'g 1',
    query: { y: 'ä&b' },
  });
  expect(inner(link)).toBe(`godzilla://${SMART}/pages/a/b?x=1&y=%C3%A4%26b&deviceId=vdevo1&groupId=g%201`);
});

test('a link to the home page', () => expect(inner(linkFor(templates, 'link', base))).toBe(`godzilla://${SMART}/`));

test('a link in the vendor’s form when the platform names none', () => {
  const { url: _, ...rest } = templates;
  expect(inner(linkFor(rest, 'link', base))).toBe(`godzilla://${SMART}/`);
});

test.each([
  ['{scheme}://x', undefined],
  ['{?query*}', undefined],
  ['{+page:30}', undefined],
  ['{scheme', 'has a brace that is not closed'],
  ['{}', 'has an empty expression {}'],
  ['{host}', 'names the unknown variable "host"'],
  ['{a b}', 'has "a b", which is no variable'],
])('template %s: %s', (template, fault) => expect(templateFault(template, false)).toBe(fault));

test('url cannot hold itself', () => expect(templateFault('{url}', true)).toContain('url'));
