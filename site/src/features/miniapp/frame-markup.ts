/**
 * The frame of a miniapp's page, rendered once a language with marks where the miniapps differ, and filled in for each:
 * the frame is the generator's work, and rendering it again for each miniapp would cost more than all that is in it.
 */
import { escape } from '../../lib/markup.ts';
import type { MiniappParts } from './markup.ts';

/** Characters of a private use area, which no frame holds otherwise. */
const mark = (name: string): string => `\uE0F1${name}\uE0F2`;

/** A miniapp of marks. */
export const FRAME: MiniappParts = {
  id: mark('id'),
  title: mark('title'),
  before: mark('before'),
  code: mark('code'),
  behind: mark('behind'),
};

/** The name of the frame among the addresses of miniapps; no id has a dash. */
export const FRAME_NAME = 'frame-of-all';

/** How often each mark must stand: a frame that lost one would show a page without its part. */
const TIMES: Readonly<Record<keyof MiniappParts, (times: number) => boolean>> = {
  id: (times) => times > 0,
  title: (times) => times > 0,
  before: (times) => times === 1,
  code: (times) => times === 1,
  behind: (times) => times === 1,
};

/** What makes a page of the parts of a miniapp, from the rendered frame. */
export function frameFiller(frame: string): (parts: MiniappParts) => string {
  const pieces = frame.split(/\uE0F1(\w+)\uE0F2/);
  const names = pieces.filter((_piece, index) => index % 2 === 1) as (keyof MiniappParts)[];
  for (const [name, isRight] of Object.entries(TIMES)) {
    const times = names.filter((one) => one === name).length;
    if (!isRight(times)) throw new Error(`the frame of a miniapp's page holds ${name} ${times} times`);
  }
  return (parts) => {
    const { id, title, before, code, behind } = parts;
    const fill: Readonly<Record<string, string>> = { id: escape(id), title: escape(title), before, code, behind };
    return pieces.reduce((page, piece, index) => page + (index % 2 === 1 ? fill[piece]! : piece), '');
  };
}
