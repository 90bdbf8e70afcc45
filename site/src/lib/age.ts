/** How long something has waited. Pure; runs on both sides. */
import { fill } from '#core/problems/fill.ts';
import type { BrowserWords } from '../i18n/browser/en.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type ClockWords = Pick<BrowserWords, 'clock'>;

/** Whole minutes, from one hour on whole hours and from two days on whole days. Moments in milliseconds since 1970. */
export const ageText = (since: number, now: number, words: ClockWords): string => durationText(now - since, words);

/** Of milliseconds. */
export function durationText(duration: number, { clock: t }: ClockWords): string {
  if (duration < MINUTE) return t.underMinute;
  if (duration < HOUR) return fill(t.minutes, { count: Math.floor(duration / MINUTE) });
  const hours = Math.floor(duration / HOUR);
  return hours < 48 ? fill(t.hours, { count: hours }) : fill(t.days, { count: Math.floor(hours / 24) });
}

/** To the millisecond: an age of exactly what is promised is not late. */
export const isLate = (since: number, slaHours: number | undefined, now: number): boolean =>
  slaHours !== undefined && now - since > slaHours * HOUR;
