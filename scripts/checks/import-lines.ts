/** What a source file imports: static, re-exported, dynamic and as a type, in TypeScript, JavaScript and Astro files. */
import ts from 'typescript';

export interface ImportLine {
  readonly specifier: string;
  /** Counted from 1. */
  readonly line: number;
  /** Gone when it runs. `import { type X }` is not: what is left of it still loads the file. */
  readonly isTypeOnly: boolean;
}

/** Every import of a file, in the order of its text. `file`: for its ending alone. */
export function importLines(file: string, text: string): ImportLine[] {
  return codeOf(file, text).flatMap(({ code, firstLine }) =>
    inCode(code).map((found) => ({ ...found, line: found.line + firstLine - 1 })),
  );
}

interface ImportPiece {
  readonly code: string;
  readonly firstLine: number;
}

/** The code of a file; of an Astro file its frontmatter and its scripts. */
function codeOf(file: string, text: string): ImportPiece[] {
  if (!file.endsWith('.astro')) return [{ code: text, firstLine: 1 }];
  const frontmatter = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script(\s[^>]*)?>([\s\S]*?)<\/script>/g)].flatMap((match) => {
    const [whole, attributes = '', code = ''] = match;
    const firstLine = text.slice(0, match.index).split('\n').length;
    const source = /\ssrc=["']([^"']+)["']/.exec(attributes)?.[1];
    if (source !== undefined) return [{ code: `import '${source}';`, firstLine }];
    const lead = whole.slice(0, whole.indexOf('>')).split('\n').length - 1;
    return [{ code, firstLine: firstLine + lead }];
  });
  return [{ code: frontmatter, firstLine: 2 }, ...scripts];
}

function inCode(code: string): ImportLine[] {
  const source = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true);
  const found: ImportLine[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart(source));
    found.push({ specifier: specifier.text, line: line + 1, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isLoading = (called: ts.Expression): boolean =>
  called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
