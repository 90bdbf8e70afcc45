/** Lines of a text as long as a file may be. */
import { expect, test } from 'vitest';
import { lineStarts } from './lines.ts';

test('sixteen megabytes of line ends are some memory and little time', () => {
  const many = '\n'.repeat(16_000_000);
  const started = process.cpuUsage();
  expect(lineStarts(many)).toHaveLength(16_000_001);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(2);
});
