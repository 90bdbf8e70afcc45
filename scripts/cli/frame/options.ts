/** Options that may be given several times. */
import { MissingOption, type Input } from './command.ts';

/** All texts of an option that may be given several times. */
export const texts = ({ values }: Input, name: string): string[] => (values[name] ?? []) as string[];

/** The same, at least once. */
export function requiredTexts(input: Input, name: string): string[] {
  const all = texts(input, name);
  if (all.length === 0) throw new MissingOption(name);
  return all;
}
