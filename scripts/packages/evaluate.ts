/** A change judged by the bytes of the versions that it is about: are they kept, and are they what the version's file records? */
import { isByBytes, isJudged } from '../core/by-bytes.ts';
import type { Transition } from '../core/transitions/index.ts';
import type { Version, Workspace } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { describe } from '../core/problems/messages.ts';
import { problem, type Problem, type YamlPath } from '../core/problems/problem.ts';
import { LIMITS } from '../project/limits.ts';
import { factsOf, READER, type Facts } from '../project/facts.ts';
import { readPackage } from '../project/read-project.ts';
import { derivedKey, nothingDerived, type DerivedCache } from './derived.ts';
import { isUsable, StoreError, type HeldPackage, type OpenPackage, type PackageStore } from './store.ts';
import { refusedOwnFile } from './unfit.ts';
import { packageBranch, curingCommand, keyOf, type VersionId } from './version-id.ts';

export interface PackageCase {
  readonly transitions: readonly Transition[];
  readonly base: Workspace;
  readonly merged: Workspace;
  /** Where a version that is new in the change has its bytes; several places are looked into in turn. */
  readonly head: readonly PackageStore[];
  /** Where every other version has them. */
  readonly store: readonly PackageStore[];
  /** Where whoever proposes it may have brought these others, which the store lacks or has other bytes of. */
  readonly brought?: readonly PackageStore[];
  /** Where whoever asks has bytes that they may bring to the store. */
  readonly here?: PackageStore;
  /** Where whoever proposes it can push bytes to, as a command, when those of the head cannot be read. */
  readonly pushCommand?: (id: VersionId) => string;
  /** Whether a version was on the base before the base had `packages`. */
  readonly isOlder: (id: VersionId) => boolean;
  /** Versions and bytes that are read at most. */
  readonly most?: { readonly versions: number; readonly bytes: number };
  /** What packages gave before in the same run. */
  readonly derived?: DerivedCache | undefined;
}

export interface PackageEvaluation {
  readonly problems: readonly Problem[];
  /** What was found equal, and stands in another place than the store: it is to be copied. */
  readonly toCopy: readonly { readonly held: HeldPackage; readonly from: PackageStore; readonly sha256: string }[];
}

/** What one change may rest on: reading a hundred megabytes may take ten seconds, and a small package one. */
const MOST = { versions: 50, bytes: 2 * LIMITS.bytes } as const;

const NOTHING: PackageEvaluation = { problems: [], toCopy: [] };

/**
 * Judges a change by the bytes of its versions: fetches them, proves their digest, derives the recorded facts again and compares. Gives a
 * problem for each difference and for bytes that are missing or unreachable, and what is to be copied into the store. Runs nothing of a
 * package. Throws EnvironmentError when Git fails here; a failure of a store is a problem.
 */
export async function evaluatePackages(input: PackageCase): Promise<PackageEvaluation> {
  const { base, merged, transitions, most = MOST } = input;
  if (!isByBytes(base, transitions)) return NOTHING;
  const subjects = new Map<string, JudgedVersion>();
  for (const { kind, miniapp, version } of transitions) {
    if (!isJudged(kind) || miniapp === undefined || version === undefined) continue;
    const id = { miniapp, version };
    const recorded = merged.miniapps.get(miniapp)?.versions.get(version);
    if (!recorded) continue;
    const isNew = base.miniapps.get(miniapp)?.versions.has(version) !== true;
    const before = subjects.get(keyOf(id));
    subjects.set(keyOf(id), { id, recorded, isNew, isRollback: kind === 'rollback' && before?.isRollback !== false });
  }
  // What a rollback returns to was proven before, and a store that lacks it is no reason to refuse a rollback.
  const rollbacks = [...subjects.values()].filter(({ isRollback }) => isRollback);
  const others = [...subjects.values()].filter(({ isRollback }) => !isRollback);
  const tooMany = (some: readonly JudgedVersion[], bytes = bytesOf(some)) =>
    problem('packages-too-many', placeOf(some[0]!.id), {
      ...{ count: some.length, bytes, limit: most.versions, most: most.bytes },
    });
  const isTooMuch = others.length > most.versions || bytesOf(others) > most.bytes;
  if (isTooMuch) return { ...NOTHING, problems: [tooMany(others)] };
  const problems: Problem[] = [];
  const toCopy: PackageEvaluation['toCopy'][number][] = [];
  const all = [...others, ...rollbacks];
  let read = 0;
  const counted = { ...input, onBytes: (bytes: number) => void (read += bytes) };
  for (const [i, subject] of all.entries()) {
    // Files may record less than there is.
    const isFull = i === most.versions || Math.max(bytesOf(all.slice(0, i + 1)), read) > most.bytes;
    if (isFull && !subject.isRollback) return { problems: [...problems, tooMany(others, read)], toCopy: [] };
    // So many that some are not read are no reason to refuse them either: hundreds are rolled back in an emergency.
    if (isFull) return { problems: [warning(tooMany(all)), ...problems], toCopy };
    const found = await judged(subject, counted);
    problems.push(...found.problems);
    toCopy.push(...found.toCopy);
    // Whatever was brought here for one version makes room for the next.
    for (const place of [...input.head, ...input.store, ...(input.brought ?? [])]) place.close();
  }
  return { problems, toCopy };
}

const bytesOf = (some: readonly JudgedVersion[]): number =>
  some.reduce((sum, { recorded }) => sum + (recorded.package?.bytes ?? 0), 0);

interface JudgedVersion {
  readonly id: VersionId;
  readonly recorded: Version;
  readonly isNew: boolean;
  readonly isRollback: boolean;
}

const placeOf = ({ miniapp, version }: VersionId, ...path: YamlPath) => ({
  file: pathOf.version(miniapp, version),
  path,
});

/** A case whose bytes are counted as they are read. */
interface CountedCase extends PackageCase {
  readonly onBytes: (bytes: number) => void;
}

async function judged(subject: JudgedVersion, input: CountedCase): Promise<PackageEvaluation> {
  const { isNew } = subject;
  const [places, others] = isNew ? [input.head, input.store] : [input.store, input.brought ?? []];
  const { found, unasked } = await lookIn(places, subject, input);
  if (found && isSound(found)) return found;
  // Bytes that are what is recorded are right wherever else they stand; what is not is nobody's who proposes this.
  if (isNew || !unasked) {
    const elsewhere = others.filter((place) => !places.includes(place));
    const { found: other } = await lookIn(elsewhere, subject, input);
    if (other && isSound(other)) return other;
  }
  if (found) return found;
  const isHere = input.here !== undefined && isThere(await lookIn([input.here], subject, input));
  const unseen = unasked ? unreadable(subject, unasked, input) : missing(subject, places, input, isHere);
  // Said without bytes too: once the version is there, the facts of another reader are not compared strictly again.
  return { problems: [unseen, ...otherReader(subject)], toCopy: [] };
}

const isSound = ({ problems }: Pick<PackageEvaluation, 'problems'>): boolean =>
  problems.every(({ severity }) => severity === 'warning');

const isThere = ({ found }: StoreAnswer): boolean => found !== undefined && isSound(found);

interface StoreAnswer {
  /** What the first place says that has nothing against the bytes, else the first that has them. */
  readonly found?: PackageEvaluation | undefined;
  readonly unasked?: { readonly where: string; readonly why: string } | undefined;
}

async function lookIn(
  places: readonly PackageStore[],
  subject: JudgedVersion,
  input: CountedCase,
): Promise<StoreAnswer> {
  const { id } = subject;
  let unasked: StoreAnswer['unasked'];
  let best: PackageEvaluation | undefined;
  for (const place of places) {
    try {
      const held = (await place.find([id])).get(keyOf(id));
      const found = held && (await judgedIn(subject, held, place, input));
      if (found && isSound(found)) return { found };
      best ??= found;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      unasked ??= { where: place.where, why: error.message };
    }
  }
  return { found: best, unasked };
}

function unreadable(
  { id, isNew, recorded }: JudgedVersion,
  { where, why }: { where: string; why: string },
  { base, pushCommand }: PackageCase,
): Problem {
  if (!isNew) return warning(lacking({ id, recorded }, `${where} (${why})`));
  const command = pushCommand?.(id) ?? curingCommand({ id, recorded });
  const found = problem('package-unreachable', placeOf(id), { version: id.version, where, why, command });
  return base.platform.packages?.required === true ? found : warning(found);
}

function missing(
  { id, recorded, isNew, isRollback }: JudgedVersion,
  places: readonly PackageStore[],
  input: PackageCase,
  isHere: boolean,
): Problem {
  const where = places.map((place) => place.where).join(', ') || 'any place that is known';
  const missed = isHere ? `${where} (this clone has them, in ${packageBranch.name(id)})` : where;
  const found = lacking({ id, recorded }, missed, isHere);
  const isExpected = input.base.platform.packages?.required === true && !isRollback && (isNew || !input.isOlder(id));
  return isExpected ? found : warning(found);
}

const lacking = (one: Pick<JudgedVersion, 'id' | 'recorded'>, where: string, isHere = false): Problem =>
  problem('package-missing', placeOf(one.id), { version: one.id.version, where, command: curingCommand(one, isHere) });

/** A version that is new names the reader of today, whose facts are the ones to compare. */
function otherReader(subject: JudgedVersion): Problem[] {
  const { isNew, recorded } = subject;
  const reader = recorded.package?.reader;
  if (!isNew || reader === READER) return [];
  return [difference(subject, 'package.reader', pathIn(recorded, 'reader'), reader, READER)];
}

const difference = ({ id }: JudgedVersion, field: string, path: YamlPath, before: unknown, found: unknown): Problem =>
  problem('package-differs', placeOf(id, ...path), {
    ...{ version: id.version, field, recorded: shown(before), found: shown(found) },
  });

const warning = (found: Problem): Problem => ({ ...found, severity: 'warning' });

/** What the bytes of one place say. Undefined where they are not there. */
async function judgedIn(
  subject: JudgedVersion,
  held: HeldPackage,
  place: PackageStore,
  { store, onBytes, derived: { facts: known } = nothingDerived() }: CountedCase,
): Promise<PackageEvaluation | undefined> {
  const { id, recorded, isNew } = subject;
  const refused = (what: string) => ({
    problems: [problem('package-refused', placeOf(id), { version: id.version, what })],
    toCopy: [],
  });
  const proof = (await place.prove([held], onBytes)).get(keyOf(id)) ?? { isAbsent: true };
  if (!isUsable(proof)) return 'refused' in proof ? refused(proof.refused) : undefined;
  const problems: Problem[] = [];
  const differs = (field: string, path: YamlPath, before: unknown, found: unknown, isWarning = false) => {
    const differing = difference(subject, field, path, before, found);
    problems.push(isWarning ? warning(differing) : differing);
  };
  for (const field of ['sha256', 'bytes', 'files'] as const) {
    const before = recorded.package?.[field];
    if (before !== proof[field]) differs(`package.${field}`, pathIn(recorded, field), before, proof[field]);
  }
  // Other bytes give other facts, which nobody has to hear.
  if (problems.length > 0) return { problems, toCopy: [] };
  problems.push(...otherReader(subject));
  const isOtherReader = !isNew && recorded.package?.reader !== READER;
  let facts = known.get(derivedKey(held));
  if (facts === undefined) {
    const open = await place.open(held);
    if (!isUsable(open)) return 'refused' in open ? refused(open.refused) : undefined;
    facts = factsIn(open, id);
    known.set(derivedKey(held), facts);
  }
  if (typeof facts === 'string') {
    const [unfit] = refused(facts).problems;
    problems.push(isOtherReader ? warning(unfit!) : unfit!);
    return { problems, toCopy: [] };
  }
  for (const { field, isSame } of FACTS) {
    if (isSame(recorded, facts, isNew)) continue;
    differs(field, recorded[field] === undefined ? [] : [field], recorded[field], facts[field], isOtherReader);
  }
  return {
    problems,
    toCopy:
      isSound({ problems }) && (isNew || !store.includes(place)) ? [{ held, from: place, sha256: proof.sha256 }] : [],
  };
}

const pathIn = (recorded: Version, field: keyof NonNullable<Version['package']>): YamlPath =>
  recorded.package === undefined ? [] : recorded.package[field] === undefined ? ['package'] : ['package', field];

/** What the bytes give, or why they give nothing. */
function factsIn({ files, content }: OpenPackage, id: VersionId): Facts | string {
  for (const { path, bytes } of files.values()) {
    const why = refusedOwnFile(path, bytes, content);
    if (why !== undefined) return `"${path}": ${why}`;
  }
  const { project, findings } = readPackage(files, content, { shown: '.', id: id.miniapp });
  if (project) return factsOf(project);
  const fault = findings.problems.find(({ code }) => !code.startsWith('upload-')) ?? findings.problems[0];
  return fault ? `${fault.at.file}: ${describe(fault).message}` : 'it is no miniapp project';
}

interface RecordedFact {
  readonly field: 'pages' | 'baseLibrary' | 'kits' | 'origins' | 'apis' | 'analysis';
  readonly isSame: (recorded: Facts, found: Facts, isNew: boolean) => boolean;
}

const sorted = (list: readonly string[] = []): string => JSON.stringify(list.toSorted());
const byKey = (map: Readonly<Record<string, unknown>> = {}): string => JSON.stringify(Object.entries(map).sort());
const counts = ({ analysis }: Facts): string => byKey({ ...analysis, found: byKey(analysis?.found) });

/** What is recorded and follows from the bytes: one more is one line. */
const FACTS: readonly RecordedFact[] = [
  { field: 'pages', isSame: (a, b) => JSON.stringify(a.pages ?? []) === JSON.stringify(b.pages ?? []) },
  { field: 'baseLibrary', isSame: (a, b) => a.baseLibrary === b.baseLibrary },
  { field: 'kits', isSame: (a, b) => byKey(a.kits) === byKey(b.kits) },
  { field: 'origins', isSame: (a, b) => sorted(a.origins) === sorted(b.origins) },
  // A file that names none counts as using all of them, which no bytes give; an older one may.
  { field: 'apis', isSame: (a, b, isNew) => (a.apis === undefined ? !isNew : sorted(a.apis) === sorted(b.apis)) },
  // A file that has none claims nothing of it.
  { field: 'analysis', isSame: (a, b) => a.analysis === undefined || counts(a) === counts(b) },
];

/** A value as a sentence has it. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
