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

/** Of each form that follows the address: remembers what the address asks it. */
const followers: (() => void)[] = [];

/** Puts the values into the address of this page, without a new entry in its history. */
export function keepInAddress(prefix: string, values: Readonly<Record<string, string>>, hash = location.hash): void {
  history.replaceState(null, '', `${location.pathname}${withParameters(location.search, prefix, values)}${hash}`);
  for (const remember of followers) remember();
}

/** What was chosen or typed while the page's script was on its way: what differs from the form as the page was sent. */
function chosenIn(form: HTMLFormElement): Readonly<Record<string, string>> {
  const chosen: Record<string, string> = {};
  for (const control of form.elements) {
    if (control instanceof HTMLSelectElement) {
      const sent = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
      if (control.value !== sent?.value) chosen[control.name] = control.value;
    } else if (control instanceof HTMLInputElement) {
      const isChosen =
        control.type === 'radio' ? control.checked && !control.defaultChecked : control.value !== control.defaultValue;
      if (isChosen) chosen[control.name] = control.value;
    }
  }
  return chosen;
}

/** Puts what was chosen before the script ran into the address, which a form is filled from: it counts more than what stood there. */
export const keepChosen = (form: HTMLFormElement, prefix: string): void => keepInAddress(prefix, chosenIn(form));

/**
 * Fills the form from the address and shows what it asks, now and whenever the browser goes back or on to another question of this page; what the
 * address does not name is as the page was sent. A way to a place on the page asks nothing new, so what was typed meanwhile stays.
 */
export function followAddress<N extends string>(
  form: HTMLFormElement,
  prefix: string,
  names: readonly N[],
  show: (asked: Partial<Record<N, string>>) => void,
): void {
  const asked = () => parametersIn(location.search, prefix, names);
  let known = '';
  const remember = (): void => {
    known = JSON.stringify(asked());
  };
  const take = (): void => {
    const now = asked();
    remember();
    for (const name of names) if (now[name] === undefined) resetControl(form.elements.namedItem(name));
    fillForm(form, now);
    show(now);
  };
  addEventListener('popstate', () => {
    if (JSON.stringify(asked()) !== known) take();
  });
  followers.push(remember);
  take();
}

function resetControl(control: Element | RadioNodeList | null): void {
  if (control instanceof HTMLSelectElement)
    control.selectedIndex = Math.max(
      0,
      [...control.options].findIndex((option) => option.defaultSelected),
    );
  else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
    control.value = control.defaultValue;
  else if (control instanceof RadioNodeList)
    for (const one of control) (one as HTMLInputElement).checked = (one as HTMLInputElement).defaultChecked;
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
