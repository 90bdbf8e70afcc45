/**
 * The frames of a miniapp's pages, rendered once a language with marks where the miniapps differ, and filled in for each:
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

/** What a page of a part of a long list is made of. */
export interface ListParts {
  /** The address of the page, below that of the miniapps. */
  readonly path: string;
  readonly title: string;
  readonly content: string;
}

/** A list of marks. */
export const LIST_FRAME: ListParts = { path: mark('path'), title: mark('title'), content: mark('content') };

/** The name of the frames among the addresses of miniapps; no id has a dash. */
export const FRAME_NAME = 'frame-of-all';
export const LIST_FRAME_NAME = 'frame-of-lists';

/** What is text, wherever it stands and however often; everything else is markup and stands once. */
const TEXTS = new Set(['id', 'path', 'title']);

/**
 * What makes a page of the parts, from the rendered frame that has marks of these names. A frame that lost a mark would show a page
 * without its part, so it is refused.
 */
export function frameFiller<Name extends string>(
  frame: string,
  marks: Readonly<Record<Name, string>>,
): (parts: Readonly<Record<Name, string>>) => string {
  const pieces = frame.split(/\uE0F1(\w+)\uE0F2/);
  const names = pieces.filter((_piece, index) => index % 2 === 1) as Name[];
  for (const name of Object.keys(marks) as Name[]) {
    const times = names.filter((one) => one === name).length;
    if (TEXTS.has(name) ? times === 0 : times !== 1)
      throw new Error(`the frame of a miniapp's page holds ${name} ${times} times`);
  }
  return (parts) =>
    pieces.reduce((page, piece, index) => {
      if (index % 2 === 0) return page + piece;
      const part = parts[piece as Name];
      return page + (TEXTS.has(piece) ? escape(part) : part);
    }, '');
}
