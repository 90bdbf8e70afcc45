/** Every combination of what a resolution depends on, and any others. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, build, combinations, withRows, type Inputs } from '../../fixtures/resolution-cases.ts';
import { messages } from '../problems/messages.ts';
import { fixText, outcomeMessage, resolutionJson, traceText } from './resolution-text.ts';
import { resolve, type Query } from './resolve.ts';

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

describe('resolve', () => {
  test(`gives what the contract says for all ${combinations.length} combinations of its inputs`, () => {
    const seen = new Set<string>();
    for (const inputs of combinations) {
      const { workspace, query } = build(inputs);
      const resolution = resolve(workspace, query);
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
      const { workspace, query } = build(inputs);
      const resolution = resolve(workspace, query);
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

describe('whitelisting', () => {
  test('never changes anything for another account', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), row, account, (inputs, rows, added, person) => {
        fc.pre(added.account !== person);
        const { workspace, query } = build(inputs);
        const mine = { ...query, account: person };
        const before = resolve(withRows(workspace, rows), mine);
        const after = resolve(withRows(workspace, [...rows, added]), mine);
        expect(answerOf(after)).toBe(answerOf(before));
      }),
    );
  });

  test('never turns what opens into an error that is not about the page', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), row, account, (inputs, rows, added, person) => {
        const { workspace, query } = build({ ...inputs, page: 'none', host: 'not asked' });
        const mine = { ...query, account: person };
        const before = resolve(withRows(workspace, rows), mine);
        fc.pre(before.outcome === 'opens');
        expect(resolve(withRows(workspace, [...rows, added]), mine).outcome).toBe('opens');
      }),
    );
  });

  test('an expired row equals no row', () => {
    fc.assert(
      fc.property(arbitraryInputs, fc.array(row), account, (inputs, rows, person) => {
        const { workspace, query } = build(inputs);
        const mine = { ...query, account: person };
        const past = { app: 'app', account: person, expires: '2026-11-19' };
        expect(answerOf(resolve(withRows(workspace, [past, ...rows]), mine))).toBe(
          answerOf(resolve(withRows(workspace, rows), mine)),
        );
      }),
    );
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
      const { workspace, query } = build(inputs);
      const strange: Query = {
        ...query,
        miniapp: inputs.device ? a : query.miniapp,
        app: inputs.delivered ? b : query.app,
        account: c,
        page: d,
        device: e,
      };
      const first = resolve(workspace, strange);
      expect(resolutionJson(resolve(workspace, strange))).toEqual(resolutionJson(first));
    }),
  );
});
