/** Dates and times as the files hold them. Milliseconds since 1970, UTC. */

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;
const DAY = 86_400_000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether a text of the right form is in the calendar: 2026-02-30 is not. */
export function isReal(text: string): boolean {
  if (!(text.length === 10 ? DATE : TIME).test(text)) return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5);
  const day = digits(text, 8);
  // Zero where a date ends, or a time without seconds.
  const [hour, minute, second] = [digits(text, 11), digits(text, 14), digits(text, 17)] as const;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

/** The digits at a place, as the form has them there; zero beyond the end. */
const digits = (text: string, at: number, count = 2): number => Number(text.slice(at, at + count));

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** The moment that somebody names as the clock: a day, or a time with its zone. Undefined for anything else. */
export function instantOf(text: string): number | undefined {
  const time = MOMENT.test(text) && isReal(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A time as files hold it, with its seconds also where they are left out: what others read needs them. */
export const withSeconds = (time: string): string => time.replace(/^(.{16})Z$/, '$1:00Z');

/** The first moment at which an expiry has passed: a date counts through its end. */
export const endOf = (expires: string): number =>
  DATE.test(expires) ? Date.parse(`${expires}T00:00:00Z`) + DAY : Date.parse(expires);

/** Whether a row with this expiry still counts. */
export const isLive = (expires: string | undefined, now: number): boolean =>
  expires === undefined || endOf(expires) > now;
