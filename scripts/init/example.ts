/** The example's files in a platform of one's own: gone, or kept as something to look at. */
import { defined } from '../core/defined.ts';
import { isOfExample } from '../core/example.ts';
import type { Workspace } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { textIn } from '../core/localized-text.ts';
import { rewrite } from '../edit/yaml.ts';
import type { Loaded } from '../read/load.ts';
import type { InitAnswers, NamedEntry } from './platform-files.ts';

/** Every file of the configuration that is the example's own. */
export const exampleFiles = ({ files }: Workspace): string[] =>
  [...files].filter((path) => /^(?:apps|people|miniapps)\//.test(path)).sort();

/** What the platform must have besides what was asked for, so that the example's files still fit it. */
export function withExample(answers: InitAnswers, { platform }: Workspace): InitAnswers {
  const isNew = (id: string) => answers.regions.every((region) => region.id !== id);
  const more: NamedEntry[] = Object.keys(platform.regions)
    .filter(isNew)
    .map((id) => ({ id, name: textIn(platform.regions[id]!, platform.languages) }));
  return {
    ...answers,
    regions: [...answers.regions, ...more],
    languages: [...new Set([...answers.languages, ...platform.languages])],
  };
}

/**
 * The example's files as they are kept. Its people are made up, and whoever has their number on GitHub must get no right here:
 * they count as left, and nothing names them as member or manager. The owner becomes the admin of every miniapp.
 */
export function keptExample(
  { workspace, texts }: Loaded,
  owner: string,
  today: string,
  hasOwnDefault: boolean,
): Map<string, string> {
  const kept = new Map<string, string>();
  const edit = (path: string, value: object): void => {
    kept.set(path, rewrite(texts.get(path) ?? '', value as Record<string, unknown>));
  };
  for (const { platformRoles: _, ...person } of workspace.people.values())
    if (isOfExample(person.login)) edit(pathOf.person(person.login), { ...person, left: person.left ?? today });
  for (const { default: isDefault, managers, ...app } of workspace.apps.values()) {
    const others = managers?.filter((login) => !isOfExample(login)) ?? [];
    const value = { ...app, ...defined({ managers: others.length > 0 ? others : undefined }) };
    edit(pathOf.app(app.id), isDefault === true && !hasOwnDefault ? { ...value, default: true } : value);
  }
  for (const { id, members } of workspace.miniapps.values()) {
    const others = members.filter(({ login }) => !isOfExample(login) && login !== owner);
    edit(pathOf.file(id, 'members'), { members: [{ login: owner, role: 'admin' }, ...others] });
  }
  return kept;
}
