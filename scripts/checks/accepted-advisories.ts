/** Advisories of packages that are known and accepted, each explained here and nowhere else. None at the moment. */

export interface AcceptedAdvisory {
  /** As GitHub numbers it: `GHSA-xxxx-xxxx-xxxx`. */
  readonly advisory: string;
  readonly package: string;
  /** Why it does no harm here: what would have to be called, and that nothing calls it. */
  readonly why: string;
  /** The day from which it counts again, `YYYY-MM-DD`: nothing is accepted for ever. */
  readonly until: string;
}

export const ACCEPTED: readonly AcceptedAdvisory[] = [];
