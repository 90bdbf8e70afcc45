import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { openStore } from '../cache/store.ts';
import { byTurns, isMeasured, spreadOf, type Cost } from './measure.ts';
import { excess, lineOf, onTheWall, ratio } from './row.ts';
import { NOTHING_KEPT } from './validate.ts';

const costs = (...cpu: number[]): Cost[] => cpu.map((value) => ({ cpu: value, wall: value * 2 }));

/** Until 400 ms of a processor are used up, however busy the machine is. */
const WORK = `const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
while (used() < 4e5) for (let i = 0; i < 1e5; i += 1);`;

describe('what was measured by turns', () => {
  test('every turn is compared with its neighbour, so that a busy moment falls on both', () => {
    // The third round took three times as long for everybody.
    const row = ratio('x', costs(20, 22, 60, 20, 21), costs(10, 11, 30, 10, 10.5), 2);
    expect(row).toMatchObject({ measured: 2, spread: { low: 2, middle: 2, high: 2 } });
    expect(lineOf(row)).toContain('kept');
  });

  test('a promise is missed where the turns agree on it', () => {
    expect(lineOf(ratio('x', costs(30, 31, 30, 29, 30), costs(10, 10, 10, 10, 10), 2))).toContain('MISSED');
    expect(lineOf(excess('x', costs(150, 151, 149, 150, 150), costs(20, 20, 20, 20, 20), 100))).toContain('MISSED');
  });

  test.each([
    ['that is divided by nearly nothing', costs(3, 3, 3, 3, 3), costs(0.03, 1, 0.5, 2, 0.03)],
    ['that is divided by nothing', costs(3, 3, 3, 3, 3), costs(0, 0, 0, 0, 0)],
    ['whose turns differ', costs(10, 30, 20, 50, 15), costs(10, 10, 10, 10, 10)],
    ['that is less than nothing', costs(-3, -3, -3, -3, -3), costs(3, 3, 3, 3, 3)],
  ])('a row %s is neither kept nor missed', (_, ours, theirs) => {
    const line = lineOf(ratio('x', ours, theirs, 2));
    expect(line).toContain('UNSURE');
    expect(line).not.toMatch(/kept|MISSED/);
  });

  test('what two processors share is compared on the wall, and judged by it', () => {
    const ours = costs(20, 20, 20).map((cost) => ({ ...cost, wall: 5 }));
    const row = onTheWall('x', ours, costs(10, 10, 10), 0.3);
    expect(row).toMatchObject({ measured: 0.25, spread: { middle: 0.25 } });
    expect(lineOf(row)).toMatch(/kept.*5\.00 ms, 20 ms; processor time 2\.00 ×/);
  });

  test('the middle half of a few values', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ low: 2, middle: 3, high: 4 });
    expect(isMeasured({ low: 90, middle: 100, high: 110 })).toBe(true);
    expect(isMeasured({ low: 80, middle: 100, high: 120 })).toBe(false);
  });

  test('processor time is that of the processes that are started, and waiting is none', () => {
    const node = (code: string) => () => void spawnSync(process.execPath, ['-e', code]);
    const found = byTurns(
      [
        {
          name: 'works',
          run: node(WORK),
        },
        { name: 'waits', run: node('setTimeout(() => {}, 400)') },
      ],
      2,
    );
    expect(found('works')).toHaveLength(2);
    for (const { cpu } of found('works')) expect(cpu).toBeGreaterThan(350);
    for (const { wall } of found('waits')) expect(wall).toBeGreaterThan(400);
    for (const [turn, { cpu }] of found('waits').entries()) expect(cpu).toBeLessThan(found('works')[turn]!.cpu);
  });
});

test('what is measured as done for the first time has no store of what was found before', () => {
  expect(openStore({ HOME: tmpdir() })).toBeDefined();
  expect(openStore({ ...process.env, ...NOTHING_KEPT })).toBeUndefined();
});
