/** Apart from dom.client.ts, so that pages without lists do not load these words. */
import { en, type FindingWords } from '../i18n/browser/finding/en.ts';
import { zh } from '../i18n/browser/finding/zh.ts';
import { pageLanguage } from './dom.client.ts';

/** The words of lists, the search and the palette, in the page's language. */
export const findingWords = (): FindingWords => ({ en, zh })[pageLanguage()];
