/** Name, description, avatar and category of a miniapp. */
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, present, fileEdits, type Edited, type FileEdit, type EditState } from './edit.ts';

export interface Basics {
  /** Name and description, each in its language. */
  readonly texts: readonly {
    readonly language: string;
    readonly name?: string | undefined;
    readonly description?: string | undefined;
  }[];
  readonly category?: string | undefined;
  readonly avatar?: { readonly extension: string; readonly bytes: Uint8Array } | undefined;
  /** Whether it is given up. */
  readonly archived?: boolean | undefined;
  /** What it says no more: `category`, or `name` and `description` in one language. */
  readonly unset?: { readonly language: string; readonly fields: ReadonlySet<string> };
}

/**
 * Changes what is given; a new image takes the old one's place. `unset` removes fields, or their texts in one language. `already` where
 * nothing differs.
 */
export function editBasics(given: EditState, miniapp: Miniapp, basics: Basics): Edited {
  const { texts, category, avatar, archived, unset } = basics;
  const { id, basics: before } = miniapp;
  const image = avatar === undefined ? before.avatar : `${before.avatar.replace(/\.[^.]*$/, '')}.${avatar.extension}`;
  const { id: ownId, type, name: names, description: descriptions, ...rest } = before;
  const withTexts = (former: Readonly<Record<string, string>> | undefined, field: 'name' | 'description') => {
    const said = texts.flatMap((text) => (text[field] === undefined ? [] : [[text.language, text[field]] as const]));
    const isLess = unset?.fields.has(field) === true;
    if (said.length === 0 && !isLess) return former;
    const all = Object.entries({ ...former, ...Object.fromEntries(said) });
    const left = all.filter(([language]) => !isLess || language !== unset.language);
    return left.length === 0 && field === 'description' ? undefined : Object.fromEntries(left);
  };
  const after = {
    id: ownId,
    type,
    name: withTexts(names, 'name'),
    description: withTexts(descriptions, 'description'),
    ...rest,
    avatar: image,
    category: unset?.fields.has('category') ? undefined : (category ?? rest.category),
    // Its absence says that it is not.
    archived: archived === undefined ? rest.archived : archived || undefined,
  };
  const images: FileEdit[] = [];
  if (avatar) {
    const path = pathOf.avatar(id, image);
    images.push({ path, before: given.bytes(path), after: avatar.bytes });
    const former = pathOf.avatar(id, before.avatar);
    if (former !== path) images.push({ path: former, before: given.bytes(former), after: null });
  }
  return edited([fileEdits(given, pathOf.file(id, 'miniapp'), present(after)), ...images], `${id} is so already`);
}
