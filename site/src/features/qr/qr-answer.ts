/** What the QR configurator answers to what is filled in. Pure. */
import type { Entry } from '#core/model.ts';
import { linkFor } from '#core/resolution/miniapp-link.ts';
import { codeVersion } from '#core/resolution/resolve.ts';
import { pageWorkspace, type PageData } from '../../lib/page-data.ts';
import { codeAnswers, type CodeAnswers } from './code-answers.ts';

export interface QrInput {
  readonly entry: Entry;
  readonly app: string;
  readonly page: string;
  readonly device: string;
  readonly group: string;
  /** One key=value a line. */
  readonly query: string;
}

export type QrAnswer =
  { readonly kind: 'refused' } | { readonly kind: 'link'; readonly link: string; readonly answers: CodeAnswers };

/** The link and its answer for each audience, or `refused` for what the vendor makes no code for. */
export function qrAnswer(page: PageData, input: QrInput): QrAnswer {
  const { link: templates, apps, miniapp, now } = page;
  const { entry } = input;
  const device = input.device.trim();
  if (miniapp.type === 'panel' && entry === 'experience' && device === '') return { kind: 'refused' };
  const app = apps.find(({ id }) => id === input.app);
  const link = linkFor(templates, entry, {
    scheme: app?.scheme ?? '',
    miniapp: miniapp.id,
    version: codeVersion(miniapp.release, entry),
    page: input.page.trim(),
    device,
    group: input.group.trim(),
    query: queryPairs(input.query),
  });
  const query = { miniapp: miniapp.id, app: input.app, entry, page: input.page.trim(), device, now };
  const hasWhitelisted = miniapp.whitelistedIn.includes(input.app);
  const answers = codeAnswers(pageWorkspace(page), query, hasWhitelisted);
  return { kind: 'link', link, answers };
}

/** The pairs of the lines that hold any; a line without = is a key with an empty value. */
export function queryPairs(lines: string): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const line of lines.split('\n')) {
    const [key = '', value = ''] = line.split(/=(.*)/s);
    if (key.trim() !== '') pairs.push([key.trim(), value.trim()]);
  }
  return Object.fromEntries(pairs);
}
