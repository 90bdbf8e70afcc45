/**
 * Keys and tokens in a package: whoever gets the package reads them. Forms with a mark of their own alone (the prefixes that services give
 * their tokens so that they can be found, PEM's first line), so that hardly anything else is taken for one.
 */
import type { Findings } from '../project/finding.ts';
import { readBytes, type Content } from '../project/content.ts';
import type { Tree } from '../project/tree.ts';
import { shellWord } from '../core/tool-command.ts';

/** The first line of a private key. */
const PEM = '-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----';

/** What it is, and its form: letters, digits and signs of the services' own descriptions. */
const FORMS: readonly (readonly [what: string, form: string])[] = [
  // With what follows it: libraries that read and write keys have the line alone.
  ['a private key', String.raw`${PEM}[ \t]{0,8}(?:\\[rn]|[\r\n])(?:\\[rn]|\s){0,8}[A-Za-z0-9+/=]{4}`],
  ['a private key', String.raw`${PEM}(?:\\[rn]){0,2}["'\x60][\s+,]{1,80}["'\x60][A-Za-z0-9+/=]{16}`],
  ['a private key', String.raw`${PEM} {1,4}[A-Za-z0-9+/=]{32}`],
  ['a private key of PuTTY', String.raw`PuTTY-User-Key-File-[23]: `],
  ['a token of GitHub', String.raw`\bgh[pousr]_[A-Za-z0-9]{36,100}`],
  ['a token of GitHub', String.raw`\bgithub_pat_[A-Za-z0-9_]{40,100}`],
  ['a token of GitLab', String.raw`\bgl(?:pat|ptt|rt|dt|soat|cbt|ft|oas)-[A-Za-z0-9_-]{20,80}`],
  ['a key of AWS', String.raw`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`],
  [
    'a secret of AWS',
    String.raw`(?:[sS]ecret_?[aA]ccess_?[kK]ey|SECRET_ACCESS_KEY)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
  ],
  ['a key of Alibaba Cloud', String.raw`\bLTAI[A-Za-z0-9]{16,24}\b`],
  ['a key of Tencent Cloud', String.raw`\bAKID[A-Za-z0-9]{32}\b`],
  ['a secret of Google', String.raw`\bGOCSPX-[A-Za-z0-9_-]{28}`],
  ['a token of Google', String.raw`\bya29\.[A-Za-z0-9_-]{40,80}`],
  ['a token of Slack', String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{20,80}`],
  ['a webhook of Slack', String.raw`hooks\.slack\.com/services/T[A-Z0-9]{8,80}/B[A-Z0-9]{8,80}/[A-Za-z0-9]{20,80}`],
  ['a key of Stripe', String.raw`\b[rs]k_live_[A-Za-z0-9]{20,80}`],
  ['a token of npm', String.raw`\bnpm_[A-Za-z0-9]{36}\b`],
  [
    'a token of a registry of packages',
    String.raw`:_(?:authToken|auth|password)[ \t]*=[ \t]*["']?[A-Za-z0-9+/=_.-]{16,200}`,
  ],
  ['a token of Yarn', String.raw`\bnpmAuth(?:Token|Ident)["']?[ \t]*:[ \t]*["']?[A-Za-z0-9+/=_:.-]{16,200}`],
  ['a token of PyPI', String.raw`\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,200}`],
  ['a token of Docker', String.raw`\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{27,80}`],
  ['a key of OpenAI', String.raw`\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80}`],
  ['a key of Anthropic', String.raw`\bsk-ant-[a-z0-9]+-[A-Za-z0-9_-]{40,80}`],
  ['a token of Hugging Face', String.raw`\bhf_[A-Za-z0-9]{34,80}\b`],
  ['a key of SendGrid', String.raw`\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`],
  ['a token of DigitalOcean', String.raw`\bdo[opr]_v1_[a-f0-9]{64}\b`],
  ['a token of Telegram', String.raw`\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b`],
  ['a key of Azure', String.raw`\bAccountKey=[A-Za-z0-9+/]{86}==`],
  ['a token of Shopify', String.raw`\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b`],
  ['a key of age', String.raw`\bAGE-SECRET-KEY-1[A-Z0-9]{58}`],
];
const ALL = new RegExp(FORMS.map(([, form], i) => `(?<f${i}>${form})`).join('|'), 'g');

/** Files that are there to hold keys, whatever their form. */
const KEY_STORES =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[._]netrc|\.git-credentials|\.pypirc|\.htpasswd|\.aws\/credentials|\.docker\/config\.json|\.dockercfg|\.kube\/config|[^/]*\.(?:p12|pfx|jks|keystore|ppk))$/i;

/** Settings by lines, whose names say which of them are secret. An `.env` is no part of a package (`project/ignored.ts`). */
const SETTINGS = /(?:^|\/)\.npmrc$/i;
const SETTING = /^[ \t]*([\w.:/@-]{1,200})[ \t]*=[ \t]*["']?([^\s"'#]{8,})/;
const SECRET_NAME = /secret|passw|token|_auth$|private_?key|api_?key|access_?key/i;
/** What is filled in elsewhere, or by whoever copies the file. */
const UNFILLED = /[$<{]|^(?:your|change|replace|example|placeholder|xxx|todo)/i;
/** Bytes of such a file that are read. */
const SETTINGS_READ = 256 * 1024;

/** Bytes that a form can be long, read again with the piece after. */
const OVERLAP = 512;

/** Reports each file with a secret, but for those that are allowed by their paths in the package. */
export function refuseSecrets(files: Tree, content: Content, allowed: ReadonlySet<string>, findings: Findings): void {
  for (const { path, bytes } of files.values()) {
    if (allowed.has(path)) continue;
    const what = KEY_STORES.test(path)
      ? 'keys, by its name'
      : (secretIn(content, path, bytes) ?? secretSetting(content, path, bytes));
    if (what !== undefined) findings.add('package-secret', path, { file: path, what, word: shellWord(path) });
  }
}

/** What a file holds, with its line. Throws nothing: what cannot be read was told before. */
function secretIn(content: Content, path: string, bytes: number): string | undefined {
  let rest = '';
  let lines = 1;
  let found: string | undefined;
  content.each(path, bytes, (chunk) => {
    if (found !== undefined) return;
    // UTF-16 has a zero beside each of these characters.
    const read = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1').replaceAll('\0', '');
    const text = rest + read;
    for (const match of text.matchAll(ALL)) {
      if (isPlaceholder(match[0])) continue;
      const form = FORMS.findIndex((_, i) => match.groups?.[`f${i}`] !== undefined);
      const line = lines + count(text.slice(0, match.index));
      found = `${FORMS[form]![0]} (line ${line})`;
      return;
    }
    rest = text.slice(-OVERLAP);
    lines += count(text.slice(0, text.length - rest.length));
  });
  return found;
}

/** The first secret of a file of settings, by its name. */
function secretSetting(content: Content, path: string, bytes: number): string | undefined {
  if (!SETTINGS.test(path) || bytes > SETTINGS_READ) return undefined;
  const lines = Buffer.from(readBytes(content, path, SETTINGS_READ))
    .toString('utf8')
    .split('\n');
  for (const [i, line] of lines.entries()) {
    const [, name = '', value = ''] = SETTING.exec(line) ?? [];
    if (SECRET_NAME.test(name) && !UNFILLED.test(value) && !isPlaceholder(value))
      return `a secret setting (line ${i + 1})`;
  }
  return undefined;
}

const count = (text: string): number => text.split('\n').length - 1;

/**
 * Examples are written with few different characters after the mark: `ghp_xxxxxxxx…`, or end as those of AWS's documentation do:
 * `AKIAIOSFODNN7EXAMPLE`. A line that begins a key has no such part.
 */
function isPlaceholder(found: string): boolean {
  if (found.startsWith('-----')) return false;
  return new Set(found.slice(-20)).size < 6 || /EXAMPLE(?:KEY)?$/.test(found);
}
