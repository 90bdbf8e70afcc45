/**
 * Longer than most files, so that all that a page claims is held on the same platforms, which take seconds to make.
 * Nothing false on a miniapp's page, whatever the platform: no command is printed that would be refused, and each answer is what `resolve`
 * gives to somebody who asks. Platforms are generated; those that break a rule are left out, as no portal is built of them. Each test
 * goes through all of them.
 */
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENTRIES, type Workspace } from '../../../../scripts/core/model.ts';
import { versionsByState, type IntendedChange } from '../../../../scripts/core/lifecycle/lifecycle.ts';
import { brokenPromises } from '../../../../scripts/core/resolution/broken-promises.ts';
import { messages } from '../../../../scripts/core/problems/messages.ts';
import { fixesFor } from '../../../../scripts/core/resolution/fixes.ts';
import { resolve } from '../../../../scripts/core/resolution/resolve.ts';
import { spelledOut } from '../../../../scripts/fixtures/resolution.ts';
import { MINIAPP as ID, NOW } from '../../../../scripts/fixtures/state-space/states.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { accountIn, APPS, generatedPlatforms, lacksIn, withMiniapp } from '../../../tests/generated-platforms.ts';
import { afterCommand, refusal, UNFINISHED } from '../../../tests/judged-commands.ts';
import { renderedSections } from '../../../tests/rendered.ts';
import { words } from '../../i18n/index.ts';
import { jsonForHtml, miniappData, platformData, pageWorkspace } from '../../lib/page-data.ts';
import { publish } from '../../lib/public.ts';
import { journeyOf } from '../journey/view-model.ts';
import { tasksByLogin } from '../people/tasks.ts';
import { changeLines } from '../versions/consequences.ts';
import { stageLists } from '../versions/view-model.ts';
import { miniappFacts } from './facts.ts';

const UNESCAPED = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' } as const;

/** The workspace as the portal shows it. */
const shownOf = (workspace: Workspace) =>
  publish(workspace, undefined, (_id, version) => lacksIn.get(workspace)?.get(version), NOW);

/** The page of the miniapp, and every command on it. */
async function pageOf(workspace: Workspace): Promise<{ page: string; commands: readonly string[] }> {
  const shown = shownOf(workspace);
  const miniapp = shown.miniapps.get(ID)!;
  const answers = answersByApp(shown, ID, NOW);
  const page = await renderedSections({ language: 'en', facts: miniappFacts(shown, miniapp, answers, { now: NOW }) });
  const found = page.split(/(?=<details class="?earlier"?>)/).flatMap((part) => {
    const rows = [...part.matchAll(/<tr id="version-([^"]+)"/g)].map(([, version]) => version!);
    const printed = part.matchAll(/(?: \(([\d., ]+)\) )?<kbd>(npx miniapp [^<]*)<\/kbd>/g);
    return [...printed].flatMap(([, only, text]) => {
      const command = text!.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (one) => UNESCAPED[one as keyof typeof UNESCAPED]);
      if (!command.includes(' VERSION')) return [command];
      // What is said once for several rows is claimed of each.
      return (only?.split(', ') ?? rows).map((version) => command.replace('VERSION', version));
    });
  });
  return { page, commands: [...new Set(found)] };
}

const FIRST = 'That has to change first, by scenario add or scenario remove.';
const NOBODY = /Nobody (?:may do|can finish) this now/;

/** Each cell of a line, as "who app region entry: before → after". */
function cellsOf({ who, before, after, where }: ReturnType<typeof changeLines>[number]): string[] {
  const [audience, entry] = who.split(' · ');
  return [...where.matchAll(/(\w+) \(([^)]*)\)/g)].flatMap(([, app, regions]) => {
    const all = APPS[app as keyof typeof APPS];
    const named = regions!.startsWith('All ') ? all : regions!.split(', ');
    const entries = entry === undefined ? Object.values(words.en.entries) : [entry];
    return named.flatMap((region) =>
      entries.map((one) => `${audience!} ${app!} ${region} ${one}: ${before} → ${after}`),
    );
  });
}

/** Who is answered otherwise in the second state, asked one by one: everyone, the account on the whitelist, who is in the rollout of the first. */
function changesBetween(before: Workspace, after: Workspace): [who: string, change: string][] {
  const { whitelist, release: own, trafficking, basics } = before.miniapps.get(ID)!;
  const answer = (workspace: Workspace, query: Parameters<typeof resolve>[1]): string => {
    const asked = resolve(workspace, query);
    return asked.outcome === 'opens' ? asked.version : messages.en.outcomes[asked.code].title;
  };
  const { audiences, entries } = words.en;
  return Object.entries(APPS).flatMap(([app, regions]) => {
    const isListed = whitelist.some((one) => one.app === app && (one.expires ?? '2026-11-20') >= '2026-11-20');
    return regions.flatMap((region) => {
      const isDelivered =
        basics.type === 'panel' || trafficking.some((one) => one.app === app && one.regions.includes(region));
      const isRolledOut =
        isDelivered &&
        own.rollout !== undefined &&
        (own.rollout.regions?.includes(region) ?? true) &&
        (own.rollout.apps?.includes(app) ?? true);
      const people = {
        [audiences.everyone]: {},
        ...(isListed ? { [audiences.whitelisted]: accountIn(before) } : {}),
        ...(isRolledOut ? { [audiences.rollout]: { inRollout: true } } : {}),
      };
      return Object.entries(people).flatMap(([who, given]) =>
        ENTRIES.flatMap((entry): [string, string][] => {
          const query = { miniapp: ID, app, region, entry, inRollout: false, device: 'vdevo1', now: NOW, ...given };
          const [was, is] = [answer(before, query), answer(after, query)];
          return was === is ? [] : [[who, `${app} ${region} ${entries[entry]}: ${was} → ${is}`]];
        }),
      );
    });
  });
}

/** Whether what a command is about might be kept, as far as the portal was told. */
const isUnasked = (workspace: Workspace, command: string): boolean =>
  [...lacksIn.get(workspace)!].some(([version, lack]) => lack === 'unasked' && isAbout(workspace, command, version));

const isAbout = (workspace: Workspace, command: string, version: string): boolean =>
  command.includes(`rollout finish ${ID}`)
    ? workspace.miniapps.get(ID)!.release.rollout?.version === version
    : command.split(' ').includes(version);

let workspaces: readonly Workspace[] = [];
beforeAll(async () => {
  workspaces = await generatedPlatforms();
});

test('enough platforms are looked at, of every kind', () => {
  expect(workspaces.length).toBeGreaterThan(150);
  const all = workspaces.map(({ miniapps }) => miniapps.get(ID)!);
  expect(all.some(({ release: { online } }) => online?.enabled === false)).toBe(true);
  expect(all.some(({ release: { rollout } }) => rollout !== undefined)).toBe(true);
  expect(all.some(({ release: { rollout } }) => (rollout?.regions?.length ?? 0) > 1)).toBe(true);
  expect(all.some(({ basics }) => basics.type === 'panel')).toBe(true);
  expect(all.some(({ basics }) => basics.category !== undefined)).toBe(true);
  expect(workspaces.some(({ platform }) => platform.accounts === 'digest')).toBe(true);
  expect(workspaces.some(({ policy }) => policy.transitions.approve?.approvals !== undefined)).toBe(true);
  for (const login of ['bob', 'rita'])
    expect(workspaces.some(({ people }) => people.get(login)!.left !== undefined)).toBe(true);
  const lacks = new Set(workspaces.flatMap((one) => [...(lacksIn.get(one)?.values() ?? [])]));
  expect([...lacks].sort()).toEqual(['differs', 'missing', 'unasked', 'unrecorded', undefined]);
  const archived = all.filter(({ basics }) => basics.archived === true);
  expect(archived.some(({ versions }) => [...versions.values()].some((one) => one.review?.status === 'approved'))).toBe(
    true,
  );
});

describe('every page', () => {
  test('prints no command that would be refused', async () => {
    const refused = new Map<string, string>();
    let judged = 0;
    let [unasked, unfinished] = [0, 0];
    let stuck = 0;
    for (const workspace of workspaces) {
      const { page, commands } = await pageOf(workspace);
      for (const command of commands) {
        const codes = await refusal(workspace, command);
        if (!codes) continue;
        judged += 1;
        if (codes[0] === 'package-missing' && isUnasked(workspace, command)) {
          // Nobody knew it, and the page says so.
          expect(page).toContain(words.en.versions.lack.unasked);
          unasked += 1;
          continue;
        }
        if (codes.includes('scenario-broken')) {
          // The command that puts something back into service changes no promise, and the page says that one has to change first.
          expect(command).toBe(`npx miniapp enable ${ID}`);
          expect(page).toContain(FIRST);
          stuck += 1;
          continue;
        }
        // What nobody can finish says so, and who is missing.
        if (codes[0] === UNFINISHED && NOBODY.test(page)) {
          unfinished += 1;
          continue;
        }
        if (codes.length > 0)
          refused.set(`${command}: ${codes.join(' ')}`, JSON.stringify(workspace.miniapps.get(ID)!.release));
      }
    }
    expect(judged).toBeGreaterThan(500);
    expect(unasked).toBeGreaterThan(10);
    expect(unfinished).toBeGreaterThan(5);
    expect(stuck).toBeGreaterThan(0);
    expect([...refused]).toEqual([]);
  });

  test('offers a step with what it breaks of what was promised, and no other as breaking anything', async () => {
    const wrong = new Set<string>();
    let [changed, stuck] = [0, 0];
    for (const workspace of workspaces) {
      const { release } = workspace.miniapps.get(ID)!;
      const own = shownOf(workspace).miniapps.get(ID)!;
      for (const { kind, command, breaks } of versionsByState(own).flatMap(({ steps }) => steps)) {
        const plain = (await refusal(workspace, command.replace(' --update-scenarios', ''))) ?? [];
        const isBroken = plain.includes('scenario-broken');
        const isRefused = ((await refusal(workspace, command)) ?? []).includes('scenario-broken');
        if (isBroken !== (breaks !== undefined) || isRefused !== (isBroken && kind === 'enable'))
          wrong.add(`${command}: ${plain.join(' ')}: ${JSON.stringify(release)}`);
        if (breaks && kind === 'enable') stuck += 1;
        else if (breaks) changed += 1;
        expect(breaks ?? ['It stays so']).toEqual(['It stays so']);
      }
    }
    expect(changed).toBeGreaterThan(20);
    expect(stuck).toBeGreaterThan(0);
    expect([...wrong]).toEqual([]);
  });

  test('says that a step waits for nobody who may not take it', async () => {
    const wrong = new Set<string>();
    let tasks = 0;
    for (const workspace of workspaces) {
      for (const [login, own] of tasksByLogin(shownOf(workspace), NOW)) {
        expect(workspace.people.get(login)!.left).toBeUndefined();
        for (const { command } of own) {
          const codes = await refusal(workspace, command, [login]);
          if (!codes) continue;
          tasks += 1;
          if (codes[0] === 'package-missing' && isUnasked(workspace, command)) continue;
          if (codes.length > 0) wrong.add(`${login}: ${command}: ${codes.join(' ')}`);
        }
      }
    }
    expect(tasks).toBeGreaterThan(100);
    expect([...wrong]).toEqual([]);
  });

  test('names the step towards users that resolve names, where nothing is online', () => {
    const kinds = new Set<string>();
    for (const workspace of workspaces) {
      const shown = shownOf(workspace);
      const miniapp = shown.miniapps.get(ID)!;
      if (miniapp.release.online !== undefined) continue;
      const query = { miniapp: ID, app: 'home', region: 'EU', entry: 'link', now: NOW } as const;
      const [cure] = fixesFor('no-online-version', shown, query);
      const { next, isArchived } = journeyOf(shown, miniapp, NOW);
      kinds.add(cure!.code);
      expect(next?.command).toBe(isArchived ? undefined : cure!.command);
    }
    expect([...kinds].sort()).toEqual([
      'approve',
      'publish',
      'push-package',
      'rollback',
      'submit',
      'unarchive',
      'upload',
      'upload-corrected',
      'upload-recorded',
    ]);
  });

  test('answers each cell as resolve does, for an account that is asked', () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const workspace of workspaces) {
      for (const { app, hasWhitelisted, rows } of answersByApp(publish(workspace), ID, NOW)) {
        for (const { region, answers } of rows) {
          for (const { entry, audience, ...said } of answers) {
            cells += 1;
            const listedAs = audience === 'whitelisted' ? accountIn(workspace) : {};
            const who = { ...listedAs, inRollout: audience === 'rollout', device: 'vdevo1' };
            const asked = resolve(workspace, { miniapp: ID, app, region, entry, ...who, now: NOW });
            const [own, its] = [said, asked].map((one) => (one.outcome === 'opens' ? one.version : one.code));
            if (own !== its) wrong.push(`${app} ${region} ${audience} ${entry}: ${own}, but ${its}`);
          }
        }
        const isListed = workspace.miniapps
          .get(ID)!
          .whitelist.some((one) => one.app === app && (one.expires === undefined || one.expires >= '2026-11-20'));
        expect(hasWhitelisted).toBe(isListed);
      }
    }
    expect(cells).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  test('says of a version that may go online whose answers change, as resolve answers once it is published', () => {
    const wrong = new Set<string>();
    const told = { cards: 0, lines: 0 };
    for (const workspace of workspaces) {
      const shown = publish(workspace);
      const own = shown.miniapps.get(ID)!;
      const cards = stageLists(shown, own, NOW).flatMap((list) => list.cards);
      for (const { number: version, consequences } of cards) {
        if (!consequences) continue;
        told.cards += 1;
        const after = withMiniapp(workspace, afterCommand(workspace, `npx miniapp publish ${ID} ${version}`)!);
        const lines = changeLines('en', shown, consequences);
        told.lines += lines.length;
        const said = new Set(lines.flatMap(cellsOf));
        const isSaid = (who: string, change: string) => said.has(`${who} ${change}`) || said.has(`Everyone ${change}`);
        const found = changesBetween(workspace, after);
        for (const [who, change] of found)
          if (!isSaid(who, change)) wrong.add(`${version}: not said: ${who} ${change}`);
        const found_ = new Set(found.map((one) => one.join(' ')));
        for (const one of said) if (!found_.has(one)) wrong.add(`${version}: said: ${one}`);
      }
    }
    expect([...wrong].slice(0, 5)).toEqual([]);
    expect(told.cards).toBeGreaterThan(80);
    expect(told.lines).toBeGreaterThan(80);
  });

  test('answers in its scripts as resolve does, with the same edits that cure it, none of which a promise refuses unsaid', async () => {
    const wrong = new Set<string>();
    const cures = new Set<string>();
    const breaking = new Set<string>();
    for (const workspace of workspaces) {
      const shown = shownOf(workspace);
      const { versions } = shown.miniapps.get(ID)!;
      const page = { ...platformData(shown, NOW, 'en'), miniapp: miniappData(shown.miniapps.get(ID)!, NOW, false) };
      const parsed = pageWorkspace(JSON.parse(jsonForHtml(page)));
      const own = workspace.miniapps.get(ID)!;
      const brokenBy = (change: IntendedChange) => brokenPromises(workspace, own, change, NOW).map(({ name }) => name);
      const raw = {
        ...workspace,
        miniapps: new Map([[ID, { ...own, versions, whitelist: [], brokenBy }]]),
      };
      for (const [app, regions] of Object.entries(APPS)) {
        for (const region of regions) {
          for (const entry of ENTRIES) {
            for (const whitelisted of [false, true]) {
              const query = { miniapp: ID, app, region, entry, whitelisted, device: 'vdevo1', now: NOW };
              const [told, its] = [parsed, raw].map((one) => spelledOut(resolve(one, query)));
              const fixes = its?.outcome === 'error' ? its.fix : [];
              for (const { code, breaks } of fixes) {
                cures.add(code);
                if (breaks) breaking.add(code);
              }
              if (!isDeepStrictEqual(told, its)) wrong.add(JSON.stringify([told, its]));
              for (const { command, breaks } of fixes) {
                const codes = await refusal(workspace, command);
                const isRefused = codes?.includes('scenario-broken') === true;
                if (isRefused !== (breaks?.by === 'enable')) wrong.add(`${command}: ${codes?.join(' ')}`);
              }
            }
          }
        }
      }
    }
    expect([...cures]).toEqual(
      expect.arrayContaining(['publish', 'rollback', 'approve', 'submit', 'upload-corrected', 'set-experience']),
    );
    expect([...breaking]).toEqual(
      expect.arrayContaining(['deliver', 'publish', 'rollback', 'set-experience', 'enable']),
    );
    expect([...wrong].slice(0, 3)).toEqual([]);
  });
});
