/** The command asks what the form asks, and the command line takes it. */
import { expect, test } from 'vitest';
import { resolveCommand, type ResolveCommandInput } from './command.ts';

const asked: ResolveCommandInput = {
  miniapp: 'tyx',
  app: 'home',
  region: 'EU',
  entry: 'link',
  hasAccount: false,
  inRollout: false,
  page: '',
  device: '',
  appVersion: '',
};
const START = 'npx miniapp resolve tyx --app home --region EU';

test.each<[string, Partial<ResolveCommandInput>, string]>([
  ['nothing else', {}, ''],
  ['the entry', { entry: 'experience' }, ' --entry experience'],
  ['the rollout', { inRollout: true }, ' --audience rollout'],
  [
    'an account, which says itself whether a rollout has it',
    { inRollout: true, hasAccount: true },
    ' --account ACCOUNT',
  ],
  [
    'the page, the device and the version of the app, quoted for a shell',
    { page: 'pages/a?b=1', device: 'vdevo1', appVersion: '6.0.0' },
    " --page 'pages/a?b=1' --device vdevo1 --app-version 6.0.0",
  ],
  [
    'a day of the past',
    { day: { of: 'past', date: '2026-11-01' }, inRollout: true, device: 'v1' },
    ' --device v1 --at 2026-11-01T23:59:59Z --audience rollout',
  ],
  [
    'a day to come',
    { day: { of: 'future', date: '2027-01-31' }, hasAccount: true },
    ' --now 2027-01-31T23:59:59Z --account ACCOUNT',
  ],
])('%s', (_what, question, rest) => expect(resolveCommand({ ...asked, ...question })).toBe(`${START}${rest}`));
