/** Everything that validation can find, from the catalogue. */
import { messages, severityOf, type Language, type ProblemCode } from '#core/problems/messages.ts';

export interface RuleRow {
  readonly code: ProblemCode;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

/** The problems by severity, each with title, sentence and hint. */
export function rules(language: Language): Record<'error' | 'warning', RuleRow[]> {
  const rows = { error: [] as RuleRow[], warning: [] as RuleRow[] };
  for (const code of Object.keys(messages.en.problems) as ProblemCode[]) {
    rows[severityOf(code)].push({ code, ...messages[language].problems[code] });
  }
  return rows;
}
