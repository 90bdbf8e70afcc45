/** Host apps. Exactly one is the default: making one it takes the mark from the other. */
import { defined } from '../core/defined.ts';
import { isEqual } from '../core/transitions/changes.ts';
import type { App } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import { toolCommand } from '../core/tool-command.ts';
import { runtimesWith, type RuntimeFields } from './runtimes.ts';
import { edited, present, fileEdits, type Edited, type FileEdit, type EditState } from './edit.ts';

export interface AppFields {
  readonly language: string;
  readonly name?: string | undefined;
  readonly scheme?: string | undefined;
  readonly isDefault: boolean;
  readonly addRegions: readonly string[];
  readonly removeRegions: readonly string[];
  readonly addManagers: readonly string[];
  readonly removeManagers: readonly string[];
  readonly runtime?: RuntimeFields | undefined;
  /** Versions of the app. */
  readonly removeRuntimes: readonly string[];
}

const NEW = { regions: [] as string[], scheme: '' };

/** Adds an app; `already` where it is there with the same fields, the problem `already-there` where it is there with others. */
export function addApp(given: EditState, id: string, fields: AppFields): Edited {
  const known = given.workspace.apps.get(id);
  const app = applied({ id, name: {}, ...NEW }, fields);
  if (!known) return { edits: [fileEdits(given, pathOf.app(id), app), ...unmarked(given, id, fields)] };
  if (isEqual(known, app)) return { already: `${id} is there already` };
  const args = { kind: 'app', name: id, command: toolCommand(`app edit ${id}`) };
  return { problems: [problem('already-there', { file: pathOf.app(id) }, args)] };
}

/** Changes the fields that are given of an app that is there; `already` where nothing differs. */
export function editApp(given: EditState, id: string, fields: AppFields): Edited {
  const known = given.workspace.apps.get(id)!;
  const file = fileEdits(given, pathOf.app(id), applied(known, fields));
  return edited([file, ...unmarked(given, id, fields)], `${id} is so already`);
}

function applied(app: App, fields: AppFields): Record<string, unknown> {
  const { language, name, scheme, isDefault, addRegions, removeRegions, addManagers, removeManagers } = fields;
  const list = (former: readonly string[] = [], added: readonly string[], removed: readonly string[]) =>
    [...new Set([...former, ...added])].filter((item) => !removed.includes(item));
  const managers = list(app.managers, addManagers, removeManagers);
  return present({
    ...app,
    ...defined({ name: name === undefined ? undefined : { ...app.name, [language]: name } }),
    regions: list(app.regions, addRegions, removeRegions),
    ...defined({ scheme, default: isDefault || undefined }),
    managers: managers.length > 0 ? managers : undefined,
    runtimes: runtimesWith(app.runtimes, fields.runtime, fields.removeRuntimes),
  });
}

function unmarked(given: EditState, id: string, { isDefault }: AppFields): FileEdit[] {
  const others = [...given.workspace.apps.values()].filter((app) => app.id !== id && app.default === true);
  return (isDefault ? others : []).map((app) => {
    const { default: _, ...rest } = app;
    return fileEdits(given, pathOf.app(app.id), rest);
  });
}
