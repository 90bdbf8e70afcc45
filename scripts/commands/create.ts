/** A new miniapp. */
import { randomInt } from 'node:crypto';
import { identify, pathOf } from '../core/paths.ts';
import { create } from '../edit/create.ts';
import { AVATAR_FORMATS, avatarFile } from '../cli/input/avatar-file.ts';
import { oneOf, requiredAll, text, UsageError, words, type Command } from '../cli/frame/command.ts';
import { editingCommand } from '../cli/edits/edit-command.ts';

export const createCommand: Command = editingCommand({
  name: 'create',
  summary: 'a new miniapp; prints its id',
  usage: ['create --name NAME --type smart|panel [--avatar FILE] [--id ID] [--description TEXT] [--category C]'],
  options: {
    name: { type: 'string', value: 'NAME', describe: 'what people read, in the fallback language' },
    type: { type: 'string', value: 'smart|panel', describe: 'a panel controls a device; it never changes' },
    avatar: { type: 'string', value: 'FILE', describe: `${AVATAR_FORMATS} (default: drawn from the name)` },
    id: {
      type: 'string',
      value: 'ID',
      describe: '8 to 32 lower-case letters and digits (default: ty and 16 random ones)',
    },
    description: { type: 'string', value: 'TEXT', describe: 'what it is for, in one line' },
    category: { type: 'string', value: 'C', describe: 'where it is listed' },
  },
  request(input, io) {
    words(input);
    const [name = ''] = requiredAll(input, 'name', 'type');
    const type = oneOf(input, 'type', ['smart', 'panel'], 'smart');
    const id = text(input, 'id') ?? randomId();
    if (!identify(pathOf.file(id, 'miniapp'))) {
      throw new UsageError(`--id ${id}: 8 to 32 lower-case letters and digits`);
    }
    const [description, category] = [text(input, 'description'), text(input, 'category')];
    const avatar = avatarFile(input, io);
    return {
      miniapp: id,
      id,
      edit: (given, { actor }) => create(given, { id, type, name, description, category, avatar, actor }),
    };
  },
});

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** As the vendor's ids: `ty` and 16 characters. */
const randomId = (): string =>
  `ty${Array.from({ length: 16 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('')}`;
