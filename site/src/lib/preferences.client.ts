/** What this browser remembers for its visitor, and sends nowhere. Where storage is refused, nothing is remembered. */

export type Preference = 'zone' | 'me' | 'theme' | 'columns';

/** What was remembered, or undefined. */
export function preference(name: Preference): string | undefined {
  try {
    return localStorage.getItem(`miniapp.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Undefined removes it. */
export function setPreference(name: Preference, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`miniapp.${name}`);
    else localStorage.setItem(`miniapp.${name}`, value);
  } catch {
    // A browser that keeps nothing shows the page as it is.
  }
}
