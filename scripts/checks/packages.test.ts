/** What becomes of an advisory: found, accepted with a reason for a while, or not asked for and said so. */
import { expect, test } from 'vitest';
import { ACCEPTED } from './accepted-advisories.ts';
import { readAudit } from './packages.ts';

const ADVISORY = 'GHSA-abcd-1234-wxyz';
const report = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    inner: {
      name: 'inner',
      severity: 'high',
      via: [
        {
          name: 'inner',
          title: 'It burns',
          url: `https://github.com/advisories/${ADVISORY}`,
          severity: 'high',
          range: '<2',
        },
      ],
    },
    outer: { name: 'outer', severity: 'high', via: ['inner'] },
  },
});
const accepted = { advisory: ADVISORY, package: 'inner', why: 'Nothing here calls burn().', until: '2027-01-01' };

test('an advisory is found once, however many packages it reaches', () => {
  expect(readAudit(report, [], '2026-11-28')).toEqual({ findings: [`${ADVISORY} (high) inner <2: It burns`] });
});

test('one that is accepted is not, until its day', () => {
  expect(readAudit(report, [accepted], '2026-12-31').findings).toEqual([]);
  expect(readAudit(report, [accepted], '2027-01-01').findings).toHaveLength(1);
});

test('one that is accepted and no longer reported is found', () => {
  expect(readAudit('{"vulnerabilities":{}}', [accepted], '2026-11-28').findings).toHaveLength(1);
  expect(readAudit('{"vulnerabilities":{}}', [], '2026-11-28')).toEqual({ findings: [] });
});

test.each([
  [
    'a mirror that takes no such question',
    '{"message":"405 Method Not Allowed - POST https://x/"}',
    '405 Method Not Allowed - POST https://x/',
  ],
  ['no network', '', 'npm audit gave no report'],
  ['something else', '[]', 'npm audit gave no report'],
])('%s: skipped, and why', (_, text, skipped) => {
  expect(readAudit(text, [accepted], '2026-11-28')).toEqual({ findings: [], skipped });
});

test('every advisory that is accepted says of what, why and until when', () => {
  for (const { advisory, package: name, why, until } of ACCEPTED) {
    expect(advisory).toMatch(/^GHSA(?:-[a-z0-9]{4}){3}$/);
    expect(name).not.toBe('');
    expect(why.length).toBeGreaterThan(20);
    expect(until).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
  expect(new Set(ACCEPTED.map(({ advisory }) => advisory)).size).toBe(ACCEPTED.length);
});
