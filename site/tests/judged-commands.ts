/** Commands as a page prints them, given and judged: what each makes of the miniapp, and whether anybody may do that. */
import { expect } from 'vitest';
import type { Miniapp, Release, Version, Workspace } from '../../scripts/core/model.ts';
import { pathOf } from '../../scripts/core/paths.ts';
import { answerTo, expectationOf, isSuspended, meets } from '../../scripts/core/resolution/scenarios.ts';
import { decide, type Decision } from '../../scripts/core/transitions/decide.ts';
import { MINIAPP as ID, NOW } from '../../scripts/fixtures/state-space/states.ts';
import { derivedKey, nothingDerived } from '../../scripts/packages/derived.ts';
import { evaluatePackages } from '../../scripts/packages/evaluate.ts';
import { NUMBERS, packagesIn, PEOPLE, PROOF, storeOf, withMiniapp } from './generated-platforms.ts';

/** The codes for which the bytes of the versions stop a change. */
async function refusedForBytes(base: Workspace, { decision, merged }: ReturnType<typeof decided>): Promise<string[]> {
  const packages = packagesIn.get(base);
  if (!packages) return [];
  const derived = nothingDerived();
  for (const version of NUMBERS) {
    const id = { miniapp: ID, version };
    derived.facts.set(derivedKey({ id, ref: version, object: version }), { pages: [], origins: [], apis: [] } as never);
  }
  const { problems } = await evaluatePackages({
    ...{ transitions: decision.transitions, base, merged, derived },
    ...{ head: [], store: [storeOf(packages)], isOlder: () => false },
  });
  return problems.flatMap(({ code, severity }) => (severity === 'warning' ? [] : [code]));
}

function afterStep(miniapp: Miniapp, command: string, by = 'rita'): Miniapp | undefined {
  const [verb, ...rest] = command.split(' ').slice(2);
  const { release: own, versions } = miniapp;
  const { online, experience, previous = [], rollout, ...others } = own;
  const kept = { ...others, ...(experience ? { experience } : {}), ...(rollout ? { rollout } : {}) };
  const released = (given: object) => ({ ...miniapp, release: given as Release });
  const reviewed = (version: string, given: Version['review']) => {
    const { review: _former, ...uploaded } = versions.get(version)!;
    return {
      ...miniapp,
      versions: new Map(versions).set(version, { ...uploaded, ...(given ? { review: given } : {}) }),
    };
  };
  const without = (list: readonly string[], version: string) => list.filter((one) => one !== version);
  const option = (name: string) => rest[rest.indexOf(`--${name}`) + 1]!;
  switch (
    verb === 'experience' || verb === 'rollout' || verb === 'trafficking' || verb === 'whitelist'
      ? `${verb} ${rest.shift()}`
      : verb
  ) {
    case 'submit':
      return reviewed(rest[1]!, { status: 'pending', submittedBy: by });
    case 'withdraw':
      return reviewed(rest[1]!, undefined);
    case 'approve':
      return reviewed(rest[1]!, { ...versions.get(rest[1]!)!.review!, status: 'approved', reviewedBy: by });
    case 'reject':
    case 'revoke': {
      const given = {
        ...versions.get(rest[1]!)!.review!,
        status: 'rejected',
        reviewedBy: by,
        reason: 'No',
      } as const;
      const isOnline = online?.version === rest[1];
      const after = reviewed(rest[1]!, given);
      const { rollout: _ended, ...still } = kept;
      const isEnding = isOnline || rollout?.version === rest[1];
      const left = without(previous, rest[1]!);
      const rested = { ...(isEnding ? still : kept), ...(online && !isOnline ? { online } : {}) };
      return { ...after, release: { ...rested, ...(own.previous ? { previous: left } : {}) } as Release };
    }
    case 'rollout finish':
      return afterStep(miniapp, `npx miniapp publish ${ID} ${rollout!.version}`);
    case 'publish':
    case 'rollback': {
      const { rollout: _ended, ...still } = kept;
      const former = without(previous, rest[1]!);
      const isTried = still.experience?.version === rest[1];
      const { experience: _tried, ...untried } = still;
      const line = online ? [online.version, ...former] : former;
      return released({ ...(isTried ? untried : still), online: { version: rest[1]!, enabled: true }, previous: line });
    }
    case 'enable':
    case 'disable':
      return released({ ...own, online: { ...online!, enabled: verb === 'enable' } });
    case 'experience set':
      return released({ ...own, experience: { version: rest[1]! } });
    case 'experience clear': {
      const { experience: _cleared, ...left } = own;
      return released(left);
    }
    case 'rollout start':
      return released({ ...own, rollout: { version: rest[1]!, percent: 99 } });
    case 'rollout widen':
      // As wide as the command can make it.
      return released({
        ...own,
        rollout: rollout!.percent < 99 ? { ...rollout!, percent: 99 } : { version: rollout!.version, percent: 99 },
      });
    case 'rollout stop': {
      const { rollout: _stopped, ...left } = own;
      return released(left);
    }
    case 'delete': {
      const left = new Map(versions);
      left.delete(rest[1]!);
      return { ...miniapp, versions: left };
    }
    case 'trafficking add': {
      // What is to be filled in stands for an app and a region that are answered so; a cell's own dialog names them.
      if (option('app') === 'APP') return undefined;
      const app = option('app');
      const now = miniapp.trafficking.find((one) => one.app === app)?.regions ?? [];
      const regions = [...new Set([...now, ...option('region').split(',')])];
      return { ...miniapp, trafficking: [...miniapp.trafficking.filter((one) => one.app !== app), { app, regions }] };
    }
    case 'whitelist add':
      return undefined;
    case 'edit': {
      expect(rest.slice(1)).toEqual(['--unarchive']);
      const { archived: _given, ...basics } = miniapp.basics;
      return { ...miniapp, basics };
    }
    case 'package': {
      const [word, id, version = '', folder] = rest;
      if (word === 'list') return undefined;
      expect([word, id, folder]).toEqual(['push', ID, 'DIR']);
      // What was recorded says which bytes are brought.
      expect(versions.get(version)!.package).toEqual(PROOF);
      return undefined;
    }
    case 'upload':
    case 'resolve':
    case 'qr':
    case 'list':
    case 'history':
    case 'report':
      return undefined;
    default:
      throw new Error(`no rule here for: ${command}`);
  }
}

const UPDATE = ' --update-scenarios';

/**
 * What the command makes of the miniapp of the base when this person gives it; undefined for one that only asks, or that needs a project.
 */
export function afterCommand(base: Workspace, command: string, by?: string): Miniapp | undefined {
  const miniapp = afterStep(base.miniapps.get(ID)!, command.replace(UPDATE, ''), by);
  if (!miniapp || !command.endsWith(UPDATE)) return miniapp;
  const after = withMiniapp(base, miniapp);
  const scenarios = miniapp.scenarios.map((scenario) => {
    const answer = answerTo(after, ID, scenario, NOW);
    const isKept = meets(scenario, answer) || isSuspended(after, ID, scenario, answer, NOW);
    return isKept ? scenario : { ...scenario, expect: expectationOf(answer) };
  });
  // What changes nothing beside the step is an option that was not to be printed.
  expect(scenarios).not.toEqual(miniapp.scenarios);
  return { ...miniapp, scenarios };
}

/** In place of a code: nothing is wrong with it, and too few are there to approve it. */
export const UNFINISHED = 'too few approvals';

/** The codes that stop a command, whoever of these gives it; none when somebody may, and nothing where it changes nothing. */
export async function refusal(
  base: Workspace,
  command: string,
  actors: readonly string[] = PEOPLE,
): Promise<readonly string[] | undefined> {
  let codes: readonly string[] = [];
  for (const actor of actors) {
    const miniapp = afterCommand(base, command, actor);
    if (!miniapp) return undefined;
    const change = decided(base, miniapp, actor);
    const { ok, problems } = change.decision;
    codes = ok ? await refusedForBytes(base, change) : problems.map(({ code }) => code);
    if (ok && codes.length === 0) return [];
  }
  return codes.length > 0 ? codes : [UNFINISHED];
}

/** The decision on what becomes of the miniapp, with the approval of everybody else. */
function decided(base: Workspace, miniapp: Miniapp, actor: string): { decision: Decision; merged: Workspace } {
  const before = base.miniapps.get(ID)!;
  const merged = withMiniapp(base, miniapp);
  const numbers = new Set([...before.versions.keys(), ...miniapp.versions.keys()]);
  const paths = [
    ...(before.basics === miniapp.basics ? [] : [pathOf.file(ID, 'miniapp')]),
    ...(JSON.stringify(before.release) === JSON.stringify(miniapp.release) ? [] : [pathOf.file(ID, 'release')]),
    ...(before.scenarios === miniapp.scenarios ? [] : [pathOf.file(ID, 'scenarios')]),
    ...(before.trafficking === miniapp.trafficking ? [] : [pathOf.file(ID, 'trafficking')]),
    ...[...numbers].flatMap((one) =>
      before.versions.get(one) === miniapp.versions.get(one) ? [] : [pathOf.version(ID, one)],
    ),
  ];
  const differences = paths.map((path) => ({
    path,
    isInBase: base.files.has(path),
    isInMerged: merged.files.has(path),
  }));
  const history = { versionsEver: () => NUMBERS, wasEver: () => true, submittedAt: () => NOW };
  const reviews = PEOPLE.filter((login) => login !== actor).map((login) => ({ login, state: 'approved' as const }));
  const pullRequest = { author: actor, otherFiles: [] };
  const decision = decide({ base, merged, differences, fileProblems: [], pullRequest, reviews, history, now: NOW });
  return { decision, merged };
}
