/** What this browser keeps for its visitor, and sends nowhere. Where it may keep nothing, nothing is kept. */

export type Kept = 'zone' | 'me' | 'theme' | 'columns';

export function kept(name: Kept): string | undefined {
  try {
    return localStorage.getItem(`miniapp.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Undefined forgets it. */
export function keep(name: Kept, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`miniapp.${name}`);
    else localStorage.setItem(`miniapp.${name}`, value);
  } catch {
    // A browser that keeps nothing shows the page as it is.
  }
}
