import { extname } from 'node:path';
import { linkFor, splitPage } from '../core/resolution/miniapp-link.ts';
import { ENTRIES, type App, type Entry, type Miniapp, type Workspace } from '../core/model.ts';
import type { Runtime } from '../core/resolution/compatibility.ts';
import { appVersionsWithShare } from '../core/resolution/shut-out.ts';
import { nearest } from '../core/problems/suggest.ts';
import { codeVersion, resolve, type Query } from '../core/resolution/resolve.ts';
import { shellWord, toolCommand } from '../core/tool-command.ts';
import { outcomeMessage } from '../core/resolution/resolution-text.ts';
import { isLive } from '../core/dates.ts';
import { messages } from '../core/problems/messages.ts';
import { painter, safe } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  nowOf,
  oneOf,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import { unknownMiniapp } from '../cli/input/unknown-miniapp.ts';
import { configFolder, resolvableConfig } from '../cli/config/load-config.ts';
import { outputPlace, saveOutput } from '../cli/output/output-place.ts';

export const qr: Command = {
  name: 'qr',
  takesNames: true,
  summary: 'a QR code that opens a miniapp, in the terminal or a file',
  usage: [
    'qr ID [--entry link|experience] [--app APP] [--page PAGE] [--device DEVICE]',
    '   [--group GROUP] [--query k=v …] [--out FILE.svg|FILE.png]',
  ],
  miniappWord: 0,
  options: {
    entry: { type: 'string', value: 'link|experience', describe: 'which code (default: link)' },
    app: { type: 'string', value: 'APP', describe: 'the app that scans it (default: the default app)' },
    page: { type: 'string', value: 'PAGE', describe: 'a page path (default: the home page)' },
    device: {
      type: 'string',
      value: 'DEVICE',
      describe: 'a real or virtual device id; the experience code of a panel needs one',
    },
    group: { type: 'string', value: 'GROUP', describe: 'a group id' },
    query: {
      type: 'string',
      multiple: true,
      value: 'k=v',
      describe: 'something for the page; may be given several times',
    },
    out: { type: 'string', value: 'FILE', describe: 'write an SVG or PNG image instead' },
  },
  async run(input, io) {
    const [id = ''] = words(input, 'ID');
    const entry: Entry = oneOf(input, 'entry', ENTRIES, 'link');
    const query = queryOf(input);
    const checked = await resolvableConfig(input, io, id);
    if (!checked) return EXIT.no;
    const { workspace } = checked;
    const miniapp = workspace.miniapps.get(id);
    if (!miniapp) throw new UsageError(unknownMiniapp(id));
    const code: QrTarget = {
      ...{ miniapp, entry, app: appOf(workspace, text(input, 'app')), version: codeVersion(miniapp.release, entry) },
      ...{ page: text(input, 'page'), device: text(input, 'device'), group: text(input, 'group'), query },
    };
    if (miniapp.basics.type === 'panel' && entry === 'experience' && !code.device) return deviceRequired(id, input, io);
    const url = urlOf(workspace, code);
    const out = text(input, 'out');
    const file = out === undefined ? undefined : outputPlace(out, configFolder(input, io).path, io);
    const drawn = await draw(url, file, io.isColoured);
    if (file !== undefined) saveOutput(file, out!, drawn);
    const reach = reachOf(workspace, code, nowOf(input, io));
    if (isJson(input)) printJson(io, answerOf(code, reach, { url, out }));
    else {
      io.stderr(reachText(code, reach));
      io.stdout(out === undefined ? `${drawn}\n${safe(url)}\n` : `${out}: ${safe(url)}\n`);
    }
    return EXIT.fine;
  },
};

/** What a code is to open. */
interface QrTarget {
  readonly miniapp: Miniapp;
  readonly app: App;
  readonly entry: Entry;
  readonly version: string | undefined;
  readonly page: string | undefined;
  readonly device: string | undefined;
  readonly group: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

/** For whom a code opens what it is meant to. */
interface QrReach {
  readonly closed: readonly ClosedRegion[];
  /** Whether nobody is whitelisted for what it opens. */
  readonly isForNobody: boolean;
  readonly isPageListed: boolean;
  /** The pages that are listed. */
  readonly pages: readonly string[];
  /** A region in which it opens. */
  readonly open: string | undefined;
  readonly unfit: readonly Runtime[];
}

/** An experience code of a panel opens nothing without a device. */
function deviceRequired(id: string, input: Input, io: Io): number {
  const { message, cause } = messages.en.outcomes['device-required'];
  const command = toolCommand(`qr ${id} --entry experience --device DEVICE`);
  const fix = [{ text: 'Carry a device id, real or virtual', command }];
  if (isJson(input)) printJson(io, { ok: false, code: 'device-required', message, fix });
  else io.stdout(`${painter(io.isColoured)('red', 'device-required')}: ${message}. ${cause}\n  ${command}\n`);
  return EXIT.no;
}

const urlOf = ({ platform }: Workspace, { app, miniapp, entry, ...what }: QrTarget): string => {
  const { version, page, device, group, query } = what;
  return linkFor(platform.link, entry, {
    scheme: app.scheme,
    miniapp: miniapp.id,
    version,
    page,
    device,
    group,
    query,
  });
};

/** The part of a page before its query, which is what versions list. */
const pathOfPage = ({ page }: QrTarget): string => splitPage(page ?? '').path;

function reachOf(workspace: Workspace, code: QrTarget, now: number): QrReach {
  const { miniapp, app, entry, version, page, device } = code;
  const closed = closedRegions(workspace, app, { miniapp: miniapp.id, entry, page, device, now });
  const open = app.regions.find((region) => !closed.some((one) => one.region === region));
  const asked = { miniapp: miniapp.id, app: app.id, region: open ?? '', entry, page, device, now };
  const pages = listedPages(miniapp);
  const path = pathOfPage(code);
  return {
    closed,
    isForNobody:
      entry === 'experience' &&
      version === miniapp.release.experience?.version &&
      !miniapp.whitelist.some((row) => row.app === app.id && isLive(row.expires, now)),
    isPageListed: path === '' || pages.length === 0 || pages.includes(path),
    pages,
    open,
    unfit: open === undefined ? [] : unfitVersions(workspace, app, asked),
  };
}

const answerOf = (
  { miniapp, app, entry, version }: QrTarget,
  { closed, isForNobody, isPageListed, unfit }: QrReach,
  { url, out }: { readonly url: string; readonly out: string | undefined },
) => ({
  ok: true,
  ...{ miniapp: miniapp.id, app: app.id, entry, version: version ?? null, url, out: out ?? null },
  ...{ closed, isForNobody, isPageListed, incompatible: unfit.map(({ appVersion }) => appVersion) },
});

/** For whom it opens nothing, and what to do; empty where it opens for everybody whom it is meant for. */
function reachText(code: QrTarget, { closed, isForNobody, isPageListed, pages, open, unfit }: QrReach): string {
  const { miniapp, app, entry, page, device } = code;
  const { id } = miniapp;
  const where = { app: app.id, entry, page, device };
  const path = pathOfPage(code);
  return [
    closedText(closed, app, id, where),
    isPageListed ? '' : `No version of ${id} lists the page ${safe(path)}. ${safe(nearest(path, pages))}\n`,
    unfitText(unfit, miniapp, { ...where, region: open }),
    isForNobody && closed.length < app.regions.length
      ? `Nobody is whitelisted in ${app.id}, so it opens the experience version for nobody\n  next: npx miniapp whitelist add ${id} ACCOUNT --app ${app.id}\n`
      : '',
  ].join('');
}

/** The pages of all versions; none where one of them does not say which it has. */
function listedPages({ versions }: Miniapp): string[] {
  const all = [...versions.values()].map(({ pages = [] }) => pages);
  return all.some((pages) => pages.length === 0) ? [] : [...new Set(all.flat())];
}

/** A region in which a code opens nothing, and the outcome there. */
interface ClosedRegion {
  readonly region: string;
  readonly code: string;
  readonly message: string;
}

/** Where the code opens nothing for those whom it is meant for: of the experience code that is who is whitelisted. */
function closedRegions(
  workspace: Workspace,
  app: App,
  asked: Pick<Query, 'miniapp' | 'entry' | 'page' | 'device' | 'now'>,
): ClosedRegion[] {
  return app.regions.flatMap((region) => {
    const query = { ...asked, app: app.id, region, whitelisted: asked.entry === 'experience' };
    const answer = resolve(workspace, query);
    if (answer.outcome === 'opens') return [];
    return [{ region, code: answer.code, message: outcomeMessage(answer, 'en') }];
  });
}

/** The versions of the app that cannot run what the code opens. */
function unfitVersions(workspace: Workspace, { runtimes = [] }: App, asked: Omit<Query, 'whitelisted'>): Runtime[] {
  const whitelisted = asked.entry === 'experience';
  return runtimes.filter(({ appVersion }) => {
    const answer = resolve(workspace, { ...asked, whitelisted, appVersion });
    return answer.outcome === 'error' && answer.code === 'host-incompatible';
  });
}

interface QrSubject {
  readonly app: string;
  readonly entry: Entry;
  readonly region?: string | undefined;
  readonly page: string | undefined;
  readonly device: string | undefined;
}

/** The command that asks what the code asks, for somebody whom it is meant for. */
function resolveLine(
  id: string,
  { app, region = '', entry, page, device }: QrSubject,
  more: readonly string[] = [],
): string {
  const asked = [
    ...['--app', app, '--region', region],
    ...(entry === 'experience' ? ['--entry', 'experience', '--account', 'ACCOUNT'] : []),
    ...(page === undefined ? [] : ['--page', page]),
    ...(device === undefined ? [] : ['--device', device]),
  ];
  return toolCommand(['resolve', id, ...asked, ...more].map(shellWord).join(' '));
}

/** Everybody else who scans an experience code may get another version, which the app can run. */
function unfitText(unfit: readonly Runtime[], { id, release }: Miniapp, place: QrSubject): string {
  if (unfit.length === 0) return '';
  const { app, entry } = place;
  const { versions, share } = appVersionsWithShare(unfit);
  const isTried = entry === 'experience' && release.experience !== undefined;
  const who = isTried ? 'For whitelisted accounts it' : 'It';
  const users = share === undefined || isTried ? '' : `, ${share} % of its users`;
  const next = resolveLine(id, place, ['--app-version', unfit[0]!.appVersion]);
  return `${who} does not open in ${app} ${versions}${users} (host-incompatible)\n  next: ${next}\n`;
}

/** One line for each outcome, with the command that says why; nothing where it opens everywhere. */
function closedText(closed: readonly ClosedRegion[], app: App, id: string, place: QrSubject): string {
  const lines = [...Map.groupBy(closed, ({ code }) => code)].map(([code, [first, ...more]]) => {
    const regions = [first!, ...more].map(({ region }) => region);
    const where = regions.length === app.regions.length ? '' : ` in ${regions.join(', ')}`;
    const next = resolveLine(id, { ...place, region: regions[0] });
    return `It opens nothing in ${app.id}${where}: ${safe(first!.message)} (${code})\n  next: ${safe(next)}\n`;
  });
  return lines.join('');
}

function appOf({ apps }: Workspace, id: string | undefined): App {
  const app = id === undefined ? [...apps.values()].find((candidate) => candidate.default) : apps.get(id);
  if (!app) throw new UsageError(`there is no app "${safe(id ?? '')}". ${nearest(id ?? '', [...apps.keys()])}`);
  return app;
}

function queryOf({ values }: Input): Record<string, string> {
  const pairs = (values['query'] ?? []) as string[];
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      if (key === '' || rest.length === 0) throw new UsageError(`--query ${pair}: write it as key=value`);
      return [key, rest.join('=')];
    }),
  );
}

/** The image of a file of this name, or the code as text. */
async function draw(url: string, file: string | undefined, isColoured: boolean): Promise<string | Buffer> {
  const { default: qrcode } = await import('qrcode');
  const ending = file === undefined ? '' : extname(file).toLowerCase();
  if (file !== undefined && ending !== '.svg' && ending !== '.png') throw new UsageError(`--out ${file}: .svg or .png`);
  const level = { errorCorrectionLevel: 'M' } as const;
  try {
    if (file === undefined)
      return await qrcode.toString(url, { ...level, type: isColoured ? 'terminal' : 'utf8', small: true });
    if (ending === '.svg') return await qrcode.toString(url, { ...level, type: 'svg', margin: 4 });
    return await qrcode.toBuffer(url, { ...level, margin: 4, scale: 8 });
  } catch (error) {
    const isTooLong = error instanceof Error && /amount of data/i.test(error.message);
    if (isTooLong) throw new UsageError(`the link has ${url.length} characters, more than a QR code holds`);
    throw error;
  }
}
