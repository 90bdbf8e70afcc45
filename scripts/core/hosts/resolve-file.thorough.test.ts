/** resolve.mjs, which hosts get: that it is small, asks its surroundings for nothing, and answers as `resolve` does. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareEngine, RESOLVE_FILE, type BareEngine } from '../../fixtures/bare-engine.ts';
import { answersOf, randomCase, tableCases } from '../../fixtures/host-cases.ts';
import { build, combinations } from '../../fixtures/resolution-cases.ts';
import { resolve } from '../resolution/resolve.ts';
import { exportOf } from './exported.ts';
import type { resolver as Resolver } from './resolve-entry.ts';

const { resolver } = (await import(RESOLVE_FILE)) as { readonly resolver: typeof Resolver };

test('is one small file that asks for nothing', () => {
  const source = readFileSync(RESOLVE_FILE, 'utf8');
  expect(gzipSync(source).length).toBeLessThan(14 * 1024);
  expect(source).not.toMatch(/\bimport\b(?! \{ resolver)|\brequire\(|URLSearchParams|TextEncoder|\bcrypto\b|\bIntl\b/);
});

describe('in Node', () => {
  test(`decides as resolve does for all ${combinations.length} combinations of what it depends on`, () => {
    const wrong: unknown[] = [];
    for (const inputs of combinations) {
      const { workspace, query } = build(inputs);
      const expected = resolve(workspace, query);
      const { entry, ...question } = query;
      const found = resolver(exportOf(workspace)).decide({ ...question, entry } as never);
      const same =
        found.outcome === 'opens'
          ? expected.outcome === 'opens' && found.version === expected.version && found.channel === expected.channel
          : expected.outcome === 'error' && found.code === expected.code;
      if (!same) wrong.push({ inputs, found });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('gives the same trace, sentences, fixes and links, over the table', () => {
    for (const one of tableCases(37)) expect(answersOf(resolver, one)).toEqual(one.answers);
  });

  test('and over random configurations', () => {
    fc.assert(
      fc.property(randomCase, (one) => {
        expect(answersOf(resolver, JSON.parse(JSON.stringify(one)))).toEqual(one.answers);
      }),
      { numRuns: 200 },
    );
  });
});

test('where accounts are digests, whoever is not signed in needs no key', () => {
  const { workspace, query } = build(combinations[0]!);
  const data = exportOf(workspace);
  const ask = resolver({ ...data, platform: { ...data.platform, accounts: 'digest', accountsKey: '5f0c2a9b' } });
  const { miniapp, app, region } = query;
  const asked = (account?: string) =>
    ask.decide({ miniapp, app, region, ...(account === undefined ? {} : { account }) });
  expect([asked(''), asked(' ')]).toEqual([asked(), asked()]);
  expect(() => asked('qa@example.com')).toThrow('accountsKey');
});

describe('a question that the command refuses', () => {
  const { workspace, query } = build(combinations[0]!);
  const ask = resolver(exportOf(workspace));
  const question = { miniapp: query.miniapp, app: query.app, region: query.region };

  test.each<[string, unknown]>([
    ...['miniapp', 'app', 'region'].flatMap((name) =>
      [undefined, null, 1, ['EU'], {}].map((value): [string, unknown] => [name, value]),
    ),
    ...['account', 'page', 'device', 'appVersion'].flatMap((name) =>
      [1, true, ['x'], {}].map((value): [string, unknown] => [name, value]),
    ),
    ...['entry', 'audience'].flatMap((name) =>
      ['', 'constructor', 'LINK', 1, ['link']].map((value): [string, unknown] => [name, value]),
    ),
    ...['', 'soon', '2026-02-30', '2026-11-20 08:00', '2026-11-20T08:00', Number.NaN, Infinity, {}].map(
      (value): [string, unknown] => ['now', value],
    ),
  ])('is told by name: %s %j', (name, value) => {
    const odd = { ...question, [name]: value } as never;
    for (const answer of [() => ask(odd), () => ask.decide(odd)]) {
      expect(answer).toThrow(new RegExp(`^${name}: it is `));
      expect(answer).toThrow(TypeError);
    }
  });

  test('is not one with null for what is left out', () => {
    const names = ['account', 'audience', 'entry', 'page', 'device', 'appVersion'];
    const nulls = Object.fromEntries(names.map((name) => [name, null]));
    expect(ask({ ...question, ...nulls, now: 0 } as never)).toEqual(ask({ ...question, now: 0 }));
  });
});

describe('in QuickJS', () => {
  let engine: BareEngine;
  beforeAll(async () => {
    engine = await bareEngine();
  });
  afterAll(() => engine?.end());

  test('has nothing but the language', () => {
    const names = [
      'Intl',
      'URL',
      'URLSearchParams',
      'TextEncoder',
      'crypto',
      'console',
      'process',
      'require',
      'setTimeout',
      'structuredClone',
    ];
    expect(engine.value(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([]);
  });

  test('answers over the table', () => {
    for (const one of tableCases(1009)) expect(engine.answers(one)).toEqual(one.answers);
  });

  test('answers over random configurations', () => {
    fc.assert(
      fc.property(randomCase, (one) => {
        expect(engine.answers(one)).toEqual(one.answers);
      }),
      { numRuns: 20 },
    );
  });
});
