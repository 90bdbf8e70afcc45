/** The titles of tests in a file, as they are written: templates of `test.each` too, and the rows that fill them. */
import ts from 'typescript';

/** `test('…')`, `describe.each(rows)('…')`, `it.skipIf(why)('…')`: what is called, to its first name. */
const isTest = (called: ts.Expression): boolean => {
  if (ts.isIdentifier(called)) return ['test', 'it', 'describe'].includes(called.text);
  if (ts.isPropertyAccessExpression(called) || ts.isCallExpression(called)) return isTest(called.expression);
  return false;
};

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

/** Titles of tests and groups, and the first text of each row of a table. */
export function testTitles(source: string): Set<string> {
  const titles = new Set<string>();
  const add = (title: string | undefined) => void (title !== undefined && titles.add(title));
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [first] = node.arguments;
      add(textOf(first));
      if (first && ts.isArrayLiteralExpression(first)) first.elements.forEach((row) => addRow(row, add));
    }
    // A table may have a name of its own; its rows are lists that begin with a text.
    if (ts.isArrayLiteralExpression(node)) addRow(node, add);
    if (ts.isPropertyAssignment(node)) add(textOf(node.name));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest));
  return titles;
}

function addRow(row: ts.Node, add: (title: string | undefined) => void): void {
  if (ts.isArrayLiteralExpression(row)) add(textOf(row.elements[0]));
  else add(textOf(row));
}
