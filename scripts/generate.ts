/**
 * Makes what is derived: from the rights by default the names of transitions in the schema of policies and its cases; from `schemas/` the TypeScript types and the compiled validators; from the core resolve.mjs; the table of folders
 * in README.md from the import rules, and the index of decisions. Writes CODEOWNERS from people/, too, which checks/codeowners.ts checks.
 *   node scripts/generate.ts           writes them
 *   node scripts/generate.ts --check   exit 1 when what is committed is not what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _, str, type CodeKeywordDefinition } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { decisionsTable } from './checks/decisions.ts';
import { areasTable, roomsTable } from './checks/areas.ts';
import { FIRST_LINE } from './core/hosts/resolve-program.ts';
import { DEFAULT_RIGHTS } from './core/policy/policy.ts';
import { resolutionMessages } from './core/problems/resolution-messages.ts';
import { schemas } from './read/schema-files.ts';

// CommonJS seen from an ES module: the function is the default export of the default export, which the types do not say.
const standalone = (standaloneModule as unknown as { default: typeof standaloneModule }).default;

const ROOT = join(import.meta.dirname, '..');
const NOTICE = 'Generated from schemas/ by `npm run generate`; do not edit.';

/** A `$ref` with a description beside it would become a type of its own; the reference alone is what the type needs. */
function bareReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareReferences);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string') return { $ref: value.$ref.replace('defs.schema.json', '') };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bareReferences(inner)]));
}

async function types(): Promise<string> {
  const kinds = schemas().filter(({ name }) => name !== 'defs');
  const all = {
    title: 'Everything',
    type: 'object' as const,
    properties: Object.fromEntries(kinds.map(({ name, schema }) => [name, bareReferences(schema)])),
    additionalProperties: false,
    $defs: Object.assign({}, ...schemas().map(({ schema }) => bareReferences(schema.$defs ?? {}))),
  };
  const text = await compile(all as never, 'Everything', {
    bannerComment: `/** ${NOTICE} */`,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return text;
}

const PROSE: ReadonlySet<string> = new Set(['title', 'description', 'examples']);

/** What a validator checks, without what only people read. A property may be called `description`, so maps of names are kept. */
function withoutProse(value: unknown, inNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== 'object' || value === null) return value;
  const bare = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => inNames || !PROSE.has(key))
      .map(([key, inner]) => [key, withoutProse(inner, !inNames && (key === 'properties' || key === '$defs'))]),
  );
  return bare;
}

/**
 * `uniqueItems` of ours: lists that must differ are lists of texts. ajv makes an object as a table for every list, which was
 * nearly half of the time of all validators, and for other lists calls methods that maps without a prototype do not have.
 */
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: {
    message: ({ params: { i, j } }) => str`must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
    params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}`,
  },
  code(context) {
    if (context.schema !== true) throw new Error('uniqueItems is true or left out');
    const own = context.gen.scopeValue('func', { ref: repeated, code: _`repeated` });
    const pair = context.gen.const('pair', _`${own}(${context.data})`);
    context.setParams({ i: _`${pair}.i`, j: _`${pair}.j` });
    context.fail(_`${pair} !== null`);
  },
};

/** The last entry that comes again, and where; null when none does. Few entries are compared, many are looked up. */
function repeated(list: readonly unknown[]): { i: number; j: number } | null {
  const seen = list.length > 32 ? new Map<unknown, number>() : null;
  for (let i = list.length - 1; i >= 0; i -= 1) {
    const j = seen ? (seen.get(list[i]) ?? -1) : list.indexOf(list[i], i + 1);
    if (j >= 0) return { i, j };
    if (seen) seen.set(list[i], i);
  }
  return null;
}

/** A module like every other, so that Vite loads it, too: the one helper that ajv's standalone code requires stands in it. */
function validators(): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(uniqueItems);
  const all = schemas();
  for (const { schema } of all) ajv.addSchema(withoutProse(schema) as object);
  const named = all.filter(({ name }) => name !== 'defs');
  const code = standalone(ajv, Object.fromEntries(named.map(({ name, schema }) => [name, schema.$id])));
  const helpers = [repeated, pattern, lengthOf].map(String).join('\n');
  const kinds = `export const validators = { ${named.map(({ name }) => name).join(', ')} };`;
  const own = withQuickPatterns(withoutCopies(withoutRequire(code))).replaceAll('export const ', 'const ');
  return `// ${NOTICE}\n${own}\n${helpers}\n${kinds}\n`;
}

/** The lengths of texts are counted by a function of our own. */
function withoutRequire(code: string): string {
  const own = code.replace('require("ajv/dist/runtime/ucs2length").default', 'lengthOf');
  if (own === code || own.includes('require(')) throw new Error('ajv requires other helpers now');
  return own;
}

/** How many characters a text has, a pair of surrogates being one. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      length -= 1;
      at += 1;
    }
  }
  return length;
}

/** Patterns with classes of Unicode, which take V8 a millisecond each to make, are made when a text has more than plain characters. */
function withQuickPatterns(code: string): string {
  return code.replace(/new RegExp\(("(?:[^"\\]|\\.)*"), "u"\)/g, (made, text: string) => {
    const whole = JSON.parse(text) as string;
    return whole.includes('\\p{') ? `pattern(${JSON.stringify(inPlain(whole))}, ${text})` : made;
  });
}

/** The first and the last of the ideographs that Chinese is written with. */
const HAN = [0x4e00, 0x9fff] as const;

/** The same pattern for texts of ASCII and ideographs alone: each property is its characters among those. */
function inPlain(whole: string): string {
  const bare = whole.replace(/\[(?:[^\]\\]|\\.)*\]/g, '');
  if (/\\p/i.test(bare) || whole.includes('\\P'))
    throw new Error(`a property stands where only a class may have one: ${whole}`);
  return whole.replace(/\\p\{[^}]*\}/g, (property) => {
    const has = new RegExp(property, 'u');
    const among = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((code) => has.test(String.fromCharCode(code)));
    const members = new Set([...among(0, 127), ...among(...HAN)]);
    const starts = [...members].filter((code) => !members.has(code - 1));
    const ends = [...members].filter((code) => !members.has(code + 1));
    const escaped = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
    return starts.map((start, i) => `${escaped(start)}-${escaped(ends[i]!)}`).join('');
  });
}

/** What ajv asks of a regular expression. */
function pattern(plain: string, whole: string): { test(text: string): boolean } {
  const quick = new RegExp(plain, 'u');
  let full: RegExp | undefined;
  return {
    test: (text) => (/^[\0-\x7f\u4e00-\u9fff]*$/.test(text) ? quick : (full ??= new RegExp(whole, 'u'))).test(text),
  };
}

/** For each `$ref` that fails ajv copies all errors so far: a file with ten thousand faults would be copied as often. */
function withoutCopies(code: string): string {
  const copy = /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g;
  const appending = code.replace(copy, 'vErrors = append(vErrors, $1.errors)');
  if (appending === code || appending.includes('.concat(')) throw new Error('ajv writes its code in another way now');
  const append =
    'function append(found, more) { if (found === null) return more; for (const error of more) found.push(error); return found; }';
  return `${appending}\n${append}`;
}

/** A page of Markdown with the table that is made for it between its two marks. */
function withTable(file: string, name: string, table: string): [file: string, text: string] {
  const page = readFileSync(join(ROOT, file), 'utf8');
  const [begin, end] = [`<!-- ${name}: npm run generate -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end}`);
  return [file, `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`];
}

/**
 * resolve.mjs of `miniapp export`: the resolution itself in one file. Of the catalogue it takes the English sentences that an answer
 * is told in, and neither titles nor causes.
 */
async function hostResolve(): Promise<string> {
  const { outcomes: all, ...told } = resolutionMessages.en;
  const outcomes = Object.fromEntries(Object.entries(all).map(([code, { message }]) => [code, { message }]));
  const sentences = { en: { outcomes, ...told } };
  const made = await build({
    entryPoints: [join(ROOT, 'scripts/core/hosts/resolve-entry.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'error',
    plugins: [
      {
        name: 'sentences-of-answers',
        setup({ onLoad }) {
          onLoad({ filter: /problems[/\\]resolution-messages\.ts$/ }, () => ({
            contents: `export const resolutionMessages = ${JSON.stringify(sentences)};`,
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return `${FIRST_LINE}\n// Generated from scripts/core by \`npm run generate\`; do not edit.\n${made.outputFiles[0]!.text}`;
}

/**
 * The schema of policies, and the case that uses every transition of it: the names are those that have a right by default. Texts of
 * files as they are otherwise.
 */
function transitionNames(): [file: string, text: string][] {
  const [schema, cases] = ['schemas/policy.schema.json', 'scripts/fixtures/schemas/policy/accepted.yaml'];
  const names = Object.keys(DEFAULT_RIGHTS).map((name) => `          "${name}"`);
  const list = /("propertyNames": \{\n +"enum": \[\n)[^\]]*?(\n +\])/;
  const rows = /(- why: every transition\n  set:\n    transitions:\n)(?: {6}.*\n)*/;
  const [schemaText, casesText] = [schema, cases].map((file) => readFileSync(join(ROOT, file), 'utf8')) as [
    string,
    string,
  ];
  if (!list.test(schemaText) || !rows.test(casesText)) throw new Error(`${schema} or ${cases} has no transitions`);
  const rights = Object.entries(DEFAULT_RIGHTS).map(([name, { by }]) => `      ${name}: { by: [${by[0]}] }\n`);
  return [
    [schema, schemaText.replace(list, (_, begin, end) => `${begin}${names.join(',\n')}${end}`)],
    [cases, casesText.replace(rows, (_, head) => `${head}${rights.join('')}`)],
  ];
}

const check = process.argv.includes('--check');
let stale = 0;

/** Writes files; with --check it counts those that are not what would be written. */
function put(files: readonly [file: string, text: string][]): void {
  for (const [file, text] of files) {
    const path = join(ROOT, file);
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
      stale += 1;
      console.error(`${file} is not what it is made from: npm run generate`);
    }
  }
}

// Types and validators are made from the schemas, so these come first.
put(transitionNames());
put([withTable('scripts/README.md', 'inner folders', roomsTable())]);
put([
  withTable('scripts/README.md', 'folders', areasTable()),
  withTable('scripts/decisions/README.md', 'decisions', decisionsTable(join(ROOT, 'scripts/decisions'))),
  ['scripts/core/types.generated.ts', await types()],
  ['scripts/read/validators.generated.mjs', validators()],
  ['scripts/core/hosts/resolve.generated.mjs', await hostResolve()],
]);
if (!check) {
  // Reads config/ with the validators that were just written.
  const { CODEOWNERS, wantedCodeowners } = await import('./checks/codeowners.ts');
  writeFileSync(join(ROOT, CODEOWNERS), wantedCodeowners());
}
process.exitCode = stale ? 1 : 0;
