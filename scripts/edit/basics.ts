/** Name, description, avatar and category of a miniapp. */
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, present, save, type Edited, type FileEdit, type Given } from './edit.ts';

export interface Basics {
  /** Name and description, each in its language. */
  readonly texts: readonly {
    readonly language: string;
    readonly name?: string | undefined;
    readonly description?: string | undefined;
  }[];
  readonly category?: string | undefined;
  readonly avatar?: { readonly extension: string; readonly bytes: Uint8Array } | undefined;
}

export function editBasics(given: Given, miniapp: Miniapp, { texts, category, avatar }: Basics): Edited {
  const { id, basics: before } = miniapp;
  const image = avatar === undefined ? before.avatar : `${before.avatar.replace(/\.[^.]*$/, '')}.${avatar.extension}`;
  const { id: ownId, type, name: names, description: descriptions, ...rest } = before;
  const withTexts = (former: Readonly<Record<string, string>> | undefined, field: 'name' | 'description') => {
    const said = texts.flatMap((text) => (text[field] === undefined ? [] : [[text.language, text[field]] as const]));
    return said.length === 0 ? former : { ...former, ...Object.fromEntries(said) };
  };
  const after = {
    id: ownId,
    type,
    name: withTexts(names, 'name'),
    description: withTexts(descriptions, 'description'),
    ...rest,
    avatar: image,
    ...(category === undefined ? {} : { category }),
  };
  const images: FileEdit[] = [];
  if (avatar) {
    const path = pathOf.avatar(id, image);
    images.push({ path, before: given.bytes(path), after: avatar.bytes });
    const former = pathOf.avatar(id, before.avatar);
    if (former !== path) images.push({ path: former, before: given.bytes(former), after: null });
  }
  return edited([save(given, pathOf.file(id, 'miniapp'), present(after)), ...images], `${id} is so already`);
}
