/** How long something has waited. Pure; runs on both sides. */
import { fill } from '#core/problems/fill.ts';
import type { BrowserWords } from '../i18n/browser/en.ts';

const HOUR = 3_600_000;
type ClockWords = Pick<BrowserWords, 'clock'>;

/** Whole hours and, from two days on, whole days. Moments in milliseconds since 1970. */
export const ageText = (since: number, now: number, words: ClockWords): string => durationText(now - since, words);

/** Of milliseconds. */
export function durationText(duration: number, { clock: t }: ClockWords): string {
  const hours = Math.max(0, Math.floor(duration / HOUR));
  if (hours === 0) return t.underHour;
  return hours < 48 ? fill(t.hours, { count: hours }) : fill(t.days, { count: Math.floor(hours / 24) });
}

/** To the millisecond: an age of exactly what is promised is not late. */
export const isLate = (since: number, slaHours: number | undefined, now: number): boolean =>
  slaHours !== undefined && now - since > slaHours * HOUR;
