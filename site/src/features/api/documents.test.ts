/** What the API says of the bytes of versions, as its schema has it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Right } from '#core/policy/policy.ts';
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { fixtureFiles, fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { miniappDocument, reviewsDocument } from './documents.ts';
import { versionsDocument } from './platform-documents.ts';

const SCHEMAS = join(import.meta.dirname, '../../../public/api/v1/schemas');
const ajv = new Ajv2020({ strict: false, validateFormats: false });
for (const name of readdirSync(SCHEMAS)) {
  const schema = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'));
  if (schema.$id === name) ajv.addSchema(schema);
}
const validate = ajv.getSchema('miniapp.schema.json')!;
const NOW = Date.UTC(2026, 10, 25);
const platform = publish(fixtureWorkspace());
const smart = platform.miniapps.get(SMART)!;
const compared = { with: '1.1.0', bytes: { before: 9, after: 7 }, added: 1, removed: 2, changed: 3, files: [] };

test.each<[string, PortalPackage | undefined, object | undefined]>([
  ['nothing is known', undefined, undefined],
  ['they are gone', { status: 'missing' }, { status: 'missing' }],
  [
    'a registry has them',
    { status: 'listed', store: 'oci', ref: 'registry.example.com/apps:x-1.2.0' },
    { status: 'listed', store: 'oci', ref: 'registry.example.com/apps:x-1.2.0' },
  ],
  [
    'they were read and compared',
    { status: 'stored', store: 'git', ref: `packages/${SMART}/1.2.0`, compared },
    {
      status: 'stored',
      store: 'git',
      ref: `packages/${SMART}/1.2.0`,
      compared: { with: '1.1.0', bytes: { before: 9, after: 7 }, files: { added: 1, removed: 2, changed: 3 } },
    },
  ],
])('the bytes of a version, where %s', (_, known, expected) => {
  const document = JSON.parse(
    JSON.stringify(miniappDocument(platform, smart, NOW, (version) => (version === '1.2.0' ? known : undefined))),
  );
  expect([validate(document), validate.errors]).toEqual([true, null]);
  const stored = (version: string) => document.versions.find((one: any) => one.version === version).stored;
  expect([stored('1.2.0'), stored('1.1.0')]).toEqual([expected, undefined]);
});

test('a time without its seconds has them in what programs read', () => {
  const path = `miniapps/${SMART}/versions/1.2.0.yaml`;
  const text = fixtureFiles()[path]!.replace(/^uploadedAt: .*$/m, 'uploadedAt: 2026-11-20T08:00Z');
  const own = publish(fixtureWorkspace({ [path]: text }));
  const documents = {
    miniapp: miniappDocument(own, own.miniapps.get(SMART)!, NOW),
    reviews: reviewsDocument(own, new Map()),
    versions: versionsDocument(own),
  };
  for (const [name, document] of Object.entries(documents)) {
    const check = ajv.getSchema(`${name}.schema.json`)!;
    expect([name, check(JSON.parse(JSON.stringify(document))), check.errors]).toEqual([name, true, null]);
  }
  expect(own.miniapps.get(SMART)!.versions.get('1.2.0')!.uploadedAt).toBe('2026-11-20T08:00:00Z');
});

test('a step says who is missing where nobody can finish it, what it needs besides, and what it breaks of what was promised', () => {
  const { policy, ...around } = fixtureWorkspace();
  const rollback: Right = { by: ['admin'], approvals: { count: 2, by: ['reviewer'] } };
  const asking = publish(
    {
      ...around,
      policy: { ...policy, transitions: { ...policy.transitions, rollback } },
    },
    undefined,
    undefined,
    NOW,
  );
  const document = JSON.parse(JSON.stringify(miniappDocument(asking, asking.miniapps.get(SMART)!, NOW)));
  expect([validate(document), validate.errors]).toEqual([true, null]);
  const steps = document.versions.flatMap((one: any) => one.transitions);
  const missing = { what: 'approve', roles: ['reviewer'], approvals: 2, able: ['rita'] };
  expect(steps.filter((step: any) => step.missing !== undefined)).toEqual([
    {
      ...{ kind: 'rollback', command: `npx miniapp rollback ${SMART} 1.0.0 --update-scenarios` },
      ...{ missing, besides: [{ count: 2, by: ['reviewer'] }], breaks: ['Everybody in Europe gets 1.1.0'] },
    },
  ]);
});
