/** Logins of people as their files write them: whoever types one may take any letter case, as on GitHub. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writtenLogin } from '../../core/identity/login.ts';
import { configFolder } from '../config/load-config.ts';
import type { Input, Io } from '../frame/command.ts';

/** The options that name somebody of people/. */
const OPTIONS = [
  ...(['actor', 'approved-by', 'changes-requested-by', 'for', 'member', 'login'] as const),
  ...(['manager', 'add-manager', 'remove-manager'] as const),
];

/** The input with logins in these options as people/ writes them. */
export function withWrittenLogins(input: Input, io: Io): Input {
  const given = OPTIONS.filter((option) => input.values[option] !== undefined);
  if (given.length === 0) return input;
  const { path } = configFolder(input, io);
  const values = { ...input.values };
  for (const option of given) {
    const value = values[option];
    if (typeof value === 'string') values[option] = loginIn(path, value);
    else if (Array.isArray(value)) values[option] = value.map((one) => loginIn(path, String(one)));
  }
  return { ...input, values };
}

/** A login as people/ of a configuration's folder writes it; one that is not there, as it is. */
export function loginIn(path: string, login: string): string {
  return writtenLogin(new Map(filesIn(join(path, 'people')).map((name) => [name.replace(/\.yaml$/, ''), name])), login);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Whoever reads the configuration says what is wrong with it.
    return [];
  }
}
