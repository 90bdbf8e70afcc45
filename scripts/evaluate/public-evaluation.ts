/**
 * An evaluation without accounts in its sentences, for what the bot publishes. People who may read a pull request may not all read the
 * whitelists, and a published account cannot be taken back.
 */
import type { Miniapp, Workspace } from '../core/model.ts';
import { redactor, type Redactor } from '../core/redaction/index.ts';
import { accountsIn, redactWorkspace, withoutLogins } from '../core/redaction/workspace.ts';
import { accountsWrittenIn } from '../core/redaction/written.ts';
import type { EvaluatedCommits } from './commits.ts';

/** `known`: masks the accounts of the base. Accounts that the pull request brings are masked, too, also in files that cannot be read. */
export function publicEvaluation(judged: EvaluatedCommits, known: Redactor): EvaluatedCommits {
  const { workspace } = judged;
  const own = redactor(broughtBy(judged));
  const text = (sentence: string) => own.text(known.text(sentence));
  const redact: Redactor = { text, name: (name) => own.name(known.name(name)) };
  return {
    ...judged,
    problems: judged.problems.map((one) => ({ ...one, message: text(one.message), hint: text(one.hint) })),
    // Names are shown; what a miniapp holds is only compared.
    workspace: { ...redactWorkspace({ ...workspace, miniapps: new Map() }, redact), miniapps: workspace.miniapps },
  };
}

function broughtBy({ workspace, texts }: EvaluatedCommits): Set<string> {
  const lists = [...texts].filter(([path]) => /\/(?:whitelist|scenarios)\.yaml$/.test(path));
  const written = accountsWrittenIn(lists.flatMap(([, content]) => content.split('\n')));
  return new Set([...accountsIn(workspace), ...withoutLogins(written, workspace.people)]);
}

/** A configuration with this miniapp alone, as it may be shown. */
export function shownAlone(workspace: Workspace, miniapp: Miniapp, redact: Redactor): Workspace {
  return redactWorkspace({ ...workspace, miniapps: new Map([[miniapp.id, miniapp]]) }, redact);
}
