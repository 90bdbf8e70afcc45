/** Known accounts in every spelling, what looks like one, and what must stay readable. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskAccount } from '../identity/account.ts';
import { redactor } from './index.ts';

const MAIL = 'qa.lead@example.com';
const PHONE = '+491701234567';
const ID = 'eu1623847561029abcde';
const ODD = "o'neil*x_/=?{y}|~!#$%&@corp.example.org";
const DIGEST = 'hmac:0a1b2c3d:00112233445566778899aabbccddeeff';
const known = redactor([MAIL, PHONE, ID, ODD, DIGEST, '+14155552671', 'walter-qa', '1623847561030']);
const unknown = redactor([]);

const [mail, phone, id] = [MAIL, PHONE, ID].map(maskAccount);

describe('a mask helps its owner alone', () => {
  test.each([
    ['qa.lead@example.com', 'q•••@•••'],
    ['someone@gmail.com', 's•••@gmail.com'],
    ['qa@qq.com', '•••@qq.com'],
    ["'x'@y.museum", '•••@•••'],
    ['+491701234567', '+49•••'],
    ['+14155552671', '+1•••'],
    ['+8613800138000', '+86•••'],
    ['+3531234567', '+353•••'],
    ['+2901234', '+•••'],
    ['eu1623847561029abcde', 'eu•••e'],
    ['eu1623', '•••'],
    ['', '•••'],
  ])('%s is %s', (account, mask) => expect(maskAccount(account)).toBe(mask));
});

describe('a known account is masked', () => {
  test.each([
    [`Broken for '${MAIL}'`, `Broken for '${mail}'`],
    [`\`${MAIL}\``, `\`${mail}\``],
    [`?user=${MAIL}&x=1`, `?user=${mail}&x=1`],
    [`**${MAIL}**`, `**${mail}**`],
    [`${MAIL.toUpperCase()}.`, `${mail}.`],
    [`mailto:${MAIL}?subject=x`, `mailto:${mail}?subject=x`],
    ['qa.lead%40example.com', mail],
    ['qa%2Elead%2540example%252Ecom', mail],
    ['qa.lead&#64;example&period;com', mail],
    ['qa.lead&amp;#x40;example.com', mail],
    [String.raw`qa.lead\u0040example.com qa\.lead\@example\.com`, `${mail} ${mail}`],
    ['qa.lead@<!-- -->example.com, qa.lead@<wbr>example.com', `${mail}, ${mail}`],
    ['qa.\u200Blead@ex\u00ADample.\uFEFFcom', mail],
    ['ｑａ．ｌｅａｄ＠ｅｘａｍｐｌｅ．ｃｏｍ', mail],
    ['𝐪𝐚.𝗅𝖾𝖺𝖽@example。com', mail],
    ['qa.le\u0301ad@example.com', mail],
    ['"qa.lead"@example.com', mail],
    ['qa.lead (at) example [dot] com', mail],
    ['qa.lead at example dot com', mail],
    ['qa.lead at example.com', mail],
    ['qa.lead @ example . com', mail],
    ['请联系qa.lead@example.com处理', `请联系${mail}处理`],
    [`cc:${MAIL};${MAIL}`, `cc:${mail};${mail}`],
    [ODD, maskAccount(ODD)],
    [`x ${ODD}y`, `x ${maskAccount(ODD)}y`],
    ['+491701234567 2 times', `${phone} 2 times`],
    ['+491701234567 (2 devices)', `${phone} (2 devices)`],
    ['+491701234567 2026-11-20', `${phone} 2026-11-20`],
    ['0049 (170) 123-4567', phone],
    ['(+49) 170/123 4567', `(${phone}`],
    ['+49 (0)170 1234567', phone],
    ['+49.170.123.45.67', phone],
    ['491701234567', phone],
    ['0170 1234567', phone],
    ['0170-12 34 567.', `${phone}.`],
    ['a491701234567b', `a${phone}b`],
    ['%2B491701234567', phone],
    ['+４９１７０１２３４５６７', phone],
    ['+٤٩ ١٧٠ ١٢٣٤٥٦٧', phone],
    ['+49\u00A0170\u20111234567', phone],
    ['+49\u200B170\u200B1234567', phone],
    ['tel:+491701234567', `tel:${phone}`],
    ['(415) 555-2671', `(+1•••`],
    [`${ID}- …`, `${id}- …`],
    [ID.toUpperCase(), id],
    [`x${ID}y_${ID}`, `x${id}y_${id}`],
    [`${ID.slice(0, 5)}\u200D${ID.slice(5)}`, id],
    [`#${ID}: _${ID}_`, `#${id}: _${id}_`],
    ['Ask Walter-QA or walter-qa-2', 'Ask ••• or •••-2'],
    ['1623 8475 61030', maskAccount('1623847561030')],
    ['qa.lead=40example.com', mail],
    ['qa=2Elead=40exam=\nple=2Ecom', mail],
    ['q a . l e a d @ e x a m p l e . c o m', mail],
    ['q a lead (at) e x a m p l e dot com', mail],
    ['q-a-.-l-e-a-d-@-e-x-a-m-p-l-e-.-c-o-m', mail],
    ['qa.lead@exam\nple.com', mail],
    ['qa.\n> lead@example\n> .com', mail],
    ['qalead @ example com', mail],
    ['moc.elpmaxe@dael.aq', 'm•••@•••'],
    ['49*170*123*4567', phone],
    ['+49:170:1234567, 0170*123*4567', `${phone}, ${phone}`],
    ['4…9…1…7…0…1…2…3…4…5…6…7', phone],
    ['eu16-2384-7561-029a-bcde', id],
    ['e u 1 6 2 3 8 4 7 5 6 1 0 2 9 a b c d e', id],
    ['w a l t e r - q a', maskAccount('walter-qa')],
    ['qa.lead%u0040example.com %u0071a.lead@example%u002Ecom', `${mail} ${mail}`],
    ['qa.lead(a)example.com, qa.lead [a] example.com', `${mail}, ${mail}`],
    ['7654321071 94, 765-4321-071-94', `${phone}, ${phone}`],
    ['edcba9201657483261ue x', `${id} x`],
    [DIGEST, maskAccount(DIGEST)],
    [`| ${DIGEST.slice(14)} |`, `| ${maskAccount(DIGEST)} |`],
  ])('%j', (said, heard) => expect(known.text(said)).toBe(heard));

  test('the longest known names what is masked', () => {
    const two = redactor(['qa@example.com', 'a@example.com', 'qa@example.com.cn', 'team-a', 'team-a-tester9']);
    expect(two.text('qa@example.com.cn team-a-tester9')).toBe('•••@••• te•••9');
    expect(two.text('aqa@example.com')).toBe('a•••@•••');
  });

  test('a name for machines keeps ordinary words', () => {
    const names = redactor(['index', ID, MAIL]);
    expect(names.text('index')).toBe('•••');
    expect(names.name(`pages/index/${ID}`)).toBe(`pages/index/${id}`);
    expect(names.name(`https://${MAIL}/`)).toBe(`https://${mail}/`);
  });
});

describe('what looks like an account is masked', () => {
  test.each([
    ['write to help@example.com!', 'write to h•••@•••!'],
    ["'help@example.com'", "'h•••@•••'"],
    ['käthe@müller.de', 'k•••@•••'],
    ['用户@例子.公司', '•••@•••'],
    ['git@github.com:x/y', 'g•••@•••:x/y'],
    ['user (at) example (dot) com', 'u•••@•••'],
    ['user at example dot com', 'u•••@•••'],
    ['+1 555 0100', '+1•••'],
    ['+44 20 7946 0958', '+44•••'],
    ['0044 20 7946 0958', '+44•••'],
    ['tel:0170-1234567', 'tel:•••'],
    ['https://wa.me/4917012345', 'https://wa.me/•••'],
  ])('%j', (said, heard) => expect(unknown.text(said)).toBe(heard));
});

describe('what is none stays', () => {
  test.each([
    'Version 1.2.3 (2026-01-01), 1.10.0-rc.1, 1.0.0+20130313144700, ^4.17.21 || >=5',
    'lodash@4.17.21, react@18.0.0-rc.1, icon@2x.png, @scope/package, @alice, a+b@c, user@localhost',
    '2026-11-20T08:00:00Z 2026-11-20T08:00:00+0100 20261120 08:00-17:00 1700000000000',
    '9f2c8a4e1b7d6053c8e9f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6 f2fc018 00112233-4455-6677-8899-aabbccddeeff',
    'tysmart0000000001 ty4f0c2a9b71de83xk vdevo172072913903404',
    'http://localhost:8080/path?x=1&y=%20, https://api.example.com:8443/v1/0049170',
    'Available at example.com; look at it. Meet at 10.30 at home @ work',
    'C++17, UTC+8, +5 %, 100 %, 1,000,000 and 2.000.000, Hotel: 12345, 3 + 4 = 7',
    '第1.2.0版：修复了登录问题（2026年11月20日），支持100%的设备。',
    '\\ & % < > &amp; <!-- --> \u200B',
    'a@b a@.com @@ ... @',
    'size=40&x=2E timeout=40px.io data=40example.org, qa.lead.example.com, lead @ example.org, walter qa',
    'step (a) node.js, option [a] example.org: (a) (b) (c)x.yz, 100 %u and %u0g, 50%update',
    `5d41402abc4b2a76b9719d911017c592 f${DIGEST.slice(14)}0`,
    '1, 2, 3, 49, 170 and 12; 第49版170个; 4 9 1 7; qa lead at the example of com',
    '',
  ])('%j', (text) => {
    expect(unknown.text(text)).toBe(text);
    expect(known.text(text)).toBe(text);
  });
});

/** Spellings that must not help: each takes an account and gives the same in another form. */
const EVERYWHERE: readonly ((account: string) => string)[] = [
  (account) => account,
  (account) => account.toUpperCase(),
  encodeURIComponent,
  (account) => encodeURIComponent(encodeURIComponent(account)),
  (account) => [...account].map((one) => `&#${one.codePointAt(0)};`).join(''),
  (account) => [...account].map((one) => `&#x${one.codePointAt(0)!.toString(16)};`).join(''),
  (account) => [...account].join('\u200B'),
  (account) => [...account].map((one) => (one > ' ' ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)).join(''),
  (account) => account.replace(/[^a-z0-9]/gi, String.raw`\$&`),
];
const PHONES: readonly ((digits: string) => string)[] = [
  (digits) => `+${digits}`,
  (digits) => `00${digits}`,
  (digits) => digits,
  (digits) => `+${digits.slice(0, 2)} (${digits.slice(2, 5)}) ${digits.slice(5)}`,
  (digits) => `+${digits.replace(/(\d{3})(?=\d)/g, '$1-')}`,
  (digits) => `+${digits.replace(/(\d{2})(?=\d)/g, '$1.')}`,
  (digits) => `tel:+${digits}`,
];
const word = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/);
const email = fc
  .tuple(fc.stringMatching(/^[a-z0-9][a-z0-9.!#$'*+/=?^_`{|}~-]{2,12}$/), word, word)
  .map(([a, b, c]) => `${a}@${b}.${c}x`);
const digits = fc.stringMatching(/^[1-9][0-9]{9,13}$/);
const userId = fc.stringMatching(/^[a-z]{2}[0-9]{10}[a-z]{3}$/);
const around = fc.string({
  unit: fc.constantFrom(...'abuxzAZ0149 \'"`*_-/=?{}|~!#$%&()[]<>.,:;@+\\äé中。\u200B\n'),
  maxLength: 6,
});

test('between any characters, in any spelling, nothing of an account stays', () => {
  const spelled = fc.oneof(
    fc
      .tuple(fc.oneof(email, userId), fc.constantFrom(...EVERYWHERE))
      .map(([account, spell]) => ({ account, said: spell(account) })),
    fc
      .tuple(digits, fc.constantFrom(...PHONES))
      .map(([number, spell]) => ({ account: `+${number}`, said: spell(number) })),
  );
  fc.assert(
    fc.property(around, spelled, around, (before, { account, said }, after) => {
      const heard = redactor([account]).text(`${before}${said}${after}`);
      expect(heard).toContain('•••');
      expect(heard).not.toContain(said);
      const [local = ''] = account.split('@');
      if (!account.startsWith('+')) expect(heard.toLowerCase()).not.toContain(local);
    }),
    {
      numRuns: 3000,
      examples: [
        ['&#', { account: '00!@a00.aaax', said: '00!%40a00.aaax' }, ''],
        ['%4', { account: '0a!x@a00.aaax', said: '0a!x%40a00.aaax' }, ''],
      ],
    },
  );
});

test.each([
  ['&#', '12!x@example.com', '12!x%40example.com'],
  ['&#x', 'be!x@example.com', 'be!x%2540example.com'],
  ['%', '40ab@example.com', '40ab%40example.com'],
  ['%4', '0a!x@example.com', '0a!x&#64;example.com'],
  ['%e4%b8%a', 'aqa@example.com', 'aqa%40example.com'],
  ['\\', 'u0041x@example.com', 'u0041x%40example.com'],
  [String.raw`\u00`, '41-x@example.com', '41-x%40example.com'],
  ['&amp;#', '12!x@example.com', '12!x%40example.com'],
  ['&#', '+4915112345678', '49151%2012345678'],
  ['&#', '+4915112345678', '49151&#49;2345678'],
  ['%', '40#x@example.com', '40%23x%2540example.com'],
  ['<!-- ', 'qa.lead@example.com', 'qa.lead%40example.com -->'],
  ['<!-- ', 'qa.lead@example.com', 'qa.lead&#64;example&#46;com -->'],
])('%s before %s takes nothing of it', (before, account, said) => {
  // Others begin with the digits of what is escaped.
  const others = ['+4070123456', '+4670123456', '64@example.org', '46@example.org', '0x@example.org'];
  const heard = redactor([account, ...others]).text(before + said);
  expect(heard).toContain('•••');
  expect(heard.replace(maskAccount(account), '')).not.toContain(said.slice(0, 2));
  expect(heard).not.toMatch(/example|345678/);
});

test('what is masked stays as it is when it is masked again', () => {
  const text = `${MAIL} +491701234567 ${ID} someone@gmail.com +44 20 7946 0958`;
  const once = known.text(text);
  expect(known.text(once)).toBe(once);
  expect(unknown.text(once)).toBe(once);
});
