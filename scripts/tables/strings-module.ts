/** The texts of a Ray project: `src/i18n/strings.ts`, which exports `{language: {code: text}}` as code. Read as a tree; nothing is run. */
import type { Findings } from '../project/finding.ts';
import { isMember, nameOf } from '../project/code/names.ts';
import { parseScript, SyntaxFault, type Syntax, type SyntaxOf } from '../project/code/syntax.ts';
import { LONGEST_CELL } from './csv-size.ts';
import { TextCollector, type GivenTexts } from './strings.ts';

/** Characters of a module: as a tree each may take 200 bytes. As JSON or a table, texts take a tenth of that. */
const LONGEST_MODULE = 2_000_000;

/** The texts that the module exports by default; what is not written out in it is a finding. */
export function readStringsModule(path: string, text: string, findings: Findings): GivenTexts | undefined {
  if (text.length > LONGEST_MODULE) {
    const detail = `as a module it may have ${LONGEST_MODULE} characters, and it has ${text.length}: give it in parts, as JSON or as a CSV table`;
    findings.add('table-unreadable', path, { detail }, 0, text);
    return undefined;
  }
  let program: ReturnType<typeof parseScript>;
  try {
    program = parseScript(path, text);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    findings.add('table-unreadable', path, { detail: error.message }, Math.min(error.offset, text.length), text);
    return undefined;
  }
  const refuse = (field: string, { start }: Syntax, expected: string) =>
    findings.add('project-field', path, { field, actual: 'code', expected }, start ?? 0, text);
  const exported = exportOf(program);
  if (exported?.type !== 'ObjectExpression') {
    refuse(path, exported ?? program, 'a module that exports { en: { code: "text" } } by default');
    return undefined;
  }
  const texts = new TextCollector();
  for (const [language, entries] of entriesOf(exported, (part) => refuse(path, part, 'a language written out'))) {
    const map = bare(entries);
    if (map.type !== 'ObjectExpression') {
      refuse(language, map, 'a map of codes and texts, written out');
      continue;
    }
    texts.language(language);
    for (const [key, value] of entriesOf(map, (part) => refuse(language, part, 'a text written out'))) {
      const said = textOf(value);
      if (said === undefined) refuse(`${language}.${key}`, value, 'a text written out');
      else if (Math.max(key.length, said.length) > LONGEST_CELL) {
        const detail = `it has a text of more than ${LONGEST_CELL} characters`;
        findings.add('table-unreadable', path, { detail }, value.start ?? 0, text);
      } else texts.add(language, key, said, value.start ?? 0);
    }
  }
  return findings.hasErrors ? undefined : texts.given();
}

/** What `export default` or `module.exports` gives, also by the name of a constant. */
function exportOf({ body }: SyntaxOf<'Program'>): Syntax | undefined {
  const direct = body.find((statement) => statement.type === 'ExportDefaultDeclaration')?.declaration;
  const assigned = body
    .flatMap((statement) => (statement.type === 'ExpressionStatement' ? [statement.expression] : []))
    .filter((expression) => expression.type === 'AssignmentExpression')
    .find(({ left }) => isExports(left))?.right;
  const found = direct ?? assigned;
  const value = found && bare(found);
  if (value?.type !== 'Identifier') return value;
  const statements = body.map((statement) =>
    statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement,
  );
  const declared = statements
    .flatMap((statement) => (statement?.type === 'VariableDeclaration' ? statement.declarations : []))
    .find(({ id }) => id.type === 'Identifier' && id.name === value.name);
  return declared?.init ? bare(declared.init) : undefined;
}

const isNamed = (part: Syntax, name: string): boolean => part.type === 'Identifier' && part.name === name;
const isExports = (part: Syntax): boolean =>
  isMember(part) && isNamed(part.object, 'module') && isNamed(part.property, 'exports');

/** A value without what TypeScript says of its type. */
function bare(part: Syntax): Syntax {
  switch (part.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return bare(part.expression);
    default:
      return part;
  }
}

/** The entries of a map whose names are written out; the others are told. */
function entriesOf({ properties }: SyntaxOf<'ObjectExpression'>, refuse: (part: Syntax) => void): [string, Syntax][] {
  return properties.flatMap((property): [string, Syntax][] => {
    const name = property.type === 'ObjectProperty' && !property.computed ? nameOf(property.key) : undefined;
    if (property.type === 'ObjectProperty' && name !== undefined) return [[name, property.value]];
    refuse(property);
    return [];
  });
}

/** A text that is written out, in one piece or several. */
function textOf(value: Syntax): string | undefined {
  const part = bare(value);
  if (part.type === 'StringLiteral') return part.value;
  if (part.type === 'TemplateLiteral')
    return part.quasis.length === 1 ? (part.quasis[0]!.value.cooked ?? undefined) : undefined;
  if (part.type !== 'BinaryExpression' || part.operator !== '+') return undefined;
  const [left, right] = [textOf(part.left), textOf(part.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}
