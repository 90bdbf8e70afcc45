/** Counts, parts and durations as a language writes them. Days are written alike in all: `2026-11-20`, as moments, files and commands have them. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';
import { percentOf } from './text.ts';

/** Making a format takes longer than a thousand uses of it. */
const perLanguage = <F>(make: (htmlLang: string) => F): ((language: Language) => F) => {
  const made = new Map<Language, F>();
  return (language) => {
    let format = made.get(language);
    if (!format) made.set(language, (format = make(words[language].htmlLang)));
    return format;
  };
};

const change = perLanguage(
  (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
);
const rate = perLanguage((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }));
const wholeCount = perLanguage((tag) => new Intl.NumberFormat(tag));
const shortCount = perLanguage((tag) => new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 }));
const seconds = perLanguage(
  (tag) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 }),
);
const days = perLanguage((tag) => new Intl.NumberFormat(tag, { style: 'unit', unit: 'day', unitDisplay: 'long' }));

const alternatives = perLanguage((tag) => new Intl.ListFormat(tag, { type: 'disjunction' }));

/** Names of which one will do: `Reviewer or Owner`. */
export const anyOf = (names: readonly string[], language: Language): string => alternatives(language).format(names);

/** A part of a whole, 0 to 1. */
export const partText = (value: number, language: Language): string =>
  percentOf(rateText(value * 100, language), language);
/** By how much of itself a figure changed, with its sign. */
export const changeText = (value: number, language: Language): string =>
  percentOf(
    change(language)
      .format(value * 100)
      .replace('-', '−'),
    language,
  );

/** A number with at most one decimal. */
export const rateText = (value: number, language: Language): string => rate(language).format(value);
/** A count with the language's separators. Most have none, and a format takes ten times as long. */
export const count = (figure: number, language: Language): string =>
  figure >= 0 && figure < 1000 && Number.isInteger(figure) ? String(figure) : wholeCount(language).format(figure);
/** A count in as few characters as tell its size. */
export const shortCountText = (value: number, language: Language): string => shortCount(language).format(value);

/** A number of seconds with its unit. */
export const secondsText = (value: number, language: Language): string => seconds(language).format(value);

/** A number of days with its unit. */
export const daysText = (value: number, language: Language): string => days(language).format(value);
