/** A part of a folded text that is an account, or looks like one. */
export interface TextSpan {
  readonly from: number;
  /** The index after its last character. */
  readonly to: number;
  /** The account, as far as it is known; else what stands there. */
  readonly account: string;
}
