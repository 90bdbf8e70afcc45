/** The description of an approval pull request: what a reviewer is told, that it is true, that nothing in it is markup of somebody else's, and that it fits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf } from '../../core/paths.ts';
import { snapshotOf, type SnapshotOptions } from '../../fixtures/snapshot.ts';
import { fixtureFiles, SMART, type ConfigFiles } from '../../fixtures/workspace.ts';
import { pendingOf } from './pull-requests.ts';
import { BODY_LIMIT, descriptionBody } from './review-description.ts';

const VERSION = pathOf.version(SMART, '1.2.0');
const UPLOADED = fixtureFiles()[VERSION]!;
const edited = (file: string, from: string, to: string): ConfigFiles => {
  const text = fixtureFiles()[file]!;
  expect(text).toContain(from);
  return { [file]: text.replace(from, to) };
};
function bodyOf(said: SnapshotOptions = {}): string {
  const snapshot = snapshotOf(said);
  const [subject] = pendingOf(snapshot);
  return descriptionBody(snapshot, subject!);
}
const section = (body: string, title: string) =>
  new RegExp(`### ${title}\n\n([^]*?)(?=\n\n### |$)`).exec(body)?.[1] ?? '';

test('the small configuration, whole', () => {
  expect(bodyOf()).toMatchInlineSnapshot(`
    "**Alarm clock** \`tysmart0000000001\` (smart): version \`1.2.0\` asks to be approved.

    > Version 1.2.0

    | | this \`1.2.0\` | online \`1.1.0\` |
    | --- | --- | --- |
    | uploaded | \`alice\` (Alice Example), 2026-10-03 08:00 UTC | \`alice\` (Alice Example), 2026-10-02 08:00 UTC |
    | submitted | \`bob\` (Bob Example), 2026-11-20 11:00 UTC | \`alice\` (Alice Example) |
    | size | 1,000 bytes in 10 files | 1,000 bytes in 10 files |
    | SHA-256 | \`9f2c8a4e1b7d6053c8e9f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6\` | \`9f2c8a4e1b7d6053c8e9f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6\` |
    | base library | \`2.14.2\` | \`2.14.2\` |
    | kits | \`BaseKit 3.10.4\` | \`BaseKit 3.10.4\` |

    ### Pages

    2 pages, the same as \`1.1.0\` has.

    ### Origins in its code

    | origin | allowed by domains.yaml | not allowed in |
    | --- | --- | --- |
    | \`https://api.example.com\` | request in China, Central Europe | Western America |

    ### APIs that its code uses

    **Not recorded, so it counts as using all of them.**

    ### If it is published

    Approving changes nothing for anybody yet; publishing is a step of its own.

    | miniapp | for whom | by | before | after |
    | --- | --- | --- | --- | --- |
    | \`tysmart0000000001\` | everyone in OEM Home, Central Europe | link and code | \`1.1.0\` | \`1.2.0\` |
    | \`tysmart0000000001\` | everyone in Smart Life, China, Central Europe | link and code | \`1.1.0\` | \`1.2.0\` |
    | \`tysmart0000000001\` | whitelisted in Smart Life, Western America | experience code | \`1.2.0\` | \`app-not-associated\` |

    What stays as it is:

    - whitelisted in OEM Home, Central Europe, experience code: \`1.2.0\`
    - everyone in OEM Home, Western America: \`app-not-associated\`
    - whitelisted in Smart Life, China, Central Europe, experience code: \`1.2.0\`
    - everyone in Smart Life, Western America: \`app-not-associated\`

    ### What you can do

    - **Approve** (\`rita\`): review the changed file and choose “Approve”. The bot signs with your login and merges.
    - **Reject**: choose “Request changes” and write the reason. The bot turns this pull request into the rejection with your words and merges it.
    - **Hold**: add the label \`hold\`, or make it a draft. Take it away to go on.
    - **Stop**: close this pull request. It is not opened again; reopen it to go on.

    Who submitted or uploaded the version cannot approve it. The same judgement on your machine:

    \`\`\`sh
    git fetch origin main review/tysmart0000000001/1.2.0
    npx miniapp plan --base origin/main --head origin/review/tysmart0000000001/1.2.0 --actor 'github-actions[bot]' --approved-by LOGIN
    \`\`\`
    "
  `);
});

test('pages added and removed, against the online version', () => {
  const body = bodyOf({ files: edited(VERSION, 'pages/alarm/index', 'pages/sleep/index') });
  expect(section(body, 'Pages')).toBe(
    [
      '2 pages; `1.1.0` has 2.',
      '- added: `pages/sleep/index`',
      '- removed, so links to them stop working: `pages/alarm/index`',
    ].join('\n'),
  );
});

test('without an online version, against the last approved; without one, against nothing', () => {
  const files = { [pathOf.file(SMART, 'release')]: '{}\n', [pathOf.file(SMART, 'scenarios')]: 'scenarios: []\n' };
  expect(bodyOf({ files })).toContain('| last approved `1.1.0` |');
  const none = [...['1.0.0', '1.1.0', '1.3.0'].map((number) => pathOf.version(SMART, number))];
  const body = bodyOf({ files, without: none });
  expect(body).toContain('No other version was ever approved');
  expect(section(body, 'Pages')).toBe('2 pages: `pages/index/index`, `pages/alarm/index`.');
});

test('origins that are allowed in some regions, everywhere or nowhere', () => {
  const body = bodyOf({
    files: edited(
      VERSION,
      'origins: [https://api.example.com]',
      'origins: [https://api.example.com, https://static.example.com, https://evil.example.net]',
    ),
  });
  const rows = section(body, 'Origins in its code').split('\n');
  expect(rows[0]).toBe('**1 origin of 3 may be called nowhere.**');
  expect(rows).toContain('| `https://evil.example.net` | nowhere | every region |');
  expect(rows).toContain('| `https://static.example.com` | static in Central Europe | China, Western America |');
  expect(rows).toContain('| `https://api.example.com` | request in China, Central Europe | Western America |');
});

describe('the APIs that its code uses', () => {
  const APIS = 'origins: [https://api.example.com]\n';
  const told = (own: string, online: string) =>
    section(
      bodyOf({
        files: {
          ...edited(VERSION, APIS, `${APIS}${own}`),
          ...edited(pathOf.version(SMART, '1.1.0'), 'review:', `${online}review:`),
        },
      }),
      'APIs that its code uses',
    );
  test.each([
    [
      'nothing recorded counts as all',
      '',
      'apis: [ty.request]\n',
      '**Not recorded, so it counts as using all of them.**',
    ],
    ['none', 'apis: []\n', '', 'None.'],
    [
      'nothing to compare with',
      'apis: [ty.request]\n',
      '',
      '1 API: `ty.request`. Of `1.1.0` none are recorded, so nobody can tell which are new.',
    ],
    ['the same', 'apis: [ty.request]\n', 'apis: [ty.request]\n', '1 API: `ty.request`. The same as `1.1.0` uses.'],
    [
      'new ones and fewer',
      'apis: [ty.getLocation, ty.request]\n',
      'apis: [ty.login, ty.request]\n',
      '**Newly uses**: `ty.getLocation`\n\nNo longer uses: `ty.login`\n\n2 APIs: `ty.getLocation`, `ty.request`.',
    ],
  ])('%s', (_, own, online, expected) => {
    expect(told(own, online)).toBe(expected);
  });

  test('how many calls do not say where to', () => {
    const analysis = 'analysis: { found: { literal: 12, followed: 3 }, unknown: 1, shownUnknown: 2 }\n';
    const origins = section(bodyOf({ files: edited(VERSION, APIS, `${APIS}${analysis}`) }), 'Origins in its code');
    expect(origins.split('\n').at(-1)).toBe(
      'Found: 12 written out, 3 by following names. **1 call only shows where to when the code runs**, and may go anywhere. 2 elements likewise.',
    );
  });
});

test('who will see what if it is published, and what stays', () => {
  const effects = section(bodyOf(), 'If it is published');
  expect(effects).toContain('| everyone in Smart Life, China, Central Europe | link and code | `1.1.0` | `1.2.0` |');
  expect(effects).toContain('- everyone in Smart Life, Western America: `app-not-associated`');
});

test('that it is approved by itself is told only where it is', () => {
  expect(bodyOf()).not.toContain('**Wait**');
  const internal = (login: string) => ({
    [`people/${login}.yaml`]: `${fixtureFiles()[`people/${login}.yaml`]!}internal: true\n`,
  });
  expect(bodyOf({ files: { ...internal('alice'), ...internal('bob') } })).toContain('2 minutes after it was submitted');
});

/** Markdown as GitHub would see it: what stands outside code. */
const outside = (body: string) => body.replace(/```[^]*?```/g, '').replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '@everyone fixes #12, closes GH-12',
  '| a | b |',
  '</details> **bold** `code` ~~x~~',
  '$x^2$ ${{ github.token }} ::error::',
  'https://evil.example www.evil.example',
];

test.each(HOSTILE)('a description %s is text', (words) => {
  const body = outside(
    bodyOf({ files: edited(VERSION, 'description: Version 1.2.0', `description: ${JSON.stringify(words)}`) }),
    // A dollar sign in an element of its own begins no formula.
  ).replaceAll('<span>$</span>', '');
  expect(body).not.toMatch(/<(?!!-- -->)(?!br>)/);
  expect(body).not.toMatch(/@\w|#\d|\bGH-\d|https:\/\/|\bwww\.(?!<!--)/);
  expect(body).not.toMatch(/(?<!\\)\]\(|(?<!\\)\$|(?<!\\)~/);
  const quoted = body.split('\n').filter((line) => line.startsWith('> '));
  expect(quoted).toHaveLength(1);
  expect(quoted[0]).not.toMatch(/(?<!\\)[|*`]/);
});

test('a default branch that a shell would take for more than a word is not written into a command', () => {
  const snapshot = { ...snapshotOf(), branch: 'main;`id`' };
  const body = descriptionBody(snapshot, pendingOf(snapshot)[0]!);
  expect(body).not.toContain('`id`');
  expect(body).toContain('git fetch origin HEAD ');
});

test('an origin with a bar or backticks stays in its cell', () => {
  const body = bodyOf({ files: edited(VERSION, 'https://api.example.com', '"https://a|b``c.example"') });
  const row = section(body, 'Origins in its code').split('\n').at(-1)!;
  expect(row.split('|')).toHaveLength(5);
  expect(row).toContain('```https://a¦b``c.example```');
});

test('the longest that the schema takes fits, and what a reviewer can do is there', () => {
  const pages = Array.from({ length: 2000 }, (_, i) => `pages/${'p'.repeat(150)}${i}/index`);
  const origins = Array.from({ length: 1000 }, (_, i) => `https://${'<@#$|'.repeat(40)}${i}`);
  const text = UPLOADED.replace(/^pages: .*$/m, () => `pages: ${JSON.stringify(pages)}`)
    .replace(/^origins: .*$/m, () => `origins: ${JSON.stringify(origins)}`)
    .replace(/^description: .*$/m, () => `description: ${JSON.stringify('<'.repeat(1000))}`);
  const body = bodyOf({ files: { [VERSION]: text } });
  expect(body).toContain('asks to be approved');
  expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
  expect(body).toContain('**Approve**');
});

test('it fits whatever the texts are, and is the same each time', () => {
  const words = fc.string({
    unit: fc.constantFrom('<', '@a', '|', '`', '\\', '#1', 'é', '🙂', ' '),
    minLength: 1,
    maxLength: 600,
  });
  fc.assert(
    fc.property(words, fc.array(words, { maxLength: 60 }), (description, origins) => {
      const text = UPLOADED.replace(
        /^origins: .*$/m,
        () => `origins: ${JSON.stringify([...new Set(origins)])}`,
      ).replace(
        /^description: .*$/m,
        () => `description: ${JSON.stringify(`x${description}`.slice(0, 1000).toWellFormed())}`,
      );
      const said = { files: { [VERSION]: text } };
      const body = bodyOf(said);
      expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
      expect(body).toContain('**Reject**');
      expect(bodyOf(said)).toBe(body);
    }),
    { numRuns: 20 },
  );
});
