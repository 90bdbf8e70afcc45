/** Options that may be given several times. */
import type { Input } from './command.ts';

/** All texts of an option that may be given several times. */
export const texts = ({ values }: Input, name: string): string[] => (values[name] ?? []) as string[];
