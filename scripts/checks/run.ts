/** Runs every check, whatever fails before it, and counts: what `.ci/run` starts once the packages are there. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCEPTED } from './accepted-advisories.ts';
import { checkCodeowners } from './codeowners.ts';
import { freshClone } from './fresh-clone.ts';
import { hygiene } from './hygiene.ts';
import { auditPackages } from './packages.ts';
import { checkPortal } from './portal.ts';
import { slowExpressions, sourcesIn } from './regular-expressions.ts';
import { command, ROOT } from './shell.ts';

/** How one step ended: tests count one by one, any other step as one. */
interface StepOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly note?: string;
}

interface CheckStep {
  readonly name: string;
  run(): Promise<StepOutcome>;
}

/** A step of several findings: none is a pass. */
const findings = (find: () => Promise<readonly string[]> | readonly string[]) => async (): Promise<StepOutcome> => {
  const found = await find();
  for (const line of found) console.log(`  ${line}`);
  return { passed: found.length === 0 ? 1 : 0, failed: found.length === 0 ? 0 : 1 };
};

const program = (line: string) => async (): Promise<StepOutcome> => {
  const { code } = await command(line, { cwd: ROOT, isShown: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
};

const regularExpressions = (): string[] =>
  [...sourcesIn(ROOT)].flatMap(([file, text]) =>
    slowExpressions(file, text).map(({ line, literal, why }) => `${file}:${line} ${literal} is ${why}`),
  );

const steps: readonly CheckStep[] = [
  { name: 'generated files are current', run: program('node scripts/generate.ts --check') },
  { name: 'types', run: program('npm run --silent types') },
  { name: 'lint', run: program('npm run --silent lint') },
  { name: 'nothing unused', run: program('npm run --silent unused') },
  { name: 'format', run: program('npm run --silent format:check') },
  { name: 'regular expressions are linear', run: findings(regularExpressions) },
  { name: 'what is committed', run: findings(hygiene) },
  { name: 'CODEOWNERS is what people/ say', run: findings(() => checkCodeowners()) },
  { name: 'packages: npm audit', run: packages },
  { name: 'config/ is valid', run: program('node scripts/miniapp.mjs validate --no-cache') },
  { name: 'tests', run: tests },
  { name: 'portal of config/: links and HTML', run: findings(checkPortal) },
  { name: 'Lighthouse on 1,000 miniapps', run: lighthouse },
  { name: 'README in a fresh clone', run: findings(freshClone) },
];

async function packages(): Promise<StepOutcome> {
  const today = new Date().toISOString().slice(0, 10);
  const { findings: found, skipped } = await auditPackages(ACCEPTED, today);
  if (skipped !== undefined)
    return { passed: 0, failed: 0, note: `skipped: the registry does not answer (${skipped})` };
  return findings(() => found)();
}

/** Speed is told and not judged, as it is that of the machine too; without a browser nothing is. */
async function lighthouse(): Promise<StepOutcome> {
  const { code } = await command('node scripts/checks/lighthouse.ts --only-report', { cwd: ROOT, isShown: true });
  if (code === 2) return { passed: 0, failed: 0, note: 'skipped: no Chromium' };
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** Three times what they take on two processors; a Git that never ends holds a worker where no limit of a test reaches. */
const TESTS_SECONDS = 3000;

async function tests(): Promise<StepOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'miniapp-tests-'));
  const file = join(folder, 'results.json');
  try {
    const { code } = await command(`vitest run --reporter=default --reporter=json --outputFile.json=${file}`, {
      cwd: ROOT,
      isShown: true,
      timeoutSeconds: TESTS_SECONDS,
    });
    if (!existsSync(file)) return { passed: 0, failed: 1, note: 'no results: see the end of its output' };
    const results = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    const passed = results['numPassedTests'] ?? 0;
    const failed = results['numFailedTests'] ?? 0;
    const skipped = results['numPendingTests'] ?? 0;
    const note = skipped > 0 ? `${skipped} skipped` : '';
    // A file that cannot even be loaded fails the run without a failed test, and a run without tests has proved nothing.
    const isBroken = passed === 0 || (code !== 0 && failed === 0);
    return { passed, failed: failed + (isBroken ? 1 : 0), note };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rows: { name: string; outcome: StepOutcome; seconds: number }[] = [];
for (const { name, run } of steps) {
  const started = performance.now();
  console.log(`\n== ${name} (after ${(started / 1000).toFixed(0)} s)`);
  const outcome = await run().catch((error: unknown): StepOutcome => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  rows.push({ name, outcome, seconds: (performance.now() - started) / 1000 });
}

console.log('');
for (const { name, outcome, seconds } of rows) {
  const { passed, failed, note = '' } = outcome;
  const verdict = failed > 0 ? 'FAILED' : 'ok';
  const counted = passed + failed > 1 ? `${passed} passed, ${failed} failed` : '';
  console.log(
    `${verdict.padEnd(7)} ${seconds.toFixed(1).padStart(6)} s  ${name}  ${[counted, note].filter(Boolean).join(', ')}`.trimEnd(),
  );
}
const total = (key: 'passed' | 'failed'): number => rows.reduce((sum, { outcome }) => sum + outcome[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 ? 1 : 0;
