/** Reads a value of the source with the expressions in it, and the two kinds of name beside it. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Position, Refusals } from './deploy-error.js';
import type { Expression } from '../expression/expression.js';
import { parseTemplate } from '../expression/expression-parser.js';
import { ExpressionRefused } from '../expression/expression-tokens.js';
import { STRING_BYTES_MAX } from '../run/limits.js';
import type { Template } from './program.js';
import type { SourceNode } from './source-tree.js';
import type { Value } from '../expression/values.js';

const NOTHING: Expression = { kind: 'literal', value: null };
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;
/** Words of the language and step targets, which no variable or step may bear. */
const RESERVED = ['and', 'or', 'not', 'in', 'true', 'false', 'null', 'end', 'break', 'continue'];

export function readTemplate(node: SourceNode, refusals: Refusals): Template {
  const at: Position = { line: node.line, column: node.column };
  switch (node.kind) {
    case 'scalar': {
      const expression =
        typeof node.value === 'string' ? readText(node.value, at, refusals) : undefined;
      if (expression !== undefined) return { kind: 'expression', expression, ...at };
      return { kind: 'literal', value: node.value, ...at };
    }
    case 'list':
      return { kind: 'list', items: node.items.map((item) => readTemplate(item, refusals)), ...at };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, keyAt, value }) => ({
          key: readText(key, keyAt, refusals) ?? key,
          value: readTemplate(value, refusals),
        })),
        ...at,
      };
    default:
      return unreachable(node);
  }
}

/** Undefined for plain text. A refused expression reads as null, so that reading goes on. */
function readText(text: string, at: Position, refusals: Refusals): Expression | undefined {
  if (Buffer.byteLength(text) > STRING_BYTES_MAX) {
    refusals.refuse(at, `string of more than ${STRING_BYTES_MAX} bytes`);
  }
  try {
    return parseTemplate(text);
  } catch (error) {
    if (!(error instanceof ExpressionRefused)) throw error;
    refusals.refuse(at, `parse error: ${error.message}`);
    return NOTHING;
  }
}

/** The variable at the bottom of `m.k[0]`, or an empty name. */
export function rootOf(expression: Expression): string {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'member' || expression.kind === 'index') return rootOf(expression.of);
  return '';
}

export function readName(name: string, at: Position, refusals: Refusals): string {
  if (!NAME.test(name)) {
    refusals.refuse(at, `name '${name}': a letter or '_', then letters, digits and '_'`);
  } else if (RESERVED.includes(name.toLowerCase())) {
    refusals.refuse(at, `name '${name}' is a word of the language`);
  }
  return name;
}

/** The value of a template that holds no expression; undefined where it does. */
export function constantOf(template: Template): Value | undefined {
  if (template.kind === 'literal') return template.value;
  if (template.kind === 'expression') return undefined;
  if (template.kind === 'list') {
    const items = template.items.map((item) => constantOf(item));
    return items.some((item) => item === undefined) ? undefined : items.map((item) => item ?? null);
  }
  const map = new Map<string, Value>();
  for (const { key, value } of template.entries) {
    const constant = constantOf(value);
    if (typeof key !== 'string' || constant === undefined) return undefined;
    map.set(key, constant);
  }
  return map;
}

/** The expressions of a template, at any depth. */
export function expressionsOf(template: Template): Expression[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return [template.expression];
  if (template.kind === 'list') return template.items.flatMap((item) => expressionsOf(item));
  return template.entries.flatMap(({ key, value }) => [
    ...(typeof key === 'string' ? [] : [key]),
    ...expressionsOf(value),
  ]);
}
