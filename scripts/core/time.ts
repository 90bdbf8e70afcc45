/** Dates and times as the files hold them. Milliseconds since 1970, UTC. */

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,3})?Z$/;
const DAY = 86_400_000;

/** Whether a text of the right form is in the calendar: 2026-02-30 is not. */
export function isReal(text: string): boolean {
  const date = DATE.exec(text.slice(0, 10));
  if (!date) return false;
  const [, year, month, day] = date.map(Number);
  const built = new Date(Date.UTC(year!, month! - 1, day!));
  const isInCalendar = built.getUTCMonth() === month! - 1 && built.getUTCDate() === day!;
  if (text.length === 10) return isInCalendar;
  const time = TIME.exec(text);
  return isInCalendar && time !== null && Number(time[4]) < 24 && Number(time[5]) < 60 && Number(time[6]) < 60;
}

/** The first moment at which an expiry has passed: a date counts through its end. */
export const endOf = (expires: string): number =>
  DATE.test(expires) ? Date.parse(`${expires}T00:00:00Z`) + DAY : Date.parse(expires);

/** Whether a row with this expiry still counts. */
export const isLive = (expires: string | undefined, now: number): boolean =>
  expires === undefined || endOf(expires) > now;
