/** How much may be looked up: code that needs more is not followed, and that is told. */

/** Steps that one question may take, and how deep it may go. */
const STEPS = 20_000;
const DEPTH = 60;
/** Steps that tell what is called, or nothing does: functions of the API stand a few names away. */
export const NEARBY = 200;
/** Steps that all questions of a project may take together; a question after that gets few. */
const ALL = 1_500_000;
const FEW = 100;

export class Budget {
  /** Whether the steps of all questions are spent. */
  isSpent = false;
  #steps = 0;
  #most = STEPS;
  #depth = 0;
  #total = 0;
  readonly #onOver: () => void;

  /** `onOver`: told when an answer is cut short. */
  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  /** Begins a question that may take so many steps. */
  begin(most = STEPS): void {
    this.#total += this.#steps;
    this.isSpent ||= this.#total > ALL;
    this.#steps = 0;
    this.#most = most;
    this.#depth = 0;
  }

  spend(steps: number): void {
    this.#steps += steps;
  }

  /** Whether this question has taken its steps, or goes too deep: then the answer is that it is not known. */
  get isOver(): boolean {
    const isOver = this.#steps > (this.isSpent ? FEW : this.#most) || this.#depth > DEPTH;
    if (isOver) this.#onOver();
    return isOver;
  }

  /** How many steps this question may still take. */
  get left(): number {
    return (this.isSpent ? FEW : this.#most) - this.#steps;
  }

  /** How many levels deep this question is. */
  get depth(): number {
    return this.#depth;
  }

  /** Runs something a level deeper. */
  deeper<T>(run: () => T): T {
    this.#depth += 1;
    const made = run();
    this.#depth -= 1;
    return made;
  }

  /** Runs something that may lead far away, and leaves a tenth of the steps for what comes after it. */
  sparing<T>(run: () => T): T {
    const most = this.#most;
    this.#most -= Math.max(0, most - this.#steps) / 10;
    const made = run();
    this.#most = most;
    return made;
  }

  /** Answers a question in the middle of another, with steps of its own. */
  aside<T>(run: () => T): T {
    const kept = [this.#steps, this.#depth, this.#most] as const;
    [this.#steps, this.#depth, this.#most] = [0, 0, NEARBY];
    const made = run();
    this.#total += this.#steps;
    this.isSpent ||= this.#total > ALL;
    [this.#steps, this.#depth, this.#most] = kept;
    return made;
  }
}
