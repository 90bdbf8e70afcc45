/** The question of the form as the command line asks it. Pure. */
import { shellWord } from '#core/tool-command.ts';
import type { Entry } from '#core/model.ts';

/** What is asked; a text that is empty is not asked. */
export interface ResolveCommandInput {
  readonly miniapp: string;
  readonly app: string;
  readonly region: string;
  readonly entry: Entry;
  /** Names an account, of which the form only asks whether. */
  readonly hasAccount: boolean;
  readonly inRollout: boolean;
  readonly page: string;
  readonly device: string;
  readonly appVersion: string;
  /** The end of a day: of the past as it was configured then, of one to come as all is configured now. */
  readonly day?: { readonly of: 'past' | 'future'; readonly date: string };
}

/** An account says itself whether a rollout includes it, so one option or the other stands here. */
export function resolveCommand({ miniapp, entry, hasAccount, inRollout, day, ...asked }: ResolveCommandInput): string {
  const option = (name: string, value: string) => (value === '' ? '' : ` --${name} ${shellWord(value)}`);
  return [
    `npx miniapp resolve ${miniapp} --app ${asked.app} --region ${asked.region}`,
    entry === 'experience' ? ' --entry experience' : '',
    option('page', asked.page),
    option('device', asked.device),
    option('app-version', asked.appVersion),
    day === undefined ? '' : ` --${day.of === 'past' ? 'at' : 'now'} ${day.date}T23:59:59Z`,
    hasAccount ? ' --account ACCOUNT' : inRollout ? ' --audience rollout' : '',
  ].join('');
}
