/** The titles of tests in a file, as they are written: templates of `test.each` too, and the rows that fill them. */
import ts from 'typescript';

/** Whether a test runs on every machine, or under a condition (`skipIf`, `runIf`, `context.skip`). One that is always skipped is none. */
export type TestRun = 'always' | 'sometimes';

type State = TestRun | 'never';

/** What a part of the name of a test says of when it runs. */
const STATES: Readonly<Record<string, State>> = {
  skip: 'never',
  todo: 'never',
  skipIf: 'sometimes',
  runIf: 'sometimes',
};

/** The names of what is called, to the first one: `test`, `skipIf` and `each` of `test.skipIf(why).each(rows)('…')`; none where it is no test. */
function namesOf(called: ts.Expression): string[] {
  if (ts.isIdentifier(called)) return ['test', 'it', 'describe', 'group'].includes(called.text) ? [called.text] : [];
  if (ts.isCallExpression(called)) return namesOf(called.expression);
  if (!ts.isPropertyAccessExpression(called)) return [];
  const before = namesOf(called.expression);
  return before.length === 0 ? [] : [...before, called.name.text];
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

const RANK: readonly State[] = ['always', 'sometimes', 'never'];
const least = (...states: readonly State[]): State => states.toSorted((a, b) => RANK.indexOf(b) - RANK.indexOf(a))[0]!;

/** Titles of tests and groups, and the first text of each row of a table, each with whether it always runs. */
export function testTitles(source: string): Map<string, TestRun> {
  const titles = new Map<string, TestRun>();
  const addAs = (state: State) => (title: string | undefined) => {
    if (title === undefined || state === 'never' || titles.get(title) === 'always') return;
    titles.set(title, state);
  };
  const visit = (node: ts.Node, around: State): void => {
    const names = ts.isCallExpression(node) ? namesOf(node.expression) : [];
    const own = names.map((name) => STATES[name] ?? 'always');
    const state = least(around, ...own, names.length > 0 && skipsItself(node) ? 'sometimes' : 'always');
    const add = addAs(state);
    if (ts.isCallExpression(node) && names.length > 0) {
      const [first] = node.arguments;
      add(textOf(first));
      if (first && ts.isArrayLiteralExpression(first)) first.elements.forEach((row) => addRow(row, add));
    }
    // A table may have a name of its own; its rows are lists that begin with a text.
    if (ts.isArrayLiteralExpression(node)) addRow(node, add);
    if (ts.isPropertyAssignment(node)) add(textOf(node.name));
    ts.forEachChild(node, (child) => visit(child, state));
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest), 'always');
  return titles;
}

/** `context.skip(…)` in the function of a test, and not in that of a group's tests. */
function skipsItself(node: ts.Node): boolean {
  let isFound = false;
  const look = (inner: ts.Node): void => {
    if (ts.isCallExpression(inner)) {
      if (inner !== node && namesOf(inner.expression).length > 0) return;
      const { expression: called } = inner;
      if (ts.isPropertyAccessExpression(called) && called.name.text === 'skip' && ts.isIdentifier(called.expression))
        isFound ||= namesOf(called).length === 0;
    }
    ts.forEachChild(inner, look);
  };
  look(node);
  return isFound;
}

function addRow(row: ts.Node, add: (title: string | undefined) => void): void {
  if (ts.isArrayLiteralExpression(row)) add(textOf(row.elements[0]));
  else add(textOf(row));
}
