/**
 * What the tool prints as a command works as it is printed: each fix of each error that a resolution gives leads, step by step,
 * to something that opens; and the steps that `show` lists are exactly those that can be taken.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { fixtureFiles, PANEL, SMART } from '../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const P = `miniapps/${PANEL}`;
const files = fixtureFiles();
const { home, remove, reset, run, runJson } = cliHarness('fixes');
afterAll(remove);

/** The words of a command, as a shell takes them. */
const words = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command.replace(/^npx miniapp /, '')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/** Somebody who may. */
function actorFor([verb]: readonly string[]): string {
  if (verb === 'approve' || verb === 'reject' || verb === 'revoke') return 'rita';
  return verb === 'app' || verb === 'person' ? 'olga' : 'alice';
}

const take = (command: readonly string[]) => run([...command, '--actor', actorFor(command), '--no-pr']);

type State = Record<string, string | null>;
const version = (miniapp: string, number: string, review = '') =>
  `${files[`${miniapp}/versions/1.0.0.yaml`]!.replace(/^review:.*\n/m, '').replaceAll('1.0.0', number)}${review}`;
const only = (miniapp: string, versions: State, release: string | null): State => ({
  [`${S}/scenarios.yaml`]: null,
  [`${S}/reports/2026-10.yaml`]: null,
  ...(miniapp === S
    ? Object.fromEntries(['1.0.0', '1.1.0', '1.2.0', '1.3.0'].map((number) => [`${S}/versions/${number}.yaml`, null]))
    : { [`${P}/versions/1.0.0.yaml`]: null }),
  ...versions,
  [`${miniapp}/release.yaml`]: release,
});
const approved = 'review: { status: approved, submittedBy: alice, reviewedBy: rita }\n';
const reviews = {
  approved,
  pending: 'review: { status: pending, submittedBy: alice }\n',
  rejected: 'review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: No }\n',
  development: '',
};
const ONE = '1.0.0';
const unreleased = (miniapp: string): [string, State][] =>
  Object.entries(reviews).map(([name, review]) => [
    name,
    only(miniapp, { [`${miniapp}/versions/${ONE}.yaml`]: version(miniapp, ONE, review) }, null),
  ]);
const gone = (name: string) => (files[name] === undefined ? {} : { [name]: null });

const states: [name: string, state: State][] = [
  ['as it is', { [`${S}/scenarios.yaml`]: null }],
  ['stopped', { [`${S}/scenarios.yaml`]: null, [`${S}/release.yaml`]: 'online: { version: 1.1.0, enabled: false }\n' }],
  ['for testers alone', { [`${S}/scenarios.yaml`]: null, [`${S}/release.yaml`]: 'experience: { version: 1.3.0 }\n' }],
  ['once online', only(S, { [`${S}/versions/${ONE}.yaml`]: version(S, ONE, approved) }, `previous: [${ONE}]\n`)],
  ['not delivered', { [`${S}/scenarios.yaml`]: null, [`${S}/trafficking.yaml`]: null, ...gone(`${S}/whitelist.yaml`) }],
  ...unreleased(S),
  ...unreleased(P).map(([name, state]): [string, State] => [`panel, ${name}`, state]),
  ['nothing uploaded', only(S, {}, null)],
  ['panel, nothing uploaded', only(P, {}, null)],
];

interface Query {
  miniapp: string;
  app: string;
  region: string;
  entry: 'link' | 'experience';
  account?: string;
  page?: string;
  device?: string;
}

const options = ({ miniapp, ...rest }: Query): string[] => [
  miniapp,
  ...Object.entries(rest).flatMap(([name, value]) => [`--${name}`, value]),
];
const resolve = async (query: Query) => (await runJson(['resolve', ...options(query)])).value;

const queries: Query[] = [SMART, PANEL, 'nobody00'].flatMap((miniapp) =>
  (['link', 'experience'] as const).flatMap((entry) => [
    { miniapp, entry, app: 'smart-life', region: 'EU' },
    { miniapp, entry, app: 'smart-life', region: 'AZ', account: "o'hara@example.com" },
    { miniapp, entry, app: 'smart-life', region: 'AZ', account: 'qa@example.com', device: 'vdevo1' },
    { miniapp, entry, app: 'oem-home', region: 'AZ', account: '+49 170 1234567', device: 'vdevo1' },
    { miniapp, entry, app: 'oem-home', region: 'AY', device: 'vdevo1' },
    { miniapp, entry, app: 'oem-home', region: 'XX', device: 'vdevo1' },
    { miniapp, entry, app: 'nowhere', region: 'not a region' },
    { miniapp, entry, app: 'smart-life', region: 'EU', page: 'pages/none', device: 'vdevo1' },
  ]),
);

/** The words in capitals that a person fills in, and what the query is afterwards. */
const FILLED: Record<string, keyof Query> = { ACCOUNT: 'account', DEVICE: 'device', REGION: 'region', APP: 'app' };
const GIVEN: Record<string, string> = { ACCOUNT: 'new@example.com', DEVICE: 'vdevo2', REGION: 'EU', APP: 'smart-life' };

/** Does what a fix says, by its command alone; gives back the question to ask next. */
async function apply({ command }: { command: string }, query: Query): Promise<Query> {
  const placeholders = words(command).filter((word) => Object.hasOwn(FILLED, word));
  const filled = words(command).map((word) => GIVEN[word] ?? word);
  const next = { ...query, ...Object.fromEntries(placeholders.map((word) => [FILLED[word]!, GIVEN[word]!])) };
  const [verb] = filled;
  if (verb === 'list') {
    const { code, value } = await runJson(filled);
    expect(code).toBe(0);
    return { ...next, miniapp: value.miniapps[0].id };
  }
  if (verb === 'qr') {
    const { code, err } = await run(filled);
    expect(code, `${command}: ${err}`).toBe(0);
    return next;
  }
  if (verb === 'resolve') {
    const { code, value } = await runJson(filled);
    expect(value.error, command).toBeUndefined();
    if (!filled.includes('--page')) return next;
    // Another page of what opened: it opens.
    expect({ code, outcome: value.outcome, command }).toEqual({ code: 0, outcome: 'opens', command });
    return { ...next, page: filled[filled.indexOf('--page') + 1]! };
  }
  if (verb === 'upload') {
    // Needs a project on disk, which its own tests have: here what it leaves.
    const [, miniapp = ''] = filled;
    const number = filled[filled.indexOf('--version') + 1]!.replace('VERSION', '9.0.0');
    expect(filled.slice(2)).toEqual(['DIR', '--version', expect.anything(), '--description', 'DESCRIPTION']);
    const text = version(`miniapps/${miniapp}`, number).replace(/^pages:.*$/m, 'pages: [pages/none]');
    writeUploaded(miniapp, number, text);
    return next;
  }
  const { code, out, err } = await take(filled);
  expect(code, `${command}: ${out}${err}`).toBe(0);
  expect(out, command).not.toContain('nothing to do');
  return next;
}

const writeUploaded = (miniapp: string, number: string, text: string) =>
  writeFileSync(join(home, 'config/miniapps', miniapp, 'versions', `${number}.yaml`), text);

describe('each fix cures, or leads one step on', () => {
  const seen = new Set<string>();
  const codes = new Set<string>();
  const breaking = new Set<string>();

  test.each(states)('%s', async (name, state) => {
    const subject = name.startsWith('panel') ? PANEL : SMART;
    const asked = queries.filter(({ miniapp }) => name === 'as it is' || miniapp === subject);
    for (const query of asked) {
      reset(state);
      const answer = await resolve(query);
      if (answer.outcome === 'opens') continue;
      codes.add(answer.code);
      for (const [i, { command }] of answer.fix.entries()) {
        const key = JSON.stringify([name, answer.code, command]);
        if (seen.has(key)) continue;
        seen.add(key);
        expect(await lead(query, state, i), command).toContain(command);
      }
    }
  });

  /** Takes the fix that is asked about, and then always the first one, until it opens; gives back the commands. */
  async function lead(query: Query, state: State, first: number): Promise<string[]> {
    reset(state);
    let asked = query;
    let answer = await resolve(asked);
    const taken: string[] = [];
    for (let step = 0; answer.outcome !== 'opens'; step += 1) {
      const fix = answer.fix[step === 0 ? first : 0];
      expect(taken, 'the same command again').not.toContain(fix.command);
      taken.push(fix.command);
      asked = await apply(fix, asked);
      const before = answer;
      answer = await resolve(asked);
      const isUpload = fix.command.includes(' upload ');
      const isSame = !isUpload && answer.outcome === 'error' && answer.code === before.code;
      if (isSame) expect(answer.fix.map((one: { command: string }) => one.command)).not.toContain(fix.command);
      // A page of a version that has to pass its review first: the new version opens when it is online.
      if (isUpload && answer.code === 'page-not-found') break;
    }
    return taken;
  }

  test.each(states)('%s, where the error itself was promised', async (name, state) => {
    const subject = name.startsWith('panel') ? PANEL : SMART;
    const file = `miniapps/${subject}/scenarios.yaml`;
    const known = new Set(['smart-life', 'oem-home']);
    for (const query of queries.filter(({ miniapp, app }) => miniapp === subject && known.has(app))) {
      const { miniapp: _own, account, ...asked } = query;
      reset(state);
      const { outcome, code: error } = await resolve(query);
      // The command prepares one miniapp, so a promise of what an app serves is for whoever edits the app to keep.
      if (outcome === 'opens' || error === 'unknown-region') continue;
      const kept = account === undefined ? {} : { account: account.replaceAll(' ', '') };
      const promise = { name: `Nothing for “us”`, ...asked, ...kept, expect: { error } };
      const promised = { ...state, [file]: JSON.stringify({ scenarios: [promise] }) };
      reset(promised);
      const { fix } = await resolve(query);
      for (const { text, command } of fix) {
        if (/^npx miniapp (?:upload|qr|resolve|list|package) /.test(command)) continue;
        reset(promised);
        const filled = words(command).map((word) => GIVEN[word] ?? word);
        const { code, out, err } = await take(filled);
        const isFirst = text.includes('has to change first');
        expect([code, out + err], command).toEqual([
          isFirst ? 1 : 0,
          expect.stringContaining(isFirst ? 'Nothing for' : ''),
        ]);
        // A promise waits where the service is stopped.
        const after = await resolve(query);
        const isBroken = isFirst || ![error, 'service-disabled'].includes(after.code);
        expect(text.includes('breaks what was promised: “Nothing for “us””'), command).toBe(isBroken);
        expect(command.endsWith(' --update-scenarios'), command).toBe(isBroken && !isFirst);
        if (isBroken) breaking.add(words(command)[0]!);
      }
    }
  });

  test('and each cure that can break a promise did', () => {
    expect([...breaking].sort()).toEqual(['enable', 'experience', 'publish', 'rollback', 'trafficking', 'whitelist']);
  });

  test('and no error was left out', () => {
    expect([...codes].sort()).toEqual([
      'app-not-associated',
      'device-required',
      'no-experience-version',
      'no-online-version',
      'no-permission',
      'page-not-found',
      'service-disabled',
      'unknown-app',
      'unknown-miniapp',
      'unknown-region',
    ]);
  });
});

describe('the steps that show lists', () => {
  const ALL: Record<string, (number: string) => string> = {
    submit: (number) => `submit ${SMART} ${number}`,
    approve: (number) => `approve ${SMART} ${number}`,
    reject: (number) => `reject ${SMART} ${number} --reason REASON`,
    withdraw: (number) => `withdraw ${SMART} ${number}`,
    publish: (number) => `publish ${SMART} ${number}`,
    rollback: (number) => `rollback ${SMART} ${number}`,
    revoke: (number) => `revoke ${SMART} ${number} --reason REASON`,
    'set-experience': (number) => `experience set ${SMART} ${number}`,
    'clear-experience': () => `experience clear ${SMART}`,
    'start-rollout': (number) => `rollout start ${SMART} ${number} --percent PERCENT`,
    'widen-rollout': () => `rollout widen ${SMART} --percent PERCENT`,
    'stop-rollout': () => `rollout stop ${SMART}`,
    disable: () => `disable ${SMART}`,
    enable: () => `enable ${SMART}`,
    delete: (number) => `delete ${SMART} ${number}`,
  };
  type Listed = { version: string; kind: string; command: string };
  const listed = async (): Promise<Listed[]> => (await runJson(`show ${SMART}`)).value.transitions;

  test('are those that can be taken, whatever was done before', async () => {
    reset({ [`${S}/scenarios.yaml`]: null });
    const done = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const steps = await listed();
      // More with each round, as a rollout only widens.
      const filled = (command: string) => words(command.replace('PERCENT', String(10 + round)));
      // Always what was done least, so that every step has its turn.
      const [step] = steps
        .map((one, i) => ({
          ...one,
          order: [...done].filter((key) => key.startsWith(`${one.kind} `)).length * 100 + i,
        }))
        .filter(({ kind }) => kind !== 'delete' || round > 30)
        .sort((a, b) => a.order - b.order);
      const others = Object.entries(ALL).filter(
        ([kind, command]) =>
          round % 8 === 0 &&
          !steps.some((one) => one.kind === kind && one.command === `npx miniapp ${command(one.version)}`),
      );
      for (const [kind, command] of others) {
        const { code, out } = await take(filled(command('1.3.0')));
        expect(code === 1 || out.includes('nothing to do'), `${kind}: ${out}`).toBe(true);
      }
      const { code, out, err } = await take(filled(step!.command));
      expect(code, `${step!.command}: ${out}${err}`).toBe(0);
      expect(out).not.toContain('nothing to do');
      done.add(`${step!.kind} ${round}`);
      expect((await run('validate')).out).toMatch(/^(?:no problems|0 errors)/m);
    }
    const kinds = new Set([...done].map((key) => key.split(' ')[0]));
    expect([...kinds].sort()).toEqual(Object.keys(ALL).sort());
    rmSync(join(home, 'config'), { recursive: true });
  });
});
