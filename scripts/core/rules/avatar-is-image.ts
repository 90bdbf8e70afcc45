import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

/** Pixels each way. */
const SMALLEST = 16;
const LARGEST = 1024;
const CLAIMS: Readonly<Record<string, string>> = { png: 'png', jpg: 'jpg', jpeg: 'jpg', webp: 'webp', svg: 'svg' };

export const avatarIsImage: Rule = {
  id: 'avatar-is-image',
  why: 'Ensure that the avatar is there, is the image that its name claims, of a useful size, and nothing but a picture.',
  *check({ miniapps, files, broken }) {
    for (const [id, { basics, avatar: image }] of miniapps) {
      const file = pathOf.file(id, 'miniapp');
      if (broken.has(file)) continue;
      const { avatar } = basics;
      const path = pathOf.avatar(id, avatar);
      if (!files.has(path)) yield problem('avatar-missing', at(file, 'avatar'), { avatar });
      if (!image) continue;
      const expected = CLAIMS[avatar.split('.').at(-1) ?? ''] ?? '';
      const { format: actual, width = 0, height = 0, active } = image;
      if (actual !== expected) {
        yield problem(
          'avatar-format',
          { file: path },
          { avatar, actual: actual ?? 'no image that can be read', expected },
        );
        continue;
      }
      const isSmall = Math.min(width, height) < SMALLEST;
      const isLarge = Math.max(width, height) > LARGEST;
      if (isSmall || isLarge) yield problem('avatar-size', { file: path }, { avatar, width, height });
      if (active !== undefined) yield problem('avatar-active', { file: path }, { avatar, what: active });
    }
  },
};
