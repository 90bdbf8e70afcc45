/** The pages that stand for themselves, below a language: whatever the navigation leads to is looked at in a browser. */
import { footPages, mainPages } from '../src/lib/navigation.ts';

export const PAGES: readonly string[] = [...mainPages('en'), ...footPages('en')].map(({ path }) => path);
