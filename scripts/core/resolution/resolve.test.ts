import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOW, SMART } from '../../fixtures/workspace.ts';
import { messages } from '../problems/messages.ts';
import { fixText, outcomeMessage, resolutionJson, traceText } from './resolution-text.ts';
import type { Rollout } from './rollout.ts';
import { resolve, type Query, type Resolution, type ResolutionApp, type ResolutionWorld } from './resolve.ts';

type Row = { app: string; account: string; expires?: string };

/** Everything that a resolution can depend on, one value of each. */
interface Inputs {
  type: 'smart' | 'panel';
  entry: 'link' | 'experience';
  isDefault: boolean;
  delivered: boolean;
  row: 'none' | 'live' | 'unlimited' | 'expired' | 'other account' | 'other app';
  experience: boolean;
  online: 'none' | 'enabled' | 'disabled';
  device: boolean;
  page: 'none' | 'listed' | 'unlisted';
  known: 'all' | 'no miniapp' | 'no app' | 'no region';
  /** What the app says of its version: nothing asked or said, not listed, runs all, only a former version, none. */
  host: 'not asked' | 'says nothing' | 'not listed' | 'runs all' | 'runs a former one' | 'runs none';
  /** Whether the platform opens a former version that fits. */
  newestFitting: boolean;
  /** 1.2.0 rolled out; to whom the question is about, in this cell or another. */
  rollout: 'none' | 'in' | 'not in' | 'nobody named' | 'another app' | 'another region' | 'needs more';
}

const VALUES: { [K in keyof Inputs]: readonly Inputs[K][] } = {
  type: ['smart', 'panel'],
  entry: ['link', 'experience'],
  isDefault: [true, false],
  delivered: [true, false],
  row: ['none', 'live', 'unlimited', 'expired', 'other account', 'other app'],
  experience: [true, false],
  online: ['none', 'enabled', 'disabled'],
  device: [true, false],
  page: ['none', 'listed', 'unlisted'],
  known: ['all', 'no miniapp', 'no app', 'no region'],
  host: ['not asked', 'says nothing', 'not listed', 'runs all', 'runs a former one', 'runs none'],
  newestFitting: [true, false],
  rollout: ['none', 'in', 'not in', 'nobody named', 'another app', 'another region', 'needs more'],
};

/** Of what opens nothing anyway, one way to ask for it is enough: what the app can run is asked last. */
const isTold = ({ known, host, newestFitting, rollout, row, page }: Inputs): boolean =>
  (known === 'all' || (rollout === 'none' && (host === 'not asked' || host === 'not listed'))) &&
  // Whom the whitelist names, and which page is asked for, is told apart without a rollout, and once with one.
  (rollout === 'none' || (page !== 'listed' && (row === 'none' || row === 'live' || row === 'expired'))) &&
  (!newestFitting || host === 'runs a former one' || host === 'runs none');

const combinations = (Object.keys(VALUES) as (keyof Inputs)[])
  .reduce<Partial<Inputs>[]>(
    (all, key) => all.flatMap((inputs) => VALUES[key].map((value) => ({ ...inputs, [key]: value }))),
    [{}],
  )
  .filter((inputs) => isTold(inputs as Inputs)) as Inputs[];

const RUNTIMES = {
  'not asked': [{ appVersion: '6.0.0', baseLibrary: '1.0.0' }],
  'says nothing': undefined,
  'not listed': [{ appVersion: '5.0.0', baseLibrary: '2.0.0' }],
  'runs all': [{ appVersion: '6.0.0', baseLibrary: '2.9.0', kits: { BaseKit: '3.4.0' } }],
  'runs a former one': [{ appVersion: '6.0.0', baseLibrary: '2.1.0', kits: { BaseKit: '3.0.0' } }],
  'runs none': [{ appVersion: '6.0.0', baseLibrary: '3.0.0', kits: { BaseKit: '3.4.0' } }],
} as const;

/** At 50 %: qa@example.com is in of 1.2.1, and not of 1.2.0; 1.2.2 needs what no app version here has. */
const ROLLOUTS: Record<Exclude<Inputs['rollout'], 'none'>, Rollout> = {
  in: { version: '1.2.1', percent: 50 },
  'not in': { version: '1.2.0', percent: 50 },
  'nobody named': { version: '1.2.0', percent: 99 },
  'another app': { version: '1.2.0', percent: 99, apps: ['second'] },
  'another region': { version: '1.2.0', percent: 99, regions: ['AY'] },
  'needs more': { version: '1.2.2', percent: 99 },
};

const ROWS: Record<Inputs['row'], Row[]> = {
  none: [],
  live: [{ app: 'app', account: 'qa@example.com', expires: '2026-11-20' }],
  unlimited: [{ app: 'app', account: 'qa@example.com' }],
  expired: [{ app: 'app', account: 'qa@example.com', expires: '2026-11-19' }],
  'other account': [{ app: 'app', account: 'else@example.com' }],
  'other app': [{ app: 'second', account: 'qa@example.com' }],
};

function build(inputs: Inputs): { world: ResolutionWorld; query: Query } {
  const { type, isDefault, delivered, row, experience, online, host } = inputs;
  const runtimes = RUNTIMES[host];
  const link = { link: '{scheme}:{url}', experience: '{scheme}:{url}#{version}' };
  const world: ResolutionWorld = {
    platform: inputs.newestFitting ? { link, compatibility: 'newest-fitting' } : { link },
    apps: new Map<string, ResolutionApp>([
      [
        'app',
        { id: 'app', regions: ['EU', 'AY'], scheme: 'app', default: isDefault, ...(runtimes ? { runtimes } : {}) },
      ],
      ['second', { id: 'second', regions: ['EU'], scheme: 'second', default: !isDefault }],
    ]),
    miniapps: new Map([
      [
        SMART,
        {
          id: SMART,
          basics: { type },
          release: {
            ...(online === 'none' ? {} : { online: { version: '1.0.0', enabled: online === 'enabled' } }),
            ...(experience ? { experience: { version: '1.1.0' } } : {}),
            previous: ['0.9.0', '0.8.0'],
            ...(inputs.rollout === 'none' ? {} : { rollout: ROLLOUTS[inputs.rollout] }),
          },
          trafficking: [{ app: 'app', regions: delivered ? ['EU'] : ['AY'] }],
          whitelist: ROWS[row],
          versions: new Map([
            ['0.8.0', { version: '0.8.0', baseLibrary: '2.0.0', pages: ['pages/a', 'pages/former'] }],
            ['0.9.0', { version: '0.9.0', kits: { BaseKit: '3.1.0' }, baseLibrary: '2.0.0' }],
            ['1.2.0', { version: '1.2.0', pages: ['pages/a'] }],
            ['1.2.1', { version: '1.2.1', pages: ['pages/a'] }],
            ['1.2.2', { version: '1.2.2', baseLibrary: '4.0.0' }],
            ['1.0.0', { version: '1.0.0', baseLibrary: '2.2.0', pages: ['pages/a', 'pages/old'] }],
            [
              '1.1.0',
              { version: '1.1.0', kits: { BaseKit: '3.3.0' }, baseLibrary: '2.2.0', pages: ['pages/a', 'pages/new'] },
            ],
          ]),
        },
      ],
    ]),
  };
  const query: Query = {
    miniapp: inputs.known === 'no miniapp' ? 'tynobody00000000' : SMART,
    app: inputs.known === 'no app' ? 'nobody' : 'app',
    region: inputs.known === 'no region' ? 'IN' : 'EU',
    entry: inputs.entry,
    account: inputs.rollout === 'nobody named' ? undefined : ' QA@Example.com',
    device: inputs.device ? 'vdevo1' : undefined,
    page: { none: undefined, listed: 'pages/a', unlisted: 'pages/none' }[inputs.page],
    appVersion: host === 'not asked' ? undefined : '6.0.0',
    now: NOW,
  };
  return { world, query };
}

/** The contract's section 3, written down a second time as sets of conditions, not as steps. */
function promised(inputs: Inputs): string {
  const { type, entry, isDefault, row, experience, online, device, page, known, host } = inputs;
  if (known !== 'all')
    return { 'no miniapp': 'unknown-miniapp', 'no app': 'unknown-app', 'no region': 'unknown-region' }[known];
  const scanned = entry === 'experience';
  const delivered = inputs.delivered || type === 'panel';
  const whitelisted = (row === 'live' || row === 'unlimited') && inputs.rollout !== 'nobody named';
  const isAsked = host === 'runs all' || host === 'runs a former one' || host === 'runs none';
  const isRolledOut = inputs.rollout === 'in' || (inputs.rollout === 'needs more' && !isAsked);
  const conditions: [string, boolean][] = [
    ['unknown-app-version', host === 'not listed'],
    ['device-required', type === 'panel' && scanned && !device],
    ['experience 1.1.0', scanned && experience && whitelisted && (delivered || isDefault)],
    ['app-not-associated', !delivered],
    ['no-online-version', online === 'none' && entry === 'link'],
    ['no-permission', online === 'none' && scanned && experience],
    ['no-experience-version', online === 'none' && scanned && !experience],
    ['service-disabled', online === 'disabled'],
    [`rollout ${inputs.rollout === 'in' ? '1.2.1' : '1.2.2'}`, isRolledOut],
    ['online 1.0.0', true],
  ];
  const [chosen] = conditions.find(([, holds]) => holds)!;
  if (chosen === 'rollout 1.2.2') return chosen;
  const isMisfit =
    chosen.includes(' ') && !chosen.startsWith('rollout') && (host === 'runs a former one' || host === 'runs none');
  const isSaved = isMisfit && chosen === 'online 1.0.0' && inputs.newestFitting && host === 'runs a former one';
  const answer = isSaved ? 'online 0.8.0' : isMisfit ? 'host-incompatible' : chosen;
  return answer.includes(' ') && page === 'unlisted' ? 'page-not-found' : answer;
}

const answerOf = (resolution: Resolution): string =>
  resolution.outcome === 'opens' ? `${resolution.channel} ${resolution.version}` : resolution.code;

describe('resolve', () => {
  test(`gives what the contract says for all ${combinations.length} combinations of its inputs`, () => {
    const seen = new Set<string>();
    for (const inputs of combinations) {
      const { world, query } = build(inputs);
      const resolution = resolve(world, query);
      const answer = answerOf(resolution);
      if (answer !== promised(inputs)) expect({ inputs, answer }).toEqual({ inputs, answer: promised(inputs) });
      seen.add(answer);
    }
    expect([...seen].sort()).toEqual(
      [
        ...Object.keys(messages.en.outcomes),
        'experience 1.1.0',
        'online 1.0.0',
        'online 0.8.0',
        'rollout 1.2.1',
        'rollout 1.2.2',
      ].sort(),
    );
  });

  test('explains every answer: a trace that ends with the rule that applied, and a fix for every error', () => {
    for (const inputs of combinations) {
      const { world, query } = build(inputs);
      const resolution = resolve(world, query);
      const applied = resolution.trace.filter((step) => step.applies).map((step) => step.rule);
      const isOpen = resolution.outcome === 'opens';
      const isFormer = isOpen && resolution.version === '0.8.0';
      const last = isFormer ? 'opens-fitting' : isOpen ? `opens-${resolution.channel}` : resolution.code;
      if (applied.at(-1) !== last || (!isOpen && resolution.fix.length === 0)) {
        expect({ inputs, applied, resolution }).toBeUndefined();
      }
      for (const language of ['en', 'zh'] as const) {
        const sentences = [
          outcomeMessage(resolution, language),
          ...resolution.trace.map((step) => traceText(step, language)),
          ...(isOpen ? [] : resolution.fix.map((fix) => fixText(fix, language))),
        ];
        for (const sentence of sentences) if (/[{}]/.test(sentence)) expect({ inputs, sentence }).toBeUndefined();
      }
    }
  });

  test('names the page in the code of what opens, and the device', () => {
    const inputs: Inputs = {
      ...combinations[0]!,
      type: 'panel',
      entry: 'experience',
      row: 'live',
      experience: true,
      device: true,
    };
    const { world, query } = build({ ...inputs, page: 'listed' });
    expect(resolve(world, query)).toMatchObject({
      outcome: 'opens',
      channel: 'experience',
      url: `app:${encodeURIComponent(`godzilla://${SMART}/pages/a?deviceId=vdevo1`)}#1.1.0`,
    });
  });

  test('takes a page with a leading slash or a query for the page itself', () => {
    const { world, query } = build({ ...combinations[0]!, online: 'enabled', page: 'listed' });
    for (const page of ['/pages/a', 'pages/a?x=1', '/pages/a?x=1&y=']) {
      expect(answerOf(resolve(world, { ...query, page }))).toBe('online 1.0.0');
    }
  });

  test('checks no page when the version lists none', () => {
    const { world, query } = build({ ...combinations[0]!, online: 'enabled', page: 'unlisted' });
    const miniapp = { ...world.miniapps.get(SMART)!, versions: new Map([['1.0.0', { version: '1.0.0' }]]) };
    expect(answerOf(resolve({ ...world, miniapps: new Map([[SMART, miniapp]]) }, query))).toBe('online 1.0.0');
  });

  test('as JSON has the fields of the contract', () => {
    const { world, query } = build({ ...combinations[0]!, online: 'enabled' });
    const opens = resolutionJson(resolve(world, query));
    expect(Object.keys(opens)).toEqual(['outcome', 'version', 'channel', 'url', 'trace']);
    const error = resolutionJson(resolve(world, { ...query, region: 'IN' }));
    expect(Object.keys(error)).toEqual(['outcome', 'code', 'message', 'fix', 'trace']);
    expect(error).toMatchObject({
      fix: [{ text: expect.any(String), command: expect.stringMatching(/^npx miniapp /) }, {}],
    });
  });
});

const arbitraryInputs = fc.constantFrom(...combinations);
const account = fc.constantFrom('qa@example.com', 'else@example.com', '+491701234567', 'eu16238475', 'nobody');
const expires = fc.constantFrom(
  undefined,
  '2026-11-18',
  '2026-11-20',
  '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:01Z',
  '2027-01-01',
);
const row = fc.record({ app: fc.constantFrom('app', 'second'), account, expires });

const withRows = (
  world: ResolutionWorld,
  rows: readonly { app: string; account: string; expires: string | undefined }[],
) => {
  const whitelist = rows.map(({ expires: end, ...rest }) => (end === undefined ? rest : { ...rest, expires: end }));
  const miniapp = { ...world.miniapps.get(SMART)!, whitelist };
  return { ...world, miniapps: new Map([[SMART, miniapp]]) };
};

describe('whitelisting', () => {
  test('never changes anything for another account', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), row, account, (inputs, rows, added, person) => {
        fc.pre(added.account !== person);
        const { world, query } = build(inputs);
        const mine = { ...query, account: person };
        const before = resolve(withRows(world, rows), mine);
        const after = resolve(withRows(world, [...rows, added]), mine);
        expect(answerOf(after)).toBe(answerOf(before));
      }),
    );
  });

  test('never turns what opens into an error that is not about the page', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), row, account, (inputs, rows, added, person) => {
        const { world, query } = build({ ...inputs, page: 'none', host: 'not asked' });
        const mine = { ...query, account: person };
        const before = resolve(withRows(world, rows), mine);
        fc.pre(before.outcome === 'opens');
        expect(resolve(withRows(world, [...rows, added]), mine).outcome).toBe('opens');
      }),
    );
  });

  test('an expired row equals no row', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), account, (inputs, rows, person) => {
        const { world, query } = build(inputs);
        const mine = { ...query, account: person };
        const past = { app: 'app', account: person, expires: '2026-11-19' };
        expect(answerOf(resolve(withRows(world, [past, ...rows]), mine))).toBe(
          answerOf(resolve(withRows(world, rows), mine)),
        );
      }),
    );
  });

  test.each([
    ['2026-11-20', '2026-11-20T23:59:59.999Z', true],
    ['2026-11-20', '2026-11-21T00:00:00Z', false],
    ['2026-11-20T12:00:00Z', '2026-11-20T11:59:59Z', true],
    ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', false],
  ])('a row until %s, asked at %s: whitelisted %s', (end, time, isWhitelisted) => {
    const { world, query } = build({ ...combinations[0]!, entry: 'experience', experience: true, online: 'enabled' });
    const rows = [{ app: 'app', account: 'qa@example.com', expires: end }];
    const resolution = resolve(withRows(world, rows), { ...query, now: Date.parse(time) });
    expect(answerOf(resolution)).toBe(isWhitelisted ? 'experience 1.1.0' : 'online 1.0.0');
  });
});

test('any input has an answer, and the same one twice', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', ''),
  );
  fc.assert(
    fc.property(arbitraryInputs, anything, anything, anything, anything, anything, (inputs, a, b, c, d, e) => {
      const { world, query } = build(inputs);
      const strange: Query = {
        ...query,
        miniapp: inputs.device ? a : query.miniapp,
        app: inputs.delivered ? b : query.app,
        account: c,
        page: d,
        device: e,
      };
      const first = resolve(world, strange);
      expect(resolutionJson(resolve(world, strange))).toEqual(resolutionJson(first));
    }),
  );
});
