/**
 * The frames of a miniapp's pages, which a build renders once a language with marks where the miniapps differ, and fills in for each:
 * the frame is the generator's work, and rendering it again for each miniapp would cost half as much again as all that is in it.
 */
import { Markup, textOf } from '../../lib/markup.ts';
import type { MiniappParts } from './markup.ts';

/** Characters of a private use area, which no frame holds otherwise. */
const mark = (name: string): string => `\uE0F1${name}\uE0F2`;

/** A miniapp of marks. */
export const FRAME: MiniappParts = {
  id: mark('id'),
  title: mark('title'),
  before: new Markup(mark('before')),
  code: new Markup(mark('code')),
  behind: new Markup(mark('behind')),
};

/** What a page of a part of a long list is made of. */
export interface ListParts {
  /** The address of the page, below that of the miniapps. */
  readonly path: string;
  readonly title: string;
  readonly content: Markup;
}

/** A list of marks. */
export const LIST_FRAME: ListParts = { path: mark('path'), title: mark('title'), content: new Markup(mark('content')) };

/** The name of the frames among the addresses of miniapps; no id has a dash. */
export const FRAME_NAME = 'frame-of-all';
export const LIST_FRAME_NAME = 'frame-of-lists';

/**
 * What makes a page of the parts, from the rendered frame that has marks of these names. A text may stand there often, markup stands once.
 * A frame that lost a mark would show a page without its part, so it is refused.
 */
export function frameFiller<Name extends string>(
  frame: string,
  marks: Readonly<Record<Name, string | Markup>>,
): (parts: Readonly<Record<Name, string | Markup>>) => string {
  const pieces = frame.split(/\uE0F1(\w+)\uE0F2/);
  const names = pieces.filter((_piece, index) => index % 2 === 1) as Name[];
  for (const name of Object.keys(marks) as Name[]) {
    const times = names.filter((one) => one === name).length;
    if (marks[name] instanceof Markup ? times !== 1 : times === 0)
      throw new Error(`the frame of a miniapp's page holds ${name} ${times} times`);
  }
  return (parts) =>
    pieces.reduce((page, piece, index) => {
      return page + (index % 2 === 0 ? piece : textOf(parts[piece as Name]));
    }, '');
}
