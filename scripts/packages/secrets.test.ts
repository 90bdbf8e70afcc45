/** What is taken for a key or a token, and what only looks like one. */
import { expect, test } from 'vitest';
import { Findings } from '../project/finding.ts';
import { refuseSecrets } from './secrets.ts';

function isRefused(path: string, text: string | Uint8Array): boolean {
  const bytes = Buffer.from(text as string);
  const content = {
    each(_path: string, _limit: number, take: (chunk: Uint8Array) => void): number {
      take(bytes);
      return bytes.length;
    },
  };
  const findings = new Findings('.');
  refuseSecrets(new Map([[path, { path, bytes: bytes.length }]]), content, new Set(), findings);
  return findings.hasErrors;
}

/** So many characters, of many kinds; put together here, so that nobody takes this file for one that leaks. */
const some = (length: number): string => 'aoCQ4iwKYcqES6kyM0esGU8mAO2guIWb/xL9tR7pZ1vN3hJd'.repeat(3).slice(0, length);
const word = (length: number): string =>
  some(length + 3)
    .replaceAll('/', '')
    .slice(0, length);
const BEGIN = `-----BEGIN RSA ${'PRIVATE'} KEY-----`;

test.each([
  ['a private key', 'a.pem', `${BEGIN}\r\n${some(64)}\n`],
  ['one that is encrypted', 'a.pem', `${BEGIN}\nProc-Type: 4,ENCRYPTED\n`],
  ['one in a text of JSON', 'a.json', `{"private_key": "${BEGIN}\\n${some(64)}"}`],
  ['one in pieces', 'a.js', `const key = ["${BEGIN}",\n  "${some(64)}"].join("\\n")`],
  ['one in one line', 'a.yaml', `key: ${BEGIN} ${some(64)}`],
  ['a token in UTF-16', 'a.js', Buffer.from(`"ghp_${word(36)}"`, 'utf16le')],
  ["AWS's secret in code", 'a.js', `{ secretAccessKey: '${some(40)}' }`],
  ["AWS's secret in settings", 'deploy.sh', `export AWS_SECRET_ACCESS_KEY=${some(40)}`],
  ["npm's old way", '.npmrc', `_auth=${word(30)}`],
  ["npm's token", '.npmrc', `//registry.npmjs.org/:_authToken=${word(36)}`],
  ["Yarn's token", '.yarnrc.yml', `npmAuthToken: "${word(36)}"`],
  ["Docker's logins", '.docker/config.json', '{}'],
])('refused: %s', (_, path, text) => expect(isRefused(path, text)).toBe(true));

test.each([
  ['a public key', 'a.pem', `-----BEGIN PUBLIC KEY-----\n${some(64)}`],
  ['a certificate', 'a.crt', `-----BEGIN CERTIFICATE-----\n${some(64)}`],
  ['a public key of SSH', 'id_rsa.pub', `ssh-rsa AAAA${some(60)}`],
  ['code that looks for a key', 'a.js', `text.startsWith('${BEGIN}')`],
  ['code that writes one', 'a.js', `"${BEGIN}\\n"+this.wordwrap(this.getPrivateBaseKeyB64())+"\\n"`],
  ['a sentence about one', 'a.md', `It begins with ${BEGIN} and a line end.`],
  ['hashes', 'a.js', `var h="0ea4c268862c4ae00ea4c268862c4ae00ea4c268",s="sha512-${some(86)}=="`],
  ["an example of AWS's documentation", 'a.md', 'AKIAIOSFODNN7EXAMPLE'],
  ['a placeholder', 'a.md', `ghp_${'x'.repeat(36)}`],
  ['a setting to fill in', '.npmrc', '_password=your-password-goes-here'],
  ["npm's variable", '.npmrc', '//registry.npmjs.org/:_authToken=${NPM_TOKEN}'],
  ["npm's registry", '.npmrc', 'registry=https://registry.example.com'],
  [
    'code with such names',
    'a.js',
    'this._auth = context.getAuthenticator(); const token = await login(secretAccessKey)',
  ],
])('taken: %s', (_, path, text) => expect(isRefused(path, text)).toBe(false));
