/**
 * A real portal of a repository whose whitelists, present and former, are planted in every text, in every spelling: no built file
 * holds an account in any form that a reader could use.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeRepositories, repository } from '../../scripts/fixtures/repository.ts';
import { PANEL, SMART } from '../../scripts/fixtures/workspace.ts';

const PRESENT = { mail: 'present.tester@rare-domain.example', phone: '+4917012345678', id: 'eu1623847561029abcde' };
const FORMER = { mail: 'former.tester@other-domain.example', phone: '+4930987654321', id: 'ay1623847561030fghij' };
const GONE = { mail: 'gone.tester@third-domain.example', phone: '+4940111222333', id: 'us1623847561031klmno' };
const EVERYBODY = [PRESENT, FORMER, GONE];

/** One account after the other, in one spelling after the other. */
const spellings = (text: string): string[] => {
  const full = [...text].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('');
  const entities = [...text].map((one) => `&#${one.charCodeAt(0)};`).join('');
  return [text, text.toUpperCase(), encodeURIComponent(text), full, entities, [...text].join('\u200B'), `'${text}'x`];
};
const phoneSpellings = (phone: string): string[] => {
  const digits = phone.slice(1);
  const parts = [digits.slice(0, 2), digits.slice(2, 5), digits.slice(5)];
  return [
    ...spellings(phone),
    `00${digits}`,
    `+${parts.join('-')} 2`,
    `0${digits.slice(2)}`,
    `+${parts.join(' ')} (2)`,
    digits,
  ];
};
const PLANTED = EVERYBODY.flatMap(({ mail, phone, id }) => [
  ...spellings(mail),
  ...phoneSpellings(phone),
  ...spellings(id),
]);

/** A text for people, of at most so many characters, that holds some of them; each call takes the next. */
let next = 0;
function planted(limit = 900): string {
  let text = 'x';
  for (let taken = 0; taken < PLANTED.length; taken++) {
    const one = PLANTED[next % PLANTED.length]!;
    if (text.length + one.length + 3 > limit) break;
    text += ` ${one},`;
    next += 1;
  }
  return JSON.stringify(text);
}

let dir: string;

beforeAll(async () => {
  const own = repository();
  const rows = ({ mail, phone, id }: typeof PRESENT) =>
    [mail, phone, id]
      .map((account) => `  - { app: smart-life, account: "${account}", note: "Note of ${id}" }\n`)
      .join('');
  const whitelist = (who: readonly (typeof PRESENT)[]) => `whitelist:\n${who.map(rows).join('')}`;
  own.write(`miniapps/${SMART}/whitelist.yaml`, whitelist([PRESENT, FORMER]));
  own.write(`miniapps/${PANEL}/whitelist.yaml`, whitelist([GONE]));
  own.commit({ message: 'lists' });
  own.write(`miniapps/${SMART}/whitelist.yaml`, whitelist([PRESENT]));
  own.remove(`miniapps/${PANEL}/whitelist.yaml`);
  own.write(
    `miniapps/${SMART}/miniapp.yaml`,
    `id: ${SMART}\ntype: smart\nname: { en: ${planted(78)}, zh: ${planted(78)} }\ndescription: { en: ${planted()}, zh: ${planted()} }\navatar: avatar.svg\ncategory: ${planted(78)}\n`,
  );
  const keys = EVERYBODY.flatMap(({ mail, phone, id }) => [
    mail,
    `a.${mail}`,
    phone,
    `x-${id}`,
    encodeURIComponent(mail),
  ]);
  const strings = keys.map((key) => `    ${JSON.stringify(key)}: ${planted(1900)}\n`).join('');
  own.write(`miniapps/${SMART}/languages.yaml`, `strings:\n  en:\n${strings}`);
  own.write(
    `miniapps/${SMART}/scenarios.yaml`,
    `scenarios:\n${EVERYBODY.map(({ mail, id }) => `  - name: ${planted()}\n    app: smart-life\n    region: EU\n    account: ${mail}\n    device: ${id}\n    expect: { opens: 1.1.0 }\n`).join('')}`,
  );
  const pages = EVERYBODY.map(({ id, phone }) => `pages/${id}/${phone.slice(1)}`);
  own.write(
    `miniapps/${SMART}/versions/1.9.0.yaml`,
    `version: 1.9.0\ndescription: ${planted()}\nuploadedBy: alice\nuploadedAt: 2026-11-20T08:00:00Z\npages: [${pages.join(', ')}]\norigins: ["https://${PRESENT.mail}", "https://${FORMER.id}.example.com"]\nreview: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: ${planted()} }\n`,
  );
  own.write('people/zoe.yaml', `login: zoe\ngithubId: 777\nname: ${planted(78)}\n`);
  own.edit(
    'platform.yaml',
    'review: {',
    'portal: { repository: example-org/registry, url: https://example.org/ }\nreview: {',
  );
  own.commit({ message: 'texts' });
  const { code, err, out } = await own.run('portal', 'build', '--out', 'dist');
  if (code !== 0) throw new Error(`the portal was not built: ${err}${out}`);
  dir = join(own.home, 'dist');
});
afterAll(removeRepositories);

/** A file as its readers may take it: as it stands, and without the escapes of HTML, JSON and addresses, invisible and wide characters. */
function readings(text: string): string[] {
  const plain = text
    .replace(/&amp;/g, '&')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/%([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\u200B/g, '')
    .normalize('NFKC');
  return [text, plain].map((one) => one.toLowerCase());
}

test('no built file holds an account, present or former, or the note beside one', () => {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const secrets = EVERYBODY.flatMap(({ mail, id }) => [...mail.split('@'), id, `note of ${id}`]);
  const numbers = EVERYBODY.map(({ phone }) => phone.slice(3));
  const leaks: string[] = [];
  let masks = 0;
  for (const name of files.filter((file) => /\.\w+$/.test(file))) {
    const text = readFileSync(join(dir, name), 'utf8');
    masks += text.split('•••').length - 1;
    for (const reading of [...readings(text), name.toLowerCase()]) {
      const digits = reading.replace(/(?<=\d)[\s().-]{1,3}(?=\d)/g, '');
      for (const secret of secrets) if (reading.includes(secret)) leaks.push(`${secret} in ${name}`);
      for (const number of numbers) if (digits.includes(number)) leaks.push(`${number} in ${name}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(masks).toBeGreaterThan(200);
});

test('what stays can be read, and the files lead to each other', () => {
  const document = JSON.parse(readFileSync(join(dir, `api/v1/miniapps/${SMART}.json`), 'utf8')) as {
    strings: { en: Record<string, string> };
    whitelist: { account: string }[];
  };
  expect(Object.keys(document.strings.en)).toHaveLength(15);
  expect(document.whitelist.map(({ account }) => account)).toEqual(['p•••@•••', '+49•••', 'eu•••e']);
});
