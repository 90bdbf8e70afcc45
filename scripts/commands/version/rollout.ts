/** The commands of a rollout: part of the accounts get an approved version instead of the online one. */
import { defined } from '../../core/defined.ts';
import type { Miniapp, Release } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { problem } from '../../core/problems/problem.ts';
import { rolloutFigures, type Figures } from '../../core/report/statistics.ts';
import { partsIn, PARTS, type Rollout } from '../../core/resolution/rollout.ts';
import { isEqual } from '../../core/transitions/changes.ts';
import { stepsOf } from '../../core/lifecycle/lifecycle.ts';
import { rolloutText } from '../../core/transitions/release.ts';
import { toolCommand } from '../../core/tool-command.ts';
import type { Edited } from '../../edit/edit.ts';
import { rollOut, stopRollout } from '../../edit/release.ts';
import { MissingOption, text, UsageError, words, type Input } from '../../cli/frame/command.ts';
import { editingCommand, onMiniapp, split, type CommandRequest } from '../../cli/edits/edit-command.ts';
import type { ListOutput } from '../../cli/output/list-output.ts';
import { keepsPromises, UPDATE } from '../../cli/edits/promises.ts';
import { archivedWords, onVersion, STEPS, type VersionStep } from './transitions.ts';

const VERBS = ['start', 'widen', 'stop', 'finish', 'show'] as const;

export const rolloutCommand = editingCommand({
  name: 'rollout',
  takesNames: true,
  summary: 'part of the accounts get an approved version instead of the online one',
  usage: [
    'rollout start ID VERSION --percent N [--app APP …] [--region REGION …] [--update-scenarios]',
    'rollout widen ID [--percent N] [--app APP …] [--region REGION …] [--update-scenarios]',
    'rollout stop ID',
    'rollout finish ID [--update-scenarios]',
    'rollout show ID',
  ],
  miniappWord: 1,
  options: {
    percent: { type: 'string', value: 'N', describe: 'how many of a hundred accounts, 1 to 99; more keeps who was in' },
    app: {
      type: 'string',
      multiple: true,
      value: 'APP|all',
      describe: 'only in this app; may be given several times (default: wherever it is delivered)',
    },
    region: {
      type: 'string',
      multiple: true,
      value: 'REGION|all',
      describe: 'only in this region; may be given several times (default: wherever it is delivered)',
    },
    ...UPDATE,
  },
  request(input): CommandRequest {
    const { verb, rest } = split(input, VERBS);
    if (verb === 'start') {
      const [id = '', version = ''] = words(rest, 'ID', 'VERSION');
      const percent = percentOf(rest);
      if (percent === undefined) throw new MissingOption('percent');
      const limits = { apps: namesOf(rest, 'app'), regions: namesOf(rest, 'region') };
      return onVersion(id, version, starting({ version, percent, ...listed(limits) }), promises(rest));
    }
    const [id = ''] = words(rest, 'ID');
    if (verb === 'show') return { miniapp: id, list: shown };
    const request = onMiniapp(id, (given, miniapp, who): Edited => {
      const { rollout } = miniapp.release;
      if (!rollout && verb === 'stop') return { already: `nothing of ${id} is rolled out` };
      if (!rollout) return { problems: [notRolledOut(verb, miniapp)] };
      if (verb === 'stop') return { edits: stopRollout(given, { miniapp }) };
      const step = verb === 'finish' ? STEPS.publish : widening(rollout, rest);
      if (step === undefined) return { already: `${rolloutText(rollout)} already` };
      return onVersion(id, rollout.version, step, promises(rest)).edit(given, who);
    });
    return { ...request, isStop: verb === 'stop' };
  },
});

const promises = (input: Input) => ({ keepsPromises: keepsPromises(input) });

/** "12.5" or "12.5%". What cannot be a part is found where any file's is. */
function percentOf(input: Input): number | undefined {
  const given = text(input, 'percent');
  if (given === undefined) return undefined;
  if (!/^\d{1,6}(?:\.\d{1,6})?%?$/.test(given))
    throw new UsageError(`--percent ${given}: write a number, as 10 or 12.5`);
  return Number(given.replace('%', ''));
}

/** Names given one by one or with commas; `all` is no limit. Undefined where nothing is given. */
function namesOf({ values }: Input, option: string): readonly string[] | 'all' | undefined {
  const given = (values[option] ?? []) as string[];
  const names = given.flatMap((one) => one.split(',')).filter((name) => name !== '');
  if (names.length === 0) return undefined;
  return names.includes('all') ? 'all' : [...new Set(names)];
}

interface RolloutLimits {
  readonly apps: readonly string[] | 'all' | undefined;
  readonly regions: readonly string[] | 'all' | undefined;
}

const listed = ({ apps, regions }: RolloutLimits): Pick<Rollout, 'apps' | 'regions'> => ({
  ...defined({
    apps: apps === undefined || apps === 'all' ? undefined : [...apps],
    regions: regions === undefined || regions === 'all' ? undefined : [...regions],
  }),
});

const starting = (rollout: Rollout): VersionStep => ({
  kind: 'start-rollout',
  make: (given, step) => rollOut(given, step, rollout),
  release: (release: Release) => ({ ...release, rollout }),
  isDone: (_, { release }) => isEqual(release.rollout, rollout),
});

/** The rollout with more of everything that is given; undefined where that is what it has. */
function widening(rollout: Rollout, input: Input): VersionStep | undefined {
  const { apps, regions, ...rest } = rollout;
  const [moreApps, moreRegions] = [namesOf(input, 'app'), namesOf(input, 'region')];
  const percent = percentOf(input) ?? rollout.percent;
  const next = {
    ...rest,
    percent,
    ...listed({ apps: together(apps, moreApps), regions: together(regions, moreRegions) }),
  };
  if (isEqual(next, rollout)) return undefined;
  return {
    kind: 'widen-rollout',
    make: (given, step) => rollOut(given, step, next),
    release: (release: Release) => ({ ...release, rollout: next }),
  };
}

/** A list with what is added; without a list it is everything already. */
function together(list: readonly string[] | undefined, more: readonly string[] | 'all' | undefined) {
  if (list === undefined || more === 'all') return undefined;
  return [...new Set([...list, ...(more ?? [])])];
}

function notRolledOut(verb: string, miniapp: Miniapp) {
  const steps = [...miniapp.versions.values()].flatMap((version) => stepsOf(miniapp, version));
  const starts = steps.filter(({ kind }) => kind === 'start-rollout').map(({ command }) => command);
  const args = {
    step: `rollout ${verb}`,
    state: `nothing is rolled out${archivedWords(miniapp)}`,
    // Before a version is approved nothing can be rolled out: what each waits for is told there.
    possible: starts.join('; ') || toolCommand(`show ${miniapp.id}`),
  };
  return problem('step-not-now', { file: pathOf.file(miniapp.id, 'release') }, args);
}

/** What is rolled out, and the figures of both versions where it goes and since it has any, so that a person can decide how to go on. */
function shown(miniapp: Miniapp): ListOutput {
  const { id, release } = miniapp;
  const { rollout, online, sequence } = release;
  const none = `nothing of ${id} is rolled out`;
  if (!rollout) return { rows: [[]], json: { miniapp: id, rollout: null, sequence: sequence ?? 0 }, none };
  const { from, ...both } = rolloutFigures(miniapp.reports, release)!;
  const figuresJson = (version: string | undefined, { opens, visitors, staySeconds, errors }: Figures) => {
    const rate = opens === 0 ? null : Math.round((errors / opens) * 100_000) / 1000;
    return { version: version ?? null, opens, visitors, staySeconds, errors, errorsPerHundred: rate };
  };
  const next = stepsOf(miniapp, miniapp.versions.get(rollout.version)!)
    .filter(({ kind }) => ['widen-rollout', 'stop-rollout', 'publish'].includes(kind))
    .map(({ kind, command }) => ({
      kind,
      command: kind === 'publish' ? toolCommand(`rollout finish ${id}`) : command,
    }));
  const compared = [figuresJson(rollout.version, both.rollout), figuresJson(online?.version, both.online)];
  const line = ({ version, opens, visitors, staySeconds, errors, errorsPerHundred }: (typeof compared)[number]) =>
    [version ?? '-', opens, visitors, staySeconds, errors, errorsPerHundred ?? '-'].map(String);
  return {
    rows: [
      [
        'version',
        'for whom',
        `opens${from === undefined ? '' : ` since ${from}`}`,
        'visitors',
        'stay, s',
        'errors',
        'of 100',
      ],
      ...compared.map((one, i) => {
        const [version, ...rest] = line(one);
        return [version!, i === 0 ? rolloutText(rollout).replace(`${rollout.version} to `, '') : 'the others', ...rest];
      }),
      ...next.map(({ kind, command }) => [kind, command, '', '', '', '', '']),
    ],
    json: {
      miniapp: id,
      rollout,
      sequence: sequence ?? 0,
      parts: { in: partsIn(rollout), of: PARTS },
      since: from ?? null,
      figures: { rollout: compared[0], online: compared[1] },
      next,
    },
    none,
  };
}
