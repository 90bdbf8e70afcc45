/**
 * Answers that are kept. One that is whole is kept for good. One that a circle cut short (`a` is `b`, and `b` is `a` or a text) rests on
 * the question that is still open, and is kept until that one is answered: so that a knot of circles takes time in proportion to it.
 */
import { UNKNOWN, type Value } from '../value.ts';

/** What an answer rests on: no open question, so that it is whole; or one that nobody can tell. */
const NOTHING = Number.POSITIVE_INFINITY;
const LIMIT = -1;

interface Provisional {
  readonly values: readonly Value[];
  /** The outermost open question that it rests on, by its place among those that are open. */
  readonly on: number;
  readonly circle: number;
  /** Levels of the budget at which it was asked: where a limit cut it, it is no better further down. */
  readonly depth: number;
}

/** What limits the question that is being asked: the steps that it may still take, and how many levels deep it is. */
interface AnswerLimits {
  readonly left: number;
  readonly depth: number;
}

/** An answer that a limit cut short, with the limits that it had. */
interface Limited extends AnswerLimits {
  readonly values: readonly Value[];
}

export class Answers {
  readonly #limits: () => AnswerLimits;
  readonly #limited = new WeakMap<object, Limited>();
  readonly #whole = new WeakMap<object, readonly Value[]>();
  /** The questions that are open, each with its place: the outermost has 0. */
  #open = new Map<object, number>();
  #provisional = new Map<object, Provisional>();
  /** The provisional answers, by what they rest on; few questions have any. */
  #resting: (object[] | undefined)[] = [];
  /** What the answer that is being found rests on so far. */
  #on = NOTHING;
  /** The same of open questions alone, whatever a limit cut. */
  #circle = NOTHING;

  /** `limits`: those of now. */
  constructor(limits: () => AnswerLimits) {
    this.#limits = limits;
  }

  /** Forgets what is open: a question of its own begins. */
  begin(): void {
    if (this.#open.size > 0) this.#open.clear();
    if (this.#provisional.size > 0) this.#provisional.clear();
    this.#resting.length = 0;
    this.#on = NOTHING;
    this.#circle = NOTHING;
  }

  /** Whether the answer that is being found was cut short so far. */
  get isCut(): boolean {
    return this.#on !== NOTHING;
  }

  /** Whether the answer to a question is just being found. */
  isOpen = (question: object): boolean => this.#open.has(question);

  /** Says that what is being found is true here alone: something is being looked up right now. */
  cut(): void {
    this.#on = LIMIT;
    this.#circle = LIMIT;
  }

  /** Says that a limit was met: with no more to take, nothing more is found. */
  limit(): void {
    this.#on = LIMIT;
  }

  /** The answer to a question, which `find` finds unless it is known. */
  to(question: object, find: () => readonly Value[]): readonly Value[] {
    const whole = this.#whole.get(question);
    if (whole) return whole;
    const known = this.#provisional.get(question);
    const isKnown = known !== undefined && (known.on !== LIMIT || this.#limits().depth >= known.depth);
    const place = isKnown ? known.on : this.#open.get(question);
    if (place !== undefined) {
      this.#on = Math.min(this.#on, place);
      this.#circle = Math.min(this.#circle, isKnown ? known.circle : place);
      return isKnown ? known.values : [UNKNOWN];
    }
    const { left, depth } = this.#limits();
    const limited = this.#limited.get(question);
    if (limited && left <= limited.left && depth >= limited.depth) {
      // With no more to take than before nothing more is found.
      this.#on = LIMIT;
      return limited.values;
    }
    return this.#find(question, find, { left, depth });
  }

  #find(question: object, find: () => readonly Value[], limits: AnswerLimits): readonly Value[] {
    const place = this.#open.size;
    const [around, aroundCircle] = [this.#on, this.#circle];
    this.#open.set(question, place);
    this.#resting[place] = undefined;
    this.#on = NOTHING;
    this.#circle = NOTHING;
    const values = find();
    const on = this.#on;
    const circle = this.#circle >= place ? NOTHING : this.#circle;
    this.#circle = Math.min(aroundCircle, circle);
    this.#open.delete(question);
    for (const resting of this.#resting[place] ?? []) this.#provisional.delete(resting);
    if (on >= place) {
      // What rests on itself alone is as whole as it gets.
      this.#whole.set(question, values);
      this.#on = around;
    } else {
      this.#provisional.set(question, { values, on, circle, depth: limits.depth });
      // What rests on a question around it says more where that is not open.
      if (on === LIMIT && circle === NOTHING) this.#limited.set(question, { values, ...limits });
      if (on !== LIMIT) (this.#resting[on] ??= []).push(question);
      this.#on = Math.min(around, on);
    }
    return values;
  }

  /** Runs something that must not miss what is being asked around it. */
  afresh<T>(run: () => T): T {
    const around = [this.#open, this.#provisional, this.#resting, this.#on, this.#circle] as const;
    [this.#open, this.#provisional, this.#resting, this.#on, this.#circle] = [
      new Map(),
      new Map(),
      [],
      NOTHING,
      NOTHING,
    ];
    try {
      return run();
    } finally {
      [this.#open, this.#provisional, this.#resting, this.#on, this.#circle] = around;
    }
  }
}
