import type { Entry } from '../core/model.ts';
import { outcomeMessage, fixText, resolutionJson, traceText } from '../core/outcome.ts';
import { resolve as decide, type Query, type Resolution } from '../core/resolve.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import { EXIT, isJson, oneOf, printJson, required, text, words, type Command } from './command.ts';
import { resolvableConfig } from './workspace.ts';

export const resolve: Command = {
  name: 'resolve',
  summary: 'which version opens, or which error and how to fix it',
  usage: [
    'resolve ID --app APP --region REGION [--account ACCOUNT] [--entry link|experience]',
    '        [--page PAGE] [--device DEVICE] [--at COMMIT|DATE] [--now TIME]',
  ],
  miniappWord: 0,
  options: {
    app: { type: 'string' },
    region: { type: 'string' },
    account: { type: 'string' },
    entry: { type: 'string' },
    page: { type: 'string' },
    device: { type: 'string' },
    at: { type: 'string' },
    now: { type: 'string' },
  },
  about: {
    app: 'APP    the app that opens it',
    region: 'REGION    the region of the account',
    account: 'ACCOUNT    e-mail, phone number or user id (default: somebody on no whitelist)',
    entry: 'link|experience    normal opening (default), or the experience QR code was scanned',
    page: 'PAGE    a page path (default: the home page)',
    device: 'DEVICE    the device of a panel',
    at: 'COMMIT|DATE    as it was at this commit, branch, tag, date or UTC time',
    now: 'TIME    the clock that expiry is judged by (default: now, or the moment of --at)',
  },
  async run(input, io) {
    const [miniapp = ''] = words(input, 'ID');
    const entry: Entry = oneOf(input, 'entry', ['link', 'experience'], 'link');
    const app = required(input, 'app');
    const region = required(input, 'region');
    const checked = await resolvableConfig(input, io, miniapp);
    if (!checked) return EXIT.no;
    const query: Query = {
      miniapp,
      app,
      region,
      entry,
      account: text(input, 'account'),
      page: text(input, 'page'),
      device: text(input, 'device'),
      now: checked.now,
    };
    const resolution = decide(checked.workspace, query);
    if (isJson(input)) printJson(io, resolutionJson(resolution));
    else io.stdout(`${answer(resolution, painter(io.isColoured))}\n`);
    return resolution.outcome === 'opens' ? EXIT.fine : EXIT.no;
  },
};

function answer(resolution: Resolution, paint: Paint): string {
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
  const fixes = resolution.fix.map((fix) => `  ${safe(fixText(fix))}\n    ${paint('bold', safe(fix.command))}`);
  const head = `${paint('red', resolution.code)}: ${safe(outcomeMessage(resolution))}`;
  return [
    head,
    '',
    ...trace,
    '',
    paint('green', fixes.length > 1 ? 'to fix it, one of:' : 'to fix it:'),
    ...fixes,
  ].join('\n');
}
