/**
 * `validate` beside ajv-cli, which checks the same files against the same schemas and nothing else: no place, no rule between files. It is
 * fetched by npm when it is measured, and is no package of the project: nobody maintains it any more, and what it needs has known faults.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READING_ALONE } from './floor.ts';
import { byTurns, runNode } from './measure.ts';
import { ratio, type BenchRow } from './row.ts';
import { NOTHING_KEPT } from './validate.ts';

const CLI = join(import.meta.dirname, '../miniapp.mjs');
const FLOOR = join(import.meta.dirname, 'floor.ts');
const SCHEMAS = join(import.meta.dirname, '../../schemas');
const PACKAGES = ['ajv-cli@5.0.0', 'ajv-formats@3.0.1'];

/** `root`: a configuration without problems, which is changed so that ajv-cli finds none either. Throws where npm cannot fetch it. */
export function measureAjv(folder: string, root: string, rounds: number): BenchRow[] {
  const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stderr } = spawnSync('npm', ['install', ...options, ...PACKAGES], { encoding: 'utf8', shell: false });
  if (status !== 0) throw new Error(`npm cannot fetch ${PACKAGES.join(' and ')}: ${stderr}`);
  quoteTimes(root);
  const kinds = readdirSync(SCHEMAS).filter((name) => name.endsWith('.schema.json') && name !== 'defs.schema.json');
  // A file is checked against one schema, so that of any kind: one process for each kind would take more.
  const any = join(folder, 'any.schema.json');
  writeFileSync(any, JSON.stringify({ $id: 'any.schema.json', anyOf: kinds.map(($ref) => ({ $ref })) }));
  const ajv = join(folder, 'node_modules/ajv-cli/dist/index.js');
  const settings = ['--spec=draft2020', '--strict=false', '-c', 'ajv-formats', '-r', `${SCHEMAS}/*.schema.json`];
  const words = ['validate', ...settings, '-s', any, '-d', `${root}/**/*.yaml`];
  const { status: verdict } = spawnSync(process.execPath, [ajv, ...words], { stdio: 'ignore' });
  if (verdict !== 0)
    throw new Error('ajv-cli finds fault with the generated platform: it would be measured at printing');
  // Compiled code is kept for these two, as the tool keeps its own.
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compile') };
  const found = byTurns(
    [
      { name: 'ajv-cli', run: () => runNode([ajv, ...words]) },
      { name: 'validate', run: () => runNode([CLI, 'validate', '--config', root], NOTHING_KEPT) },
      { name: 'parsing', run: () => runNode([FLOOR, root], compiled) },
      { name: 'reading', run: () => runNode([FLOOR, root, READING_ALONE], compiled) },
    ],
    rounds,
  );
  const beside = (what: string, name: string, target?: number): BenchRow =>
    ratio(`${what} / ajv-cli, which knows no rules`, found(name), found('ajv-cli'), target);
  return [
    beside('validate', 'validate', 0.2),
    beside('reading and parsing alone', 'parsing'),
    beside('reading alone', 'reading'),
  ];
}

/** Its parser of YAML takes a time without quotes for a date, which is no text to a schema. */
function quoteTimes(root: string): void {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!/versions.[^/\\]+\.yaml$/.test(name)) continue;
    const file = join(root, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^(uploadedAt: )([^'\n]+)$/m, "$1'$2'"));
  }
}
