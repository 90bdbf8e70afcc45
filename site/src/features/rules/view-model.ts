/** Everything that validation can find, from the catalogue, each as one case of it reads. */
import { keysOf } from '#core/keys-of.ts';
import { messages, severityOf, withNext, type Args, type Language, type ProblemCode } from '#core/problems/messages.ts';
import { PROBLEM_EXAMPLES } from './examples.ts';

export interface RuleRow {
  readonly code: ProblemCode;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  /** What stands in the sentences of that case. */
  readonly example: Args;
}

const EXAMPLES: Partial<Record<ProblemCode, Args>> = PROBLEM_EXAMPLES;

/** The problems by severity, each with title, sentence and hint. */
export function rules(language: Language): Record<'error' | 'warning', RuleRow[]> {
  const rows = { error: [] as RuleRow[], warning: [] as RuleRow[] };
  for (const code of keysOf(messages.en.problems)) {
    const example = withNext(EXAMPLES[code] ?? {}, language);
    rows[severityOf(code)].push({ code, ...messages[language].problems[code], example });
  }
  return rows;
}
