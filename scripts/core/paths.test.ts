/** What each path of a configuration is, and paths that may not be there. */
import { expect, test } from 'vitest';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { identify, pathOf } from './paths.ts';

test.each([
  ['platform.yaml', { kind: 'platform' }],
  ['apps/smart-life.yaml', { kind: 'app', id: 'smart-life' }],
  ['people/Alice-B.yaml', { kind: 'person', id: 'Alice-B' }],
  [`miniapps/${SMART}/versions/1.2.0.yaml`, { kind: 'version', miniapp: SMART, id: '1.2.0' }],
  [`miniapps/${SMART}/reports/2026-11.yaml`, { kind: 'report', miniapp: SMART, id: '2026-11' }],
  [`miniapps/${SMART}/avatar.webp`, { kind: 'avatar', miniapp: SMART, id: 'avatar.webp' }],
  [`miniapps/${SMART}/release.yaml`, { kind: 'release', miniapp: SMART }],
])('what %s is', (path, identity) => expect({ ...identify(path) }).toEqual(identity));

test.each([
  'platform.yml',
  'Platform.yaml',
  'apps/Smart.yaml',
  'apps/con.yaml',
  'people/alice .yaml',
  'people/-alice.yaml',
  'miniapps/short/miniapp.yaml',
  `miniapps/${SMART}/versions/01.0.0.yaml`,
  `miniapps/${SMART}/versions/1.0.yaml`,
  `miniapps/${SMART}/reports/2026-13.yaml`,
  `miniapps/${SMART}/notes.yaml`,
  `miniapps/${SMART}/sub/miniapp.yaml`,
  `miniapps/../apps/x.yaml`,
  '',
])('%j may not be there', (path) => expect(identify(path)).toBeUndefined());

test('pathOf and identify are inverse', () => {
  expect(identify(pathOf.version(SMART, '10.0.1'))).toMatchObject({ kind: 'version', id: '10.0.1' });
  expect(identify(pathOf.person('rita'))).toMatchObject({ kind: 'person', id: 'rita' });
  expect(identify(pathOf.file(PANEL, 'languages'))).toMatchObject({ kind: 'languages', miniapp: PANEL });
});
