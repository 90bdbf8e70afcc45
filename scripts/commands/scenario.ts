/** Promises: what must keep opening for whom. */
import type { Miniapp, Scenario } from '../core/model.ts';
import { addScenario, removeScenario } from '../edit/scenarios.ts';
import { required, requiredAll, text, UsageError, words, type Command, type Input } from '../cli/frame/command.ts';
import { editingCommand, onMiniapp, split } from '../cli/edits/edit-command.ts';
import { accountFormFor } from '../cli/input/account-form.ts';
import type { ListOutput } from '../cli/output/list-output.ts';

export const scenarioCommand: Command = editingCommand({
  name: 'scenario',
  takesNames: true,
  summary: 'promises that must keep holding: what opens for whom, or which error shows',
  usage: [
    'scenario add ID --name NAME --app APP --region REGION (--opens VERSION|CHANNEL | --error CODE)',
    '             [--account ACCOUNT | --audience rollout] [--entry link|experience] [--page PAGE] [--device DEVICE]',
    '             [--app-version V]',
    'scenario remove ID --name NAME',
    'scenario list ID',
  ],
  miniappWord: 1,
  options: {
    name: { type: 'string', value: 'NAME', describe: 'the promise in words; one of the same name is exchanged' },
    app: { type: 'string', value: 'APP', describe: 'the app that opens it' },
    region: { type: 'string', value: 'REGION', describe: 'the region of the account' },
    opens: {
      type: 'string',
      value: 'VERSION|online|experience|rollout',
      describe: 'what opens; the words stand for whichever version that is',
    },
    error: { type: 'string', value: 'CODE', describe: 'which error shows, as resolve names it' },
    account: {
      type: 'string',
      value: 'ACCOUNT',
      describe: 'e-mail, phone number or user id (default: somebody on no whitelist)',
    },
    audience: { type: 'string', value: 'rollout', describe: 'somebody whom the rollout includes, whoever that is' },
    entry: {
      type: 'string',
      value: 'link|experience',
      describe: 'normal opening (default), or the experience QR code was scanned',
    },
    page: { type: 'string', value: 'PAGE', describe: 'a page path' },
    device: { type: 'string', value: 'DEVICE', describe: 'the device of a panel' },
    'app-version': { type: 'string', value: 'V', describe: 'the version of the app, one that its runtimes list' },
  },
  request(input, io) {
    const { verb, rest } = split(input, ['add', 'remove', 'list']);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: scenariosOf };
    if (verb === 'remove') {
      const name = required(input, 'name');
      return onMiniapp(id, (given, miniapp) => removeScenario(given, miniapp, name));
    }
    const scenario = scenarioOf(input);
    const keep = accountFormFor(input, io);
    return onMiniapp(id, (given, miniapp) => {
      const { account } = scenario;
      const kept = account === undefined ? {} : { account: keep(account, given.workspace.platform) };
      return addScenario(given, miniapp, { ...scenario, ...kept });
    });
  },
});

function scenarioOf(input: Input): Scenario {
  const [name, app, region = ''] = requiredAll(input, 'name', 'app', 'region');
  const [opens, error] = [text(input, 'opens'), text(input, 'error')];
  if ((opens === undefined) === (error === undefined)) throw new UsageError('give one of --opens and --error');
  const optional = Object.fromEntries(
    ['account', 'audience', 'entry', 'page', 'device', 'app-version'].flatMap((option) => {
      const value = text(input, option);
      return value === undefined ? [] : [[option === 'app-version' ? 'appVersion' : option, value]];
    }),
  );
  if (region === 'all' || region.includes(','))
    throw new UsageError(`--region ${region}: a promise is of one region; add one for each`);
  const expect = opens === undefined ? { error } : { opens };
  // What is wrong with a value is found where any file's is.
  return { name, app, region, ...optional, expect } as Scenario;
}

const scenariosOf = ({ id, scenarios }: Miniapp): ListOutput => ({
  rows: [
    ['name', 'app', 'region', 'by', 'who', 'expects'],
    ...scenarios.map(({ name, app, region, entry = 'link', account, audience, page, appVersion, expect }) => [
      name,
      [app, ...(appVersion === undefined ? [] : [appVersion])].join(' '),
      region,
      entry === 'link' ? 'link' : 'experience code',
      [
        account ?? (audience === 'rollout' ? 'in the rollout' : 'everyone'),
        ...(page === undefined ? [] : [`page ${page}`]),
      ].join(', '),
      expect.opens ?? expect.error ?? '',
    ]),
  ],
  json: { miniapp: id, scenarios },
  none: `${id} promises nothing`,
});
