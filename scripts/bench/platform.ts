/** A platform of any size, the same for the same seed, valid by every schema and rule; for measuring only. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomFrom } from '../checks/random.ts';

const REGIONS = ['AY', 'EU', 'WE', 'AZ', 'UE', 'IN', 'SG'];
const APPS = ['smart-life', 'oem-home', 'oem-care', 'oem-light'];
const PEOPLE = ['ada', 'ben', 'cleo', 'dan', 'eva', 'finn', 'gina', 'hugo'];
/** May review, and is a member of nothing. */
const REVIEWER = 'rita';
const WORDS = [
  'faster',
  'start',
  'new',
  'alarm',
  'page',
  'energy',
  'report',
  'scene',
  'light',
  'timer',
  'fix',
  'setup',
  'layout',
];

/** Everybody in people/, with their numbers. */
export const benchPeople = (): { readonly login: string; readonly githubId: number }[] =>
  [...PEOPLE, REVIEWER].map((login, index) => ({ login, githubId: 1000 + index }));

/** The id of the n-th miniapp. */
export const miniappId = (n: number): string => `tybench${String(n).padStart(9, '0')}`;

/** `seed`: 1 unless given. `hasPending`: whether each miniapp has a version under review, as it has unless told otherwise. */
export interface PlatformOptions {
  readonly seed?: number;
  readonly hasPending?: boolean;
}

/** Writes a platform with this many miniapps, about 11 YAML files each; gives the number of files. */
export function writePlatform(root: string, miniapps: number, options: PlatformOptions = {}): number {
  const { seed = 1, hasPending = true } = options;
  let files = 0;
  const write = (path: string, text: string): void => {
    const file = join(root, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text);
    files += 1;
  };
  const made = new Set<string>();
  for (const [path, text] of shared()) write(path, text);
  const random = randomFrom(seed);
  for (let n = 0; n < miniapps; n += 1) for (const [path, text] of miniapp(n, random, hasPending)) write(path, text);
  return files;
}

function* shared(): Iterable<[string, string]> {
  const regions = REGIONS.map((id) => `  ${id}: { en: Region ${id}, zh: 区域 ${id} }\n`).join('');
  yield [
    'platform.yaml',
    `name: { en: Measured platform, zh: 测量平台 }
regions:
${regions}languages: [en, zh]
link:
  url: "godzilla://{miniapp}/{+page}{?query*}"
  link: "{scheme}://miniApp?url={url}"
  experience: "{scheme}://miniApp?url={url}&experience={version}"
`,
  ];
  yield ['policy.yaml', 'transitions:\n  publish: { by: [admin, operator] }\n'];
  for (const app of APPS) {
    const only = app === APPS[0] ? 'default: true\n' : '';
    yield [
      `apps/${app}.yaml`,
      `id: ${app}\nname: { en: ${app}, zh: ${app} }\nregions: [${REGIONS.join(', ')}]\nscheme: ${app.replace('-', '')}\n${only}`,
    ];
  }
  for (const { login, githubId } of benchPeople()) {
    const roles = login === REVIEWER ? 'platformRoles: [owner, reviewer]\n' : '';
    yield [`people/${login}.yaml`, `login: ${login}\ngithubId: ${githubId}\nname: ${login}\n${roles}`];
  }
}

function* miniapp(n: number, random: () => number, hasPending: boolean): Iterable<[string, string]> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const phrase = (): string => Array.from({ length: 4 }, () => pick(WORDS)).join(' ');
  const id = miniappId(n);
  const folder = `miniapps/${id}`;
  const isPanel = random() < 0.3;
  const admin = pick(PEOPLE);
  const developer = pick(PEOPLE.filter((login) => login !== admin));
  const regions = REGIONS.filter(() => random() < 0.6)
    .concat('EU')
    .filter((region, at, all) => all.indexOf(region) === at);
  const others = APPS.slice(1).filter(() => random() < 0.5);
  yield [
    `${folder}/avatar.svg`,
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#38f"/></svg>\n',
  ];
  yield [
    `${folder}/miniapp.yaml`,
    `# yaml-language-server: $schema=../../../schemas/miniapp.schema.json
id: ${id}
type: ${isPanel ? 'panel' : 'smart'}
name: { en: Miniapp ${n}, zh: 小程序 ${n} }
description:
  en: ${phrase()}
  zh: 说明 ${n}
avatar: avatar.svg
category: ${pick(['home', 'energy', 'light', 'security'])}
`,
  ];
  yield [
    `${folder}/members.yaml`,
    `members:\n  - { login: ${admin}, role: admin }\n  - { login: ${developer}, role: developer }\n`,
  ];
  yield [
    `${folder}/trafficking.yaml`,
    `trafficking:\n${[APPS[0], ...others].map((app) => `  - app: ${app}\n    regions: [${regions.join(', ')}]\n`).join('')}`,
  ];
  const accounts = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, k) => `qa-${n}-${k}@example.com`);
  yield [
    `${folder}/whitelist.yaml`,
    `whitelist:\n${accounts.map((account) => `  - app: ${APPS[0]}\n    account: ${account}\n    note: ${phrase()}\n`).join('')}`,
  ];
  const origins = (what: string): string =>
    `  ${what}:\n${regions.map((region) => `    ${region}: [https://${what}-${n}.${region.toLowerCase()}.example.com]\n`).join('')}`;
  const lists = ['request', 'upload', 'download', 'static'].map(origins).join('');
  yield [`${folder}/domains.yaml`, `domains:\n${lists}`];
  const versions = Array.from({ length: 4 + Math.floor(random() * 3) }, (_, k) => `1.${k}.0`);
  const online = versions.at(-3)!;
  const previous = versions.slice(0, -3).toReversed();
  yield [
    `${folder}/release.yaml`,
    `online: { version: ${online}, enabled: true }\nexperience: { version: ${versions.at(-1)} }\nprevious: [${previous.join(', ')}]\n`,
  ];
  for (const [k, version] of versions.entries()) {
    const day = String(1 + k * 3).padStart(2, '0');
    const sha256 = Array.from({ length: 8 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
    const isPending = hasPending && k === versions.length - 2;
    const status = k < versions.length - 2 ? 'approved' : isPending ? 'pending' : undefined;
    const reviewed = status === 'approved' ? `, reviewedBy: ${REVIEWER}` : '';
    const review = status ? `review: { status: ${status}, submittedBy: ${developer}${reviewed} }\n` : '';
    yield [
      `${folder}/versions/${version}.yaml`,
      `# yaml-language-server: $schema=../../../../schemas/version.schema.json
version: ${version}
description: ${phrase()}
uploadedBy: ${developer}
uploadedAt: 2026-10-${day}T08:00:00Z
package: { sha256: '${sha256}', bytes: ${100_000 + Math.floor(random() * 2_000_000)}, files: ${10 + Math.floor(random() * 600)} }
baseLibrary: 2.14.2
kits: { BaseKit: 3.10.4, MiniKit: 3.1.0, DeviceKit: 4.0.${k} }
pages: [pages/index/index, ${Array.from({ length: 5 }, (_, page) => `pages/${pick(WORDS)}${page}/index`).join(', ')}]
origins: [https://request-${n}.eu.example.com]
${review}`,
    ];
  }
}
