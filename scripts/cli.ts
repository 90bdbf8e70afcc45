/** argv → command → exit code. Commands are loaded when they are called, so that each starts with what it needs alone. */
import {
  COMMON,
  EXIT,
  isJson,
  oneOf,
  printJson,
  EnvironmentError,
  MissingOption,
  UsageError,
  type Command,
  type Input,
  type Io,
  type Options,
} from './cli/frame/command.ts';
import { refuseEmptyValues, refuseStrayOptions } from './cli/frame/forms.ts';
import { help, overview } from './cli/frame/help.ts';
import { parse } from './cli/frame/parse.ts';
import { processIo } from './cli/frame/process-io.ts';
import { ExpectedError, systemCode } from './core/errors.ts';
import { nearest } from './core/problems/suggest.ts';

interface Verb {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every verb, in the order in which people meet them. */
export const VERBS: Readonly<Record<string, Verb>> = {
  validate: {
    summary: 'everything that is wrong with the configuration',
    load: async () => (await import('./commands/validate/validate.ts')).validate,
  },
  list: { summary: 'all miniapps', load: async () => (await import('./commands/list.ts')).list },
  show: {
    summary: 'one miniapp: its versions by stage, and what can be done now',
    load: async () => (await import('./commands/show.ts')).show,
  },
  reviews: {
    summary: 'versions under review: how long they wait, and for whom',
    load: async () => (await import('./commands/reviews.ts')).reviewsCommand,
  },
  resolve: {
    summary: 'which version opens, or which error and how to fix it',
    load: async () => (await import('./commands/resolve.ts')).resolve,
  },
  qr: { summary: 'a QR code that opens a miniapp', load: async () => (await import('./commands/qr.ts')).qr },
  create: {
    summary: 'a new miniapp; prints its id',
    load: async () => (await import('./commands/create.ts')).createCommand,
  },
  upload: {
    summary: 'a new version from the folder of a project',
    load: async () => (await import('./commands/version/upload.ts')).uploadCommand,
  },
  package: {
    summary: 'the bytes of versions: kept, proven, brought back, compared',
    load: async () => (await import('./commands/package/package.ts')).packageCommand,
  },
  edit: {
    summary: 'name, description, avatar and category of a miniapp',
    load: async () => (await import('./commands/settings/settings.ts')).editCommand,
  },
  member: {
    summary: 'who works on a miniapp',
    load: async () => (await import('./commands/settings/settings.ts')).memberCommand,
  },
  accounts: {
    summary: 'how accounts are kept: plain, or as digests that tell nobody who it is',
    load: async () => (await import('./commands/accounts.ts')).accountsCommand,
  },
  trafficking: {
    summary: 'which apps may open a miniapp, and where',
    load: async () => (await import('./commands/settings/settings.ts')).traffickingCommand,
  },
  whitelist: {
    summary: 'who gets the experience version',
    load: async () => (await import('./commands/settings/settings.ts')).whitelistCommand,
  },
  domain: {
    summary: 'which servers a miniapp may call',
    load: async () => (await import('./commands/settings/settings.ts')).domainCommand,
  },
  cloud: {
    summary: 'which cloud APIs a miniapp may call',
    load: async () => (await import('./commands/settings/settings.ts')).cloudCommand,
  },
  'check-request': {
    summary: 'may a miniapp call this server or cloud API, and if not, which setting is missing',
    load: async () => (await import('./commands/check-request.ts')).checkRequestCommand,
  },
  language: {
    summary: 'the texts that a miniapp shows, per language',
    load: async () => (await import('./commands/language/language.ts')).languageCommand,
  },
  scenario: {
    summary: 'promises that must keep holding',
    load: async () => (await import('./commands/scenario.ts')).scenarioCommand,
  },
  experience: {
    summary: 'which version whitelisted accounts get',
    load: async () => (await import('./commands/version/transitions.ts')).experienceCommand,
  },
  rollout: {
    summary: 'part of the accounts get an approved version',
    load: async () => (await import('./commands/version/rollout.ts')).rolloutCommand,
  },
  submit: {
    summary: 'asks for the review of a version',
    load: async () => (await import('./commands/version/transitions.ts')).submitCommand,
  },
  withdraw: {
    summary: 'takes a version out of review',
    load: async () => (await import('./commands/version/transitions.ts')).withdrawCommand,
  },
  approve: {
    summary: 'approves a version under review',
    load: async () => (await import('./commands/version/transitions.ts')).approveCommand,
  },
  reject: {
    summary: 'rejects a version under review',
    load: async () => (await import('./commands/version/transitions.ts')).rejectCommand,
  },
  revoke: {
    summary: 'takes the approval of a version back',
    load: async () => (await import('./commands/version/transitions.ts')).revokeCommand,
  },
  publish: {
    summary: 'puts an approved version online',
    load: async () => (await import('./commands/version/transitions.ts')).publishCommand,
  },
  rollback: {
    summary: 'brings a version back that was online before',
    load: async () => (await import('./commands/version/transitions.ts')).rollbackCommand,
  },
  disable: {
    summary: 'stops the service',
    load: async () => (await import('./commands/version/transitions.ts')).disableCommand,
  },
  enable: {
    summary: 'starts the service again',
    load: async () => (await import('./commands/version/transitions.ts')).enableCommand,
  },
  delete: {
    summary: 'removes a development version',
    load: async () => (await import('./commands/version/transitions.ts')).deleteCommand,
  },
  report: {
    summary: 'the data report: daily figures, imported and shown',
    load: async () => (await import('./commands/report/report.ts')).reportCommand,
  },
  person: {
    summary: 'people of the platform',
    load: async () => (await import('./commands/platform/platform.ts')).personCommand,
  },
  app: {
    summary: 'host apps that open miniapps',
    load: async () => (await import('./commands/platform/platform.ts')).appCommand,
  },
  plan: {
    summary: 'what a change is, who must agree, and what it changes for whom',
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  history: { summary: 'who did what when', load: async () => (await import('./commands/history/history.ts')).history },
  audit: {
    summary: 'every transition in history judged again',
    load: async () => (await import('./commands/audit/audit.ts')).audit,
  },
  whoami: {
    summary: 'whom commands act for here, and what that person may do',
    load: async () => (await import('./commands/whoami.ts')).whoamiCommand,
  },
  doctor: {
    summary: 'is this machine and this repository set up',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  init: {
    summary: 'a platform of your own out of a copy of this repository',
    load: async () => (await import('./commands/init/init.ts')).init,
  },
  upgrade: {
    summary: 'a newer tool, your own data',
    load: async () => (await import('./commands/upgrade.ts')).upgrade,
  },
  version: {
    summary: 'which version of the tool this is',
    load: async () => (await import('./commands/tool-version.ts')).version,
  },
  export: {
    summary: 'what a host’s own servers need to answer as resolve does',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  portal: { summary: 'build or serve the portal', load: async () => (await import('./commands/portal.ts')).portal },
};

/** Runs a command line. Expected faults are a sentence; a stack trace is shown only with DEBUG set. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const [first, ...rest] = argv;
  const name = first === '--version' || first === '-v' ? 'version' : first;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout(overview(VERBS));
    return name === undefined ? EXIT.failed : EXIT.fine;
  }
  let isJsonWanted = rest.includes('json') || rest.includes('--format=json');
  let options: Options = COMMON;
  try {
    if (!Object.hasOwn(VERBS, name)) {
      throw new UsageError(`there is no command "${name}". ${nearest(name, Object.keys(VERBS))}`, 'command-unknown');
    }
    const command = await VERBS[name]!.load();
    options = { ...command.options, ...COMMON };
    const input = parse(command, rest);
    isJsonWanted = isJson(input);
    if (input.values['help'] === true) {
      io.stdout(help(command));
      return EXIT.fine;
    }
    refuseEmptyValues(command, options, input);
    oneOf(input, 'format', ['pretty', 'json'], 'pretty');
    refuseStrayOptions(command, input);
    return await command.run(await withIds(command, input, io), io);
  } catch (error) {
    return fail(error, name, { options, isJsonWanted, io });
  }
}

/** Where words name a miniapp, an app, a region or a person, people write what they know of it; commands get its id, or the login as it is written. */
async function withIds({ miniappWord: word, takesNames, takesLogins }: Command, input: Input, io: Io): Promise<Input> {
  const miniappWord = typeof word === 'function' ? word(input.positionals) : word;
  const [miniapps, options, logins] = await Promise.all([
    miniappWord === undefined ? undefined : import('./cli/input/miniapp-argument.ts'),
    takesNames === true ? import('./cli/input/named-options.ts') : undefined,
    takesLogins === true ? import('./cli/input/logins.ts') : undefined,
  ]);
  const found = miniapps ? miniapps.withMiniappIds(input, io, miniappWord!) : input;
  const named = options ? options.withNamedOptions(found, io) : found;
  return logins ? logins.withWrittenLogins(named, io) : named;
}

interface FailureContext {
  readonly options: Options;
  readonly isJsonWanted: boolean;
  readonly io: Io;
}

function fail(error: unknown, name: string, { options, isJsonWanted, io }: FailureContext): number {
  const isMisused = error instanceof UsageError;
  const message = messageOf(error, options);
  if (io.env['DEBUG'] && error instanceof Error) io.stderr(`${error.stack}\n`);
  if (isJsonWanted) printJson(io, { ok: false, code: codeOf(error), error: message });
  const help = `\n  miniapp ${Object.hasOwn(VERBS, name) ? `${name} ` : ''}--help`;
  io.stderr(`miniapp ${name}: ${message}${isMisused ? help : adviceOn(error)}\n`);
  return EXIT.failed;
}

/** What kind of failure it is, which stays when the words change: what is expected says it itself, and of the rest the system may. */
const codeOf = (error: unknown): string =>
  error instanceof ExpectedError ? error.code : (systemCode(error) ?? 'internal');

/** Of options that are missing also what they mean, so that nobody has to look for it in the help. */
function messageOf(error: unknown, options: Options): string {
  if (!(error instanceof Error)) return String(error);
  const missing = error instanceof MissingOption ? error.options : [];
  const meanings = missing.flatMap((name) => {
    const { describe, value = '' } = options[name] ?? {};
    if (describe === undefined) return [];
    return [missing.length === 1 ? ` ${describe}` : `\n  --${`${name} ${value}`.trim()}: ${describe}`];
  });
  return meanings.length === 0 ? error.message : `${error.message}:${meanings.join('')}`;
}

/** The line below what failed, if there is more to say than it says itself. */
export function adviceOn(error: unknown): string {
  if (isPackageMissing(error)) return '\n  npm ci installs what is missing';
  return error instanceof EnvironmentError ? '' : '\n  DEBUG=1 shows where';
}

/** What Node says of a module that is not there; a file of a package may be gone as well as the whole of it. */
const isPackageMissing = (error: unknown): boolean =>
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(systemCode(error) ?? '');
