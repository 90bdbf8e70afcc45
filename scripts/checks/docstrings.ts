/** An exported function says above it what it takes and gives, so that whoever calls it need not read it. oxlint has no rule for that. */
import ts from 'typescript';

const READ_BY_TESTS = /^scripts\/fixtures\/(?:builds|projects)\//;
/** Astro asks for these names; what such a file answers stands at its top. */
const OF_ASTRO: ReadonlySet<string> = new Set(['GET', 'getStaticPaths']);

/**
 * `file:line name` for each exported function without a comment of its own. `files`: texts by path, of TypeScript and JavaScript alone;
 * tests, generated files and projects that tests read are passed over.
 */
export function undocumentedFunctions(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) =>
    !/\.[cm]?[jt]s$/.test(file) || /\.(?:test|generated)\./.test(file) || READ_BY_TESTS.test(file)
      ? []
      : undocumentedIn(file, text),
  );
}

function undocumentedIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.filter(isExported).flatMap((statement) => {
    if (ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
    return functionNames(statement)
      .filter((name) => !OF_ASTRO.has(name))
      .map((name) => `${file}:${line} ${name}`);
  });
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

/** The functions that a statement declares: itself, or its constants that are functions. */
function functionNames(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? 'default'];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) ? [name.getText()] : [],
  );
}
