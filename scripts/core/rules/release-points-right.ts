import type { FixCode } from '../problems/messages.ts';
import type { Miniapp } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place, type Problem } from '../problems/problem.ts';
import { partsIn, type Rollout } from '../resolution/rollout.ts';
import { toolCommand, uploadWords } from '../tool-command.ts';
import type { Rule } from './rule.ts';

export const releasePointsRight: Rule = {
  id: 'release-points-right',
  why: 'Ensure that what was or is online was approved, and that no version is in two places.',
  *check({ miniapps }) {
    for (const miniapp of miniapps.values()) yield* check(miniapp);
  },
};

/** The step on the way to approval, once the version is out of the release. */
const NEXT = { 'not begun': 'submit', pending: 'approve', rejected: 'upload-corrected' } as const satisfies Record<
  string,
  FixCode
>;

function* check(miniapp: Miniapp): Iterable<Problem> {
  const file = pathOf.file(miniapp.id, 'release');
  const { online, experience, rollout, previous = [] } = miniapp.release;
  const places: { version: string; here: string; place: Place; needsApproval: boolean }[] = [
    ...(online
      ? [{ version: online.version, here: 'online', place: at(file, 'online', 'version'), needsApproval: true }]
      : []),
    ...previous.map((version, i) => ({
      version,
      here: 'in previous',
      place: at(file, 'previous', i),
      needsApproval: true,
    })),
    ...(rollout
      ? [
          {
            version: rollout.version,
            here: 'rolled out',
            place: at(file, 'rollout', 'version'),
            needsApproval: true,
          },
        ]
      : []),
    ...(experience
      ? [
          {
            version: experience.version,
            here: 'the experience version',
            place: at(file, 'experience', 'version'),
            needsApproval: false,
          },
        ]
      : []),
  ];
  if (rollout) yield* rolledOut(rollout, file, online !== undefined);
  const seen = new Map<string, string>();
  for (const { version, here, place, needsApproval } of places) {
    const there = seen.get(version);
    // What testers try may be what is rolled out.
    const isBothMarks = there === 'rolled out' && here === 'the experience version';
    if (there !== undefined && !isBothMarks) yield problem('release-version-twice', place, { version, here, there });
    seen.set(version, here);
    const file = miniapp.versions.get(version);
    const status = file?.review?.status ?? 'not begun';
    const isUnapproved = needsApproval && file !== undefined && status !== 'approved';
    if (isUnapproved) {
      const next = NEXT[status];
      const words = next === 'upload-corrected' ? uploadWords(miniapp.id) : `${next} ${miniapp.id} ${version}`;
      const args = { version, here, status, miniapp: miniapp.id, next, command: toolCommand(words) };
      yield problem('release-not-approved', place, args);
    }
  }
}

function* rolledOut({ version, percent }: Rollout, file: string, hasOnline: boolean): Iterable<Problem> {
  if (!hasOnline) yield problem('rollout-alone', at(file, 'rollout'), { version });
  const rounded = partsIn({ percent }) / 100;
  if (rounded !== percent) yield problem('rollout-percent', at(file, 'rollout', 'percent'), { percent, rounded });
}
