/** The decisions in `scripts/decisions/`, one file each: read, held to their form, and listed in a table of Markdown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './areas.ts';

export interface DecisionRecord {
  /** The name of its file. */
  readonly file: string;
  readonly number: string;
  readonly title: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** `accepted`, or `superseded by NNNN`. */
  readonly status: string;
  readonly area: string;
}

const SECTIONS = ['Context', 'Decision', 'Consequences', 'What would change it'];

/** Takes the name and the text of a file. Throws Error where the file has not the form of a decision. */
export function decisionOf(file: string, text: string): DecisionRecord {
  const fault = (what: string): Error => new Error(`scripts/decisions/${file}: ${what}`);
  const [, number] = /^(\d{4})-[a-z0-9-]+\.md$/.exec(file) ?? [];
  if (number === undefined) throw fault('its name is not NNNN-short-title.md');
  const [heading = '', , facts = ''] = text.split('\n');
  const [, own, title] = /^# (\d{4})\. (.+)$/.exec(heading) ?? [];
  if (own !== number || title === undefined) throw fault(`it does not begin with "# ${number}. TITLE"`);
  const [, date, status, area] = /^(\d{4}-\d{2}-\d{2}) · (accepted|superseded by \d{4}) · ([a-z]+)$/.exec(facts) ?? [];
  if (date === undefined || status === undefined || area === undefined)
    throw fault('its third line is not "DATE · accepted · AREA"');
  const sections = [...text.matchAll(/^\*\*([^*]+)\.\*\* \S/gm)].map(([, name]) => name);
  if (sections.join() !== SECTIONS.join()) throw fault(`its sections are not ${SECTIONS.join(', ')}`);
  return { file, number, title, date, status, area };
}

/** All decisions of a folder by number. Throws Error for one without the form, and where the numbers are not 0001, 0002, …. */
export function decisionsIn(folder: string): DecisionRecord[] {
  const files = readdirSync(folder).filter((name) => name !== 'README.md');
  const decisions = files.sort().map((file) => decisionOf(file, readFileSync(join(folder, file), 'utf8')));
  for (const [at, { file, number }] of decisions.entries())
    if (Number(number) !== at + 1) throw new Error(`scripts/decisions/${file}: the next number is ${at + 1}`);
  return decisions;
}

/** The index of a folder's decisions, newest last. */
export const decisionsTable = (folder: string): string =>
  tableOf([
    ['number', 'title', 'date', 'area', 'status'],
    ...decisionsIn(folder).map(({ file, number, title, date, area, status }) => [
      `[${number}](${file})`,
      ...[title, date, area, status],
    ]),
  ]);
