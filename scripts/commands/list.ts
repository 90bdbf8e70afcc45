import { pendingVersion } from '../core/lifecycle.ts';
import type { Miniapp } from '../core/model.ts';
import { textIn } from '../core/text.ts';
import { painter, plural, table } from '../report/terminal.ts';
import { EXIT, isJson, printJson, words, type Command } from './command.ts';
import { soundConfig } from './workspace.ts';

export const list: Command = {
  name: 'list',
  summary: 'all miniapps',
  usage: ['list'],
  options: {},
  about: {},
  async run(input, io) {
    words(input);
    const checked = await soundConfig(input, io);
    if (!checked) return EXIT.no;
    const { workspace } = checked;
    const { languages } = workspace.platform;
    const miniapps = [...workspace.miniapps.values()];
    if (isJson(input)) {
      printJson(io, { miniapps: miniapps.map((miniapp) => row(miniapp)) });
      return EXIT.fine;
    }
    const paint = painter(io.isColoured);
    const rows = miniapps.map((miniapp) => {
      const { id, type, online, experience, pending } = row(miniapp);
      const onlineText = online ? `${online.version}${online.enabled ? '' : ' (disabled)'}` : '-';
      return [id, type, onlineText, experience ?? '-', pending ?? '-', textIn(miniapp.basics.name, languages)];
    });
    io.stdout(`${table([['id', 'type', 'online', 'experience', 'under review', 'name'], ...rows], paint)}\n`);
    io.stdout(`${paint('dim', plural(miniapps.length, 'miniapp'))}\n`);
    return EXIT.fine;
  },
};

/** A miniapp as `list --format json` and the portal's list have it. */
export function row(miniapp: Miniapp) {
  const { id, basics, release } = miniapp;
  return {
    id,
    type: basics.type,
    name: basics.name,
    online: release.online ?? null,
    experience: release.experience?.version ?? null,
    pending: pendingVersion(miniapp) ?? null,
  };
}
