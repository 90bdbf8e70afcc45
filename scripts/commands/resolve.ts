import { defined } from '../core/defined.ts';
import { isJudged, judgesByBytes } from '../core/by-bytes.ts';
import { isDigest } from '../core/identity/account.ts';
import { namedIds } from '../core/named.ts';
import { ENTRIES, type Entry, type Miniapp, type Scenario, type Workspace } from '../core/model.ts';
import { brokenText, outcomeMessage, fixText, resolutionJson, traceText } from '../core/resolution/resolution-text.ts';
import type { FileKind } from '../core/paths.ts';
import { pageOf, readLink, type ReadLink } from '../core/resolution/read-link.ts';
import { codeVersion, resolve as decide, type Query, type Resolution } from '../core/resolution/resolve.ts';
import { workingTree } from '../git/working-tree/working-tree.ts';
import { load } from '../read/load.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  oneOf,
  printJson,
  requiredAll,
  text,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import { isAccount, accountFormFor } from '../cli/input/account-form.ts';
import { configFolder, momentOf, resolvableConfig } from '../cli/config/load-config.ts';

export const resolve: Command = {
  name: 'resolve',
  summary: 'which version opens, or which error and how to fix it',
  usage: [
    'resolve ID --app APP --region REGION [--account ACCOUNT | --audience rollout] [--entry link|experience]',
    '        [--page PAGE] [--device DEVICE] [--app-version V] [--at COMMIT|DATE] [--now TIME]',
    'resolve LINK --region REGION    and the rest: what a scanned code means',
  ],
  miniappWord: 0,
  options: {
    app: { type: 'string', value: 'APP', describe: 'the app that opens it' },
    region: { type: 'string', value: 'REGION', describe: 'the region of the account' },
    account: {
      type: 'string',
      value: 'ACCOUNT',
      describe: 'e-mail, phone number or user id (default: somebody on no whitelist)',
    },
    audience: {
      type: 'string',
      value: 'rollout',
      describe: 'somebody whom the rollout includes, without naming an account',
    },
    entry: {
      type: 'string',
      value: 'link|experience',
      describe: 'normal opening (default), or the experience QR code was scanned',
    },
    page: { type: 'string', value: 'PAGE', describe: 'a page path (default: the home page)' },
    device: { type: 'string', value: 'DEVICE', describe: 'the device of a panel' },
    'app-version': {
      type: 'string',
      value: 'V',
      describe: 'the version of the app: is what opens one that it can run? (default: not asked)',
    },
    at: { type: 'string', value: 'COMMIT|DATE', describe: 'as it was at this commit, branch, tag, date or time' },
    now: {
      type: 'string',
      value: 'TIME',
      describe: 'the clock that expiry is judged by (default: now, or the moment of --at)',
    },
  },
  async run(input, io) {
    const [word = ''] = words(input, 'ID');
    const link = word.includes('://') ? await linkOf(word, input, io) : undefined;
    const miniapp = link?.miniapp ?? word;
    const entry: Entry = oneOf(input, 'entry', ENTRIES, link?.entry ?? 'link');
    const [region = '', app = link?.app ?? ''] = requiredAll(input, 'region', ...(link ? [] : ['app']));
    const checked = await resolvableConfig(input, io, miniapp);
    if (!checked) return EXIT.no;
    // Read here, where all of it is read anyway: this command is waited for.
    const ids = namedIds(checked.workspace);
    const query: Query = {
      miniapp,
      app: ids.app(app),
      region: ids.region(region),
      entry,
      ...accountOf(input, io, checked.workspace),
      inRollout: oneOf(input, 'audience', ['everyone', 'rollout'], 'everyone') === 'rollout' ? true : undefined,
      page: text(input, 'page') ?? (link && pageOf(link)),
      device: text(input, 'device') ?? link?.device,
      appVersion: text(input, 'app-version'),
      now: checked.now,
    };
    if (link) tellLink(link, query, checked.workspace, io);
    const { resolution, lacks } = await decided(checked.workspace, query, input, io);
    if (isJson(input)) printJson(io, resolutionJson(resolution));
    else io.stdout(`${answer(resolution, lacks, painter(io.isColoured))}\n`);
    return resolution.outcome === 'opens' ? EXIT.fine : EXIT.no;
  },
};

/** The answer; of an error with the cures as they would be refused or not: for want of bytes, and for what was promised. */
async function decided(
  workspace: Workspace,
  query: Query,
  input: Input,
  io: Io,
): Promise<{ resolution: Resolution; lacks: readonly string[] }> {
  const resolution = decide(workspace, query);
  const found = workspace.miniapps.get(query.miniapp);
  if (resolution.outcome === 'opens' || !found) return { resolution, lacks: [] };
  const isOnBytes = resolution.fix.some(({ code }) => isJudged(code));
  const [{ shown, textsOf }, scenarios, { withBrokenBy }] = await Promise.all([
    isOnBytes ? askedForBytes(workspace, found, input, io) : { shown: found, textsOf: () => [] },
    promisesOf(found, input, io),
    import('../core/resolution/broken-promises.ts'),
  ]);
  const miniapps = new Map([[found.id, { ...shown, scenarios }]]);
  const own = decide(withBrokenBy({ ...workspace, miniapps }, found.id, query.now), query);
  const named = own.outcome === 'error' ? own.fix.flatMap(({ args }) => args['version'] ?? []) : [];
  return { resolution: own, lacks: textsOf(named) };
}

/** The miniapp with what is known of its bytes, and what is to be said of those of some versions. Of a past state nobody asks. */
async function askedForBytes(workspace: Workspace, found: Miniapp, input: Input, io: Io) {
  const isPast = text(input, 'at') !== undefined;
  if (isPast || !judgesByBytes(workspace.platform)) return { shown: found, textsOf: () => [] };
  const [{ withBytesLacks }, { bytesLackText }] = await Promise.all([
    import('./bytes-lacks.ts'),
    import('./bytes-lack-text.ts'),
  ]);
  const [shown] = await withBytesLacks(workspace, [found], configFolder(input, io).path, io);
  const textsOf = (named: readonly unknown[]) =>
    [...shown!.versions.values()].flatMap((version) =>
      version.bytesLack === 'unasked' && named.includes(version.version) ? (bytesLackText(shown!, version) ?? []) : [],
    );
  return { shown: shown!, textsOf };
}

/** What was promised of a miniapp, read only where a cure may break it; nothing where the file cannot be read, which no answer rests on. */
async function promisesOf({ id }: Miniapp, input: Input, io: Io): Promise<readonly Scenario[]> {
  const { source } = await momentOf(input, io);
  const kinds: ReadonlySet<FileKind> = new Set<FileKind>(['miniapp', 'scenarios']);
  const { workspace } = load(source ?? workingTree(configFolder(input, io).path), { miniapps: [id], kinds });
  return workspace.miniapps.get(id)?.scenarios ?? [];
}

/** The account as it was typed, and where the platform keeps digests, its digest. */
function accountOf(input: Input, io: Io, { platform }: Workspace): Pick<Query, 'account' | 'accountDigest'> {
  const account = text(input, 'account');
  if (account === undefined) return {};
  const kept = accountFormFor(input, io)(account, platform);
  // The answer is right, and still not the one that was asked for: a mistyped account is on no whitelist.
  if (!isAccount(kept))
    io.stderr(
      `"${safe(account)}" is no account: write an e-mail address, a phone number as +4915112345678, or a user id\n`,
    );
  return { account, ...defined({ accountDigest: isDigest(kept) ? kept : undefined }) };
}

/** What a scanned link says, and the app that its scheme opens. */
async function linkOf(word: string, input: Input, io: Io): Promise<ReadLink & { readonly app: string }> {
  const { path } = configFolder(input, io);
  const { source } = await momentOf(input, io);
  const kinds: ReadonlySet<FileKind> = new Set<FileKind>(['platform', 'app']);
  const { platform, apps } = load(source ?? workingTree(path), { miniapps: [], kinds }).workspace;
  const link = readLink(platform.link, word);
  if (!link) throw new UsageError('no template of platform.yaml (link) makes such a link: is it one of this platform?');
  const all = [...apps.values()];
  // A link that no app's scheme wraps is of whichever app there is.
  const opened = link.scheme?.toLowerCase();
  const fitting = opened === undefined ? all : all.filter(({ scheme }) => scheme.toLowerCase() === opened);
  const [only, ...others] = fitting.map(({ id }) => id);
  const app = text(input, 'app') ?? (others.length === 0 ? only : undefined);
  if (app !== undefined) return { ...link, app };
  if (link.scheme === undefined) throw new UsageError('the link names no app: --app says which app opens it');
  const which = fitting.length > 1 ? `${fitting.map(({ id }) => id).join(' and ')} have` : 'no app has';
  throw new UsageError(`${which} the scheme ${safe(link.scheme)}: --app says which app opens it`);
}

/** What was read from a link, before the answer; and where a code is older than what it opens. */
function tellLink({ version }: ReadLink, { miniapp, app, entry, page }: Query, workspace: Workspace, io: Io): void {
  const where = page === undefined ? '' : `, page ${page}`;
  io.stderr(`the link means ${safe(miniapp)} in ${safe(app)}, entry ${entry}${safe(where)}\n`);
  const release = workspace.miniapps.get(miniapp)?.release;
  const current = release && codeVersion(release, entry);
  if (version !== undefined && version !== current)
    io.stderr(`it was made for ${safe(version)}; a code made now is for ${current ?? 'no version'}\n`);
}

/** `lacks`: what is not known of the bytes that a fix rests on. */
function answer(resolution: Resolution, lacks: readonly string[], paint: Paint): string {
  const trace = resolution.trace.map((step) => {
    const mark = step.applies ? paint('bold', '▸') : paint('dim', '·');
    return `  ${mark} ${step.applies ? safe(traceText(step)) : paint('dim', safe(traceText(step)))}`;
  });
  if (resolution.outcome === 'opens') {
    const { version, channel, url } = resolution;
    return [`${paint('green', 'opens')} ${paint('bold', version)} (${channel})`, `  ${safe(url)}`, '', ...trace].join(
      '\n',
    );
  }
  const fixes = resolution.fix.flatMap(({ breaks, ...fix }) => [
    `  ${safe(fixText(fix))}`,
    ...(breaks ? [`  ${paint('yellow', safe(brokenText('en', breaks)))}`] : []),
    `    ${paint('bold', safe(fix.command))}`,
  ]);
  const head = `${paint('red', resolution.code)}: ${safe(outcomeMessage(resolution))}`;
  return [
    head,
    '',
    ...trace,
    '',
    paint('green', resolution.fix.length > 1 ? 'to fix it, one of:' : 'to fix it:'),
    ...fixes,
    ...lacks.map((lack) => `  ${paint('yellow', lack)}`),
  ].join('\n');
}
