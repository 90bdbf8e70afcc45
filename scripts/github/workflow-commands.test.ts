/** Annotations, log and summary of a workflow run. */
import { describe, expect, test } from 'vitest';
import { annotations, logLine, summary } from './workflow-commands.ts';
import type { LocatedProblem } from '../read/positions.ts';

describe('annotations, log and summary', () => {
  const problem = (more: Partial<LocatedProblem> = {}): LocatedProblem => ({
    code: 'file-unknown',
    severity: 'error',
    file: 'config/a,b:c%\n.yaml',
    line: 1,
    column: 2,
    message: '100% ::error::\r\nx',
    hint: '',
    ...more,
  });
  test('nothing in them ends the command or begins another', () => {
    const [line = '', ...others] = annotations([problem()]);
    expect(others).toEqual([]);
    expect(line).toBe(
      '::error file=config/a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=file-unknown::100%25 ::error::%0D%0Ax',
    );
  });
  test('ten of a kind at most, and how many are left out', () => {
    const many = [...Array(500).fill(problem()), ...Array(11).fill(problem({ severity: 'warning' })), ...Array(0)];
    const lines = annotations(many);
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines[9]).toContain('491 more errors');
  });
  test.each(['::set-output name=x::y', '  ::error::x', 'a\n::error::x', 'x ##[error]y', '\u001B[31m'])(
    '%j in the log',
    (text) => expect(logLine(text)).not.toMatch(/^\s*::|\n|##\[/),
  );
  test('a summary below 1 MiB, whole parts, the rest counted', () => {
    const text = summary(Array.from({ length: 300 }, () => 'é'.repeat(5000)));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 ** 2);
    expect(text).toMatch(/… and 20\d more/);
  });
});
