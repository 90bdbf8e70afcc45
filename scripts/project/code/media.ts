/** Addresses of images, sounds and the like, in places that may as well say something else. */
import type { Evaluator } from './evaluate/evaluator.ts';
import type { Value } from './value.ts';

const MEDIA =
  /^[^?#]*\.(?:png|jpe?g|gif|webp|avif|bmp|ico|svg|mp[34]|m4[av]|m3u8|aac|wav|ogg|webm|mov|flv|ttf|otf|woff2?)(?:[?#]|$)/i;

/** Names of properties that hold where a person may go, not what is loaded. */
export const isLink = (name: string): boolean =>
  /^(?:href|url|link|to|path|key|id|class|className|data-.*|xmlns.*)$/i.test(name);

/** Those texts that name a file of images or sounds, also in a list. */
export function mediaOf(values: readonly Value[], evaluator: Evaluator, depth = 0): Value[] {
  return values.flatMap((value): Value[] => {
    if (value.kind === 'list' || value.kind === 'elements')
      return depth > 2 ? [] : mediaOf(evaluator.elements([value]), evaluator, depth + 1);
    return value.kind === 'text' && value.isWhole && MEDIA.test(value.text) ? [value] : [];
  });
}
