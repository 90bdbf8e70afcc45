/** What expressions are that say it themselves: literals, maps, functions, names of globals. */
import { GLOBALS } from '../known/apis.ts';
import type { Scope } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { bounded } from '../value-sets.ts';
import { UNKNOWN, type Value } from '../value.ts';

/** What needs no looking up, and so no budget. */
export function written(node: Syntax, scope: Scope, hosts: ReadonlySet<string>): readonly Value[] | undefined {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
      return [bounded(String(node.value), true)];
    case 'TemplateLiteral': {
      const { quasis, expressions } = node;
      const [only] = quasis;
      return expressions.length === 0 ? [bounded(only!.value.cooked ?? only!.value.raw, true)] : undefined;
    }
    case 'ObjectExpression':
    case 'TSEnumDeclaration':
      return [{ kind: 'map', node, scope }];
    case 'ArrayExpression':
      return [{ kind: 'list', node, scope }];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
      return [{ kind: 'function', node, scope }];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [{ kind: 'class', node, scope }];
    case 'Identifier': {
      const { name } = node;
      return scope.lookup(name) ? undefined : free(name, scope, hosts);
    }
    default:
      return undefined;
  }
}

/** A name that no scope has. */
export function free(name: string, scope: Scope, hosts: ReadonlySet<string>): readonly Value[] {
  if (hosts.has(name)) return [{ kind: 'host', of: 'vendor' }];
  if (GLOBALS.has(name)) return [{ kind: 'host', of: 'globals' }];
  if (name === 'fetch') return [{ kind: 'client' }];
  if (name === 'undefined') return [];
  if (name === 'exports') return [{ kind: 'script', script: scope.script }];
  if (name === 'module') return [{ kind: 'module', script: scope.script }];
  return [UNKNOWN];
}
