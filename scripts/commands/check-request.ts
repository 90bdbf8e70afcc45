import { checkRequest, REQUEST_APIS, requestJson, type Request } from '../core/resolution/requests.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import { EXIT, isJson, oneOf, printJson, requiredAll, words, type Command } from '../cli/frame/command.ts';
import { requestConfig } from '../cli/config/load-config.ts';

export const checkRequestCommand: Command = {
  name: 'check-request',
  takesNames: true,
  summary: 'may a miniapp call this server or cloud API, and if not, which setting is missing',
  usage: ['check-request ID URL|NAME --region REGION --api request|upload|download|static|cloud [--at COMMIT|DATE]'],
  miniappWord: 0,
  options: {
    region: { type: 'string', value: 'REGION', describe: 'the region of the account' },
    api: {
      type: 'string',
      value: 'API',
      describe: 'by which call; for cloud the word after ID is the name of the API',
    },
    at: { type: 'string', value: 'COMMIT|DATE', describe: 'as it was at this commit, branch, tag, date or time' },
  },
  async run(input, io) {
    const [miniapp = '', url = ''] = words(input, 'ID', 'URL');
    const [region = ''] = requiredAll(input, 'region', 'api');
    const api = oneOf(input, 'api', REQUEST_APIS, 'request');
    const checked = await requestConfig(input, io, miniapp);
    if (!checked) return EXIT.no;
    const request: Request = { miniapp, region, api, url };
    const answer = requestJson(request, checkRequest(checked.workspace, request));
    if (isJson(input)) printJson(io, answer);
    else io.stdout(`${said(answer, painter(io.isColoured))}\n`);
    return answer.allowed ? EXIT.fine : EXIT.no;
  },
};

function said(answer: ReturnType<typeof requestJson>, paint: Paint): string {
  const { allowed, code, message, setting, missing, elsewhere, fix } = answer;
  if (allowed) return `${paint('green', 'allowed')} ${safe(message)}`;
  const others = elsewhere.map(({ api, region }) => `${api} in ${region}`).join(', ');
  return [
    `${paint('red', code)}: ${safe(message)}`,
    ...(missing ? [`  missing: ${setting}`, `           ${safe(`${missing.field} in ${missing.file}`)}`] : []),
    ...(others === '' ? [] : [`  listed for: ${safe(others)}`]),
    '',
    paint('green', 'next:'),
    ...fix.flatMap(({ text, command }) => [`  ${safe(text)}`, `    ${paint('bold', safe(command))}`]),
  ].join('\n');
}
