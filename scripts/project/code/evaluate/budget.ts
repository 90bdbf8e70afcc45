/** How much may be looked up: code that needs more is not followed, and that is told. */

/** Steps that one question may take, and how deep it may go. */
const STEPS = 20_000;
const DEPTH = 60;
/** Steps that all questions of a project may take together; a question after that gets few. */
const ALL = 1_500_000;
const FEW = 100;

export class Budget {
  /** Whether an answer was cut short since somebody last looked: by a limit, or by a circle. */
  isCut = false;
  /** Whether the steps of all questions are spent. */
  isSpent = false;
  #steps = 0;
  #depth = 0;
  #total = 0;

  /** Begins a question. */
  begin(): void {
    this.#total += this.#steps;
    this.isSpent ||= this.#total > ALL;
    this.#steps = 0;
    this.#depth = 0;
    this.isCut = false;
  }

  spend(steps: number): void {
    this.#steps += steps;
  }

  /** Whether this question has taken its steps, or goes too deep: then the answer is that it is not known. */
  get isOver(): boolean {
    const isOver = this.#steps > (this.isSpent ? FEW : STEPS) || this.#depth > DEPTH;
    this.isCut ||= isOver;
    return isOver;
  }

  /** Runs something a level deeper. */
  deeper<T>(run: () => T): T {
    this.#depth += 1;
    const made = run();
    this.#depth -= 1;
    return made;
  }

  /** Answers a question in the middle of another, with steps of its own. */
  aside<T>(run: () => T): T {
    const kept = [this.#steps, this.#depth, this.isCut] as const;
    [this.#steps, this.#depth] = [0, 0];
    const made = run();
    this.#total += this.#steps;
    this.isSpent ||= this.#total > ALL;
    [this.#steps, this.#depth, this.isCut] = kept;
    return made;
  }

  /** Runs something and says whether its answer is whole: one that a limit or a circle cut is true only where it was asked. */
  whole<T>(run: () => T): { readonly made: T; readonly isWhole: boolean } {
    const wasCut = this.isCut;
    this.isCut = false;
    const made = run();
    const isWhole = !this.isCut;
    this.isCut ||= wasCut;
    return { made, isWhole };
  }
}
