/** The one place that makes addresses: the portal may be served below any path. */
import type { Language } from '#core/problems/messages.ts';
import { buildInput } from '../build-input.ts';

const { base: ownBase } = buildInput(process.env);

/** The address of a page (`miniapps/<id>/`) in a language, or of a file (`api/v1/apps.json`) without one. */
export const href = (path: string, language: Language = 'en', base: string = ownBase): string =>
  `${base}${language === 'en' ? '' : `${language}/`}${path}`;
