/** Reasons are what people wrote of a change, and nothing that a tool wrote. */
import { expect, test } from 'vitest';
import { reasonIn } from './reason.ts';

test.each([
  ['disable tyx 1.0.0\n\nTransition: disable\nActor: mei\n', undefined],
  ['Disable Charts\n', undefined],
  ['', undefined],
  ['Disable Charts\n\n1.1.0 runs out of\nmemory.\n\nTransition: disable\nActor: mei\n', '1.1.0 runs out of memory.'],
  ['Disable\r\n\r\nOne.\r\n\r\nTwo.\r\n\r\nActor: mei', 'One. Two.'],
  ['Disable\n\nTurned \u202Eround\u0007\n', 'Turned round'],
  ['Disable\n\nReason: it loses alarms.\n', 'Reason: it loses alarms.'],
  ['Disable\n\nReason: it loses\nalarms.\n\nActor: mei', 'Reason: it loses alarms.'],
  ['Disable\n\nReason: it loses alarms.\n\nTicket: 7\nActor: mei', 'Reason: it loses alarms.'],
  ['Disable\n\nReason: it loses\n  alarms.\nTransition: disable\nActor: mei', 'Reason: it loses alarms.'],
  ['Disable\n\nOne.\n\nreason: two.\nActor: mei', 'One. reason: two.'],
  ['Disable\n\nActor: mei says so,\nand so does bob.', 'Actor: mei says so, and so does bob.'],
  ['Disable\n\nIt broke.\n\nCo-authored-by: mei\n <m@example.com>\n\n* Disable\n\nActor: mei', 'It broke. * Disable'],
  ['Disable\n\n(cherry picked from commit 1a2b3c)\nSigned-off-by: mei\n', undefined],
  ['Disable\n\nAt 10:30: it broke', 'At 10:30: it broke'],
])('%j', (message, reason) => expect(reasonIn(message)).toBe(reason));

test('a long one is cut, by characters as people count them', () => {
  const cut = reasonIn(`x\n\n${'😀'.repeat(400)}`)!;
  expect([...cut]).toHaveLength(300);
  expect(cut.endsWith('😀…')).toBe(true);
});
