/** What reading a project finds: problems with their places, and the texts to show them in. */
import { defined } from '../core/defined.ts';
import { problem, type Problem } from '../core/problems/problem.ts';
import { severityOf, type MessageArgs, type ProblemCode } from '../core/problems/messages.ts';

/** How many problems of a kind are listed; of the rest, only how many. */
const LISTED = 200;

export class Findings {
  readonly problems: Problem[] = [];
  /** By the file's name as it is shown. */
  readonly texts = new Map<string, string>();
  readonly #folder: string;
  readonly #counts = new Map<ProblemCode, number>();
  readonly #known = new Set<string>();

  /** `folder`: the project's, as its user named it. */
  constructor(folder: string) {
    this.#folder = folder.replace(/(?<!\/)\/+$/, '') || '/';
  }

  /** A file of the project as its user would open it. */
  shown(path: string): string {
    if (path === '') return this.#folder;
    return this.#folder === '.' || this.#folder === '/' ? path : `${this.#folder}/${path}`;
  }

  /** Keeps a problem of a file of the project, once; `offset` in its text, which is kept to show the line. */
  add<C extends ProblemCode>(code: C, path: string, args: MessageArgs<C>, offset?: number, text?: string): void {
    const key = JSON.stringify([code, path, args, offset]);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > LISTED) return;
    const file = this.shown(path);
    if (text !== undefined) this.texts.set(file, text);
    const at = { file, isOutside: true as const, ...defined({ offset }) };
    this.problems.push(problem(code, at, args));
  }

  /** Says how many problems are not listed. */
  close(): void {
    for (const [code, count] of this.#counts) {
      if (count <= LISTED) continue;
      if (severityOf(code) === 'error') this.add('problems-more', '', { file: this.shown(''), count: count - LISTED });
      else this.add('upload-more', '', { kind: code, count: count - LISTED });
    }
  }

  /** The same so far, to which more can be added. */
  copy(): Findings {
    const copy = new Findings(this.#folder);
    copy.problems.push(...this.problems);
    for (const [file, text] of this.texts) copy.texts.set(file, text);
    return copy;
  }

  get hasErrors(): boolean {
    return this.problems.some(({ code }) => severityOf(code) === 'error');
  }
}
