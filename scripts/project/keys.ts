/**
 * Which texts a project uses: keys named in `I18n.t('key')` and its like, in `"@I18n.t('key')"` of a JSON file and in markup. Keys are also
 * handed around as plain texts, and put together from parts, so every text of the code is kept as one that may be a key.
 */
import { folderContent, readBytes } from './content.ts';
import { isMember } from './code/names.ts';
import { eachChild, isScript, parseExpressionOf, parseScript, SyntaxFault, type Syntax } from './code/syntax.ts';
import { Findings } from './finding.ts';
import { LIMITS } from './limits.ts';
import { reasonOf, readTree } from './tree.ts';

/** As `UsedKeys` of the core has it. */
export interface ProjectKeys {
  readonly named: Set<string>;
  readonly mentioned: Set<string>;
  readonly prefixes: string[];
  /** Files that could not be read, each with the reason. */
  readonly unread: string[];
}

/** Where a project keeps its texts: they are what is asked about, and use nothing. */
const OWN_TEXTS = /(?:^|\/)i18n\/(?:.*\/)?strings?\.[^/]*$|(?:^|\/)strings\.json$/;
const MARKUP = /\.(?:tyml|wxml|axml|ttml|html?)$/i;
const TRANSLATORS: ReadonlySet<string> = new Set(['t', 'getLang', 'formatValue', 'hasLang', 'getLangByCode']);

/** Reads the project's folder; a file that cannot be read is named and passed over. */
export function keysInProject(root: string): ProjectKeys {
  const keys: ProjectKeys = { named: new Set(), mentioned: new Set(), prefixes: [], unread: [] };
  const content = folderContent(root);
  let total = 0;
  for (const { path, bytes } of readTree(root, new Findings(root)).values()) {
    const isRead = isScript(path) || MARKUP.test(path) || /\.json$/i.test(path);
    if (!isRead || OWN_TEXTS.test(path)) continue;
    total += bytes;
    if (bytes > LIMITS.source || total > LIMITS.sources) {
      keys.unread.push(`${path}: too large`);
      continue;
    }
    let text: string;
    try {
      text = new TextDecoder().decode(readBytes(content, path, LIMITS.source));
    } catch (error) {
      keys.unread.push(`${path}: ${reasonOf(error)}`);
      continue;
    }
    try {
      take(path, text, keys);
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      keys.unread.push(`${path}: ${error.message}`);
    }
  }
  return keys;
}

function take(path: string, text: string, keys: ProjectKeys): void {
  for (const [, , key] of text.matchAll(/@I18n\.t\(\s*(['"])(.*?)\1\s*\)/g)) keys.named.add(key!);
  if (isScript(path)) return walk(parseScript(path, text), keys);
  if (!MARKUP.test(path)) return;
  for (const [, double, single] of text.matchAll(/"([^"]*)"|'([^']*)'/g)) keys.mentioned.add(double ?? single ?? '');
  for (const [, expression] of text.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    const tree = parseExpressionOf(expression!);
    if (tree) walk(tree, keys);
  }
}

/** Takes the texts of a tree; with a stack of its own, since bundles nest deep. */
function walk(tree: Syntax, { named, mentioned, prefixes }: ProjectKeys): void {
  const rest: Syntax[] = [tree];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === 'StringLiteral') mentioned.add(node.value);
    const start = beginningOf(node);
    if (start !== undefined) prefixes.push(start);
    const whole =
      node.type === 'TemplateLiteral' && node.quasis.length === 1 ? node.quasis[0]!.value.cooked : undefined;
    if (typeof whole === 'string') mentioned.add(whole);
    const [first] = 'arguments' in node ? node.arguments : [];
    if (first?.type === 'StringLiteral' && 'callee' in node && isTranslator(node.callee)) named.add(first.value);
    const ownName = 'key' in node && !('computed' in node && node.computed) ? node.key : undefined;
    eachChild(node, (child) => {
      // The key of a map's entry is a name of its own.
      if (child !== ownName || child.type !== 'StringLiteral') rest.push(child);
    });
  }
}

/** How a text that is put together begins. */
function beginningOf(node: Syntax): string | undefined {
  if (node.type === 'TemplateLiteral' && node.quasis.length > 1) return node.quasis[0]!.value.cooked || undefined;
  const isSum = node.type === 'BinaryExpression' && node.operator === '+';
  return isSum && node.left.type === 'StringLiteral' ? node.left.value || undefined : undefined;
}

/** `I18n.t(…)`, `Strings.getLang(…)`, however the object is called, but for `t`, which others have too. */
function isTranslator(callee: Syntax): boolean {
  if (!isMember(callee)) return false;
  const { object, property } = callee;
  if (property.type !== 'Identifier' || !TRANSLATORS.has(property.name)) return false;
  const named = isMember(object) ? object.property : object;
  return named.type === 'Identifier' && /i18n|strings?$/i.test(named.name);
}
