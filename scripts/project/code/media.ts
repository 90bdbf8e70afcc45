/** Addresses of images, sounds and the like, in places that may as well say something else. */
import type { Evaluator } from './evaluate/evaluator.ts';
import { MEDIA } from './media-forms.ts';
import type { Value } from './value.ts';

/** Those texts that name a file of images or sounds, also in a list. */
export function mediaOf(values: readonly Value[], evaluator: Evaluator, depth = 0): Value[] {
  return values.flatMap((value): Value[] => {
    if (value.kind === 'list' || value.kind === 'elements')
      return depth > 2 ? [] : mediaOf(evaluator.elements([value]), evaluator, depth + 1);
    return value.kind === 'text' && value.isWhole && MEDIA.test(value.text) ? [value] : [];
  });
}
