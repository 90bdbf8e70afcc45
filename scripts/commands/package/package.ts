/** The bytes of versions: what is kept, proven, brought back, brought in, and compared. */
import type { Miniapp } from '../../core/model.ts';
import { isInRepository } from '../../git/process/location.ts';
import { EXIT, EnvironmentError, UsageError, type Command } from '../../cli/frame/command.ts';
import { split } from '../../cli/edits/edit-command.ts';
import { configFolder, soundConfig } from '../../cli/config/load-config.ts';
import { packageStores } from '../../cli/config/package-stores.ts';
import type { PackageCall } from './call.ts';
import { diff } from './diff.ts';
import { get } from './get.ts';
import { push } from './push.ts';
import { list, verify } from './statuses.ts';
import { unknownMiniapp } from '../../cli/input/unknown-miniapp.ts';

const VERBS = ['list', 'verify', 'get', 'push', 'diff'] as const;

/** A verb: the call, and the miniapp that its first word names. Gives the exit code. */
const RUN: Record<(typeof VERBS)[number], (call: PackageCall, miniapp: Miniapp | undefined) => Promise<number>> = {
  list,
  verify,
  get,
  push,
  diff,
};

export const packageCommand: Command = {
  name: 'package',
  summary: 'the bytes of versions: what is kept, whether it is what was recorded, and how two differ',
  usage: [
    'package list [ID]',
    'package verify [ID [VERSION]]',
    'package get ID VERSION --out DIR|F.zip',
    'package push ID VERSION [DIR] [--allow FILE …] [--no-push]',
    'package diff ID V1 V2 [--patch]',
  ],
  miniappWord: 1,
  options: {
    out: { type: 'string', value: 'DIR|F.zip', describe: 'with get: a folder that is not there yet, or a zip' },
    patch: { type: 'boolean', describe: 'with diff: the lines that differ too' },
    'no-push': { type: 'boolean', describe: 'with push: keeps it in this clone alone' },
    allow: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      describe:
        'with push: a file that looks as if it held a key or a token, and holds none; may be given several times',
    },
  },
  async run(input, io) {
    const { verb, rest } = split(input, VERBS);
    const [id] = rest.positionals;
    const checked = await soundConfig(rest, io, id === undefined ? {} : { miniapps: [id] });
    if (!checked) return EXIT.no;
    const { path, folder } = configFolder(rest, io);
    if (!isInRepository(path))
      throw new EnvironmentError(
        `${folder} is in no Git repository, so no package is kept here: run this in a clone of the platform, or name the configuration of one with --config DIR; git init makes a repository of a folder`,
      );
    const { workspace } = checked;
    const miniapp = id === undefined ? undefined : workspace.miniapps.get(id);
    if (id !== undefined && !miniapp) throw new UsageError(unknownMiniapp(id));
    const stores = packageStores(path, workspace.platform, io);
    try {
      const call: PackageCall = { path, workspace, stores, input: rest, io };
      return await RUN[verb](call, miniapp);
    } finally {
      stores.close();
    }
  },
};
