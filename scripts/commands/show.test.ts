/** `miniapp list` and `miniapp show`, black-box. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { SMART } from '../fixtures/workspace.ts';

const { home, remove, reset, run, runJson } = cliHarness('show');
const config = join(home, 'config');
afterAll(remove);
beforeEach(() => reset());

describe('list and show', () => {
  test('list', async () => {
    expect((await run('list')).out).toMatchInlineSnapshot(`
      "id                 type   online  experience  under review  name
      typanel0000000001  panel  -       1.0.0       -             Lamp panel
      tysmart0000000001  smart  1.1.0   1.2.0       1.2.0         Alarm clock
      2 miniapps
      "
    `);
    expect((await runJson('list')).value.miniapps[1]).toEqual({
      id: SMART,
      type: 'smart',
      name: { en: 'Alarm clock', zh: '闹钟' },
      online: { version: '1.1.0', enabled: true },
      experience: '1.2.0',
      pending: '1.2.0',
    });
  });

  test('show', async () => {
    expect((await run(`show ${SMART}`)).out).toMatchInlineSnapshot(`
      "Alarm clock  tysmart0000000001  smart
      Wakes you up

      online      1.1.0
      experience  1.2.0
      delivered   smart-life (AY, EU); oem-home (EU)
      whitelist   qa@example.com in smart-life; +491701234567 in oem-home
      members     alice (admin), bob (developer)

      online
        1.1.0  Version 1.1.0
            npx miniapp disable tysmart0000000001  (admin, operator)
            npx miniapp revoke tysmart0000000001 1.1.0 --reason REASON  (reviewer; not alice)

      review
        1.2.0 (under review, experience)  Version 1.2.0
            npx miniapp approve tysmart0000000001 1.2.0  (reviewer; not alice or bob)
            npx miniapp reject tysmart0000000001 1.2.0 --reason REASON  (reviewer; not alice or bob)
            npx miniapp withdraw tysmart0000000001 1.2.0  (admin, developer)
            npx miniapp experience clear tysmart0000000001 --update-scenarios  (admin, developer)  breaks the promise "QA scans the experience code", which changes with it

      development
        1.3.0  Version 1.3.0
            npx miniapp experience set tysmart0000000001 1.3.0 --update-scenarios  (admin, developer)  breaks the promise "QA scans the experience code", which changes with it
            npx miniapp delete tysmart0000000001 1.3.0  (admin, developer)

      superseded
        1.0.0  Version 1.0.0
            npx miniapp rollback tysmart0000000001 1.0.0 --update-scenarios  (admin, operator)  breaks the promise "Everybody in Europe gets 1.1.0", which changes with it
            npx miniapp revoke tysmart0000000001 1.0.0 --reason REASON  (reviewer; not alice)
      "
    `);
    const { value } = await runJson(`show ${SMART}`);
    expect(value.stages).toEqual({
      online: ['1.1.0'],
      review: ['1.2.0'],
      development: ['1.3.0'],
      superseded: ['1.0.0'],
    });
    expect(value.transitions.map(({ kind, version }: any) => `${kind} ${version}`)).toContain('approve 1.2.0');
  });

  test('show names the approvals that a step needs besides; a stop needs none', async () => {
    const needs = (approvals: string) => `{ by: [admin], approvals: ${approvals} }`;
    writeFileSync(
      join(config, 'policy.yaml'),
      `transitions:
  rollback: ${needs('{ count: 1, by: [reviewer, owner] }')}
  submit: ${needs('{ count: 2, by: [reviewer], when: new-apis, apis: [ty.pay] }')}
  disable: ${needs('{ count: 1, by: [reviewer] }')}
blastRadius: { losingService: true }
`,
    );
    const path = join(config, 'miniapps', SMART, 'versions/1.2.0.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^review: .*\n/m, ''));
    const { out } = await run(`show ${SMART}`);
    expect(out).toContain('1.0.0 --update-scenarios  (admin; approved by 1 of reviewer, owner)  breaks the promise');
    // Of the reviewers one alone had no hand in the version, and it asks for two.
    const nobody = 'nobody can finish it now: it needs 2 approvals of reviewer besides, and only rita could give one';
    expect(out).toContain(`1.2.0  (admin; approved by 2 of reviewer, for it newly uses ty.pay)  ${nobody}\n`);
    expect(out).toContain(`disable ${SMART}  (admin)\n`);
    expect(out).toContain('(reviewer; not alice; approved by 1 of reviewer, owner, for how much it changes)');
    expect((await run(`show ${SMART} 1.2.0`)).out).toContain(nobody);
    const missing = { what: 'approve', roles: ['reviewer'], approvals: 2, able: ['rita'] };
    for (const words of [`show ${SMART}`, `show ${SMART} 1.2.0`]) {
      const { value } = await runJson(words);
      const steps = value.transitions.filter(({ version = '1.2.0' }: any) => version === '1.2.0');
      expect(steps.map((step: any) => [step.kind, step.missing])).toContainEqual(['submit', missing]);
      expect(steps.filter((step: any) => step.missing).length).toBe(1);
      const besides = [{ count: 2, by: ['reviewer'], apis: ['ty.pay'] }];
      expect(steps.find(({ kind }: any) => kind === 'submit').besides).toEqual(besides);
    }
    const { value } = await runJson(`show ${SMART}`);
    expect(value.transitions.find(({ kind }: any) => kind === 'rollback')).toEqual({
      ...{ kind: 'rollback', version: '1.0.0', command: `npx miniapp rollback ${SMART} 1.0.0 --update-scenarios` },
      ...{
        by: ['admin'],
        besides: [{ count: 1, by: ['reviewer', 'owner'] }],
        breaks: ['Everybody in Europe gets 1.1.0'],
      },
    });
  });

  test('a name like a path is only unknown', async () => {
    for (const id of ['../../etc', SMART.toUpperCase(), '__proto__', 'a'.repeat(300)]) {
      const { code, err } = await run(['show', id]);
      expect({ id, code }).toEqual({ id, code: 2 });
      expect(err).toContain('there is no miniapp');
    }
  });
});
