/** What was read once is not read again, and only that. */
import { expect, test } from 'vitest';
import { KnownFiles } from './known-files.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const APP = 'id: smart-life\nname: { en: Smart Life }\nscheme: smartlife\nregions: [EU]\n';

test('the same bytes under the same path are read once', () => {
  const known = new KnownFiles();
  const one = bytes(APP);
  const read = known.of('app', 'apps/smart-life.yaml', one);
  expect(read.problems).toEqual([]);
  expect(known.of('app', 'apps/smart-life.yaml', one)).toBe(read);
});

test('under another path their problems name that path', () => {
  const known = new KnownFiles();
  const one = bytes('id: [\n');
  const places = ['apps/a.yaml', 'apps/b.yaml', 'apps/a.yaml'].map(
    (file) => known.of('app', file, one).problems[0]!.at.file,
  );
  expect(places).toEqual(['apps/a.yaml', 'apps/b.yaml', 'apps/a.yaml']);
});

test('what is known at once is bounded by its bytes: what came long before is read again', () => {
  const known = new KnownFiles();
  const one = bytes(APP);
  const read = known.of('app', 'apps/smart-life.yaml', one);
  // One that no memory is needed for: an image of these many bytes is refused by its length.
  const large = new Uint8Array(65 * 1024 ** 2);
  known.of('avatar', 'miniapps/one/avatar.png', large);
  known.of('avatar', 'miniapps/two/avatar.png', new Uint8Array(1));
  expect(known.of('app', 'apps/smart-life.yaml', one)).not.toBe(read);
});
