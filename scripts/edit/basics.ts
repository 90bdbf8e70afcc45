/** Name, description, avatar and category of a miniapp. */
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, present, save, type Edited, type FileEdit, type Given } from './edit.ts';

export interface Basics {
  readonly language: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  readonly avatar?: { readonly extension: string; readonly bytes: Uint8Array } | undefined;
}

export function editBasics(given: Given, miniapp: Miniapp, basics: Basics): Edited {
  const { language, name, description, category, avatar } = basics;
  const { id, basics: before } = miniapp;
  const texts = (former: Readonly<Record<string, string>> | undefined, text: string | undefined) =>
    text === undefined ? former : { ...former, [language]: text };
  const image = avatar === undefined ? before.avatar : `${before.avatar.replace(/\.[^.]*$/, '')}.${avatar.extension}`;
  const { id: ownId, type, name: names, description: descriptions, ...rest } = before;
  const after = {
    id: ownId,
    type,
    name: texts(names, name),
    description: texts(descriptions, description),
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
