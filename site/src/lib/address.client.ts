/** What a form asks for, as parameters of the page's address, beside those of other forms. */

/** The parameters below a prefix, the values of these names. Pure. */
export function parametersIn<N extends string>(
  search: string,
  prefix: string,
  names: readonly N[],
): Partial<Record<N, string>> {
  const parameters = new URLSearchParams(search);
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = parameters.get(prefix + name);
    if (value !== null) found[name] = value;
  }
  return found;
}

/** A search string with these values below the prefix; empty ones go, and what is not below the prefix stays. Pure. */
export function withParameters(search: string, prefix: string, values: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') parameters.delete(prefix + name);
    else parameters.set(prefix + name, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Puts the values into the address of this page, without a new entry in its history. */
export function keepInAddress(prefix: string, values: Readonly<Record<string, string>>, hash = location.hash): void {
  history.replaceState(null, '', `${location.pathname}${withParameters(location.search, prefix, values)}${hash}`);
}

/** Sets the controls of a form to what the address holds; an offered value that is not there is left alone. */
export function fillForm(form: HTMLFormElement, values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLSelectElement) {
      if ([...control.options].some((option) => option.value === value)) control.value = value;
    } else if (control instanceof RadioNodeList) {
      if ([...control].some((one) => (one as HTMLInputElement).value === value)) control.value = value;
    } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = value;
  }
}
