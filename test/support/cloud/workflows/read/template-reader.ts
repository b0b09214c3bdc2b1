/** Reads a value of the source with the expressions in it. */
import type { Expression } from '../expression/expression.js';
import { parseTemplate } from '../expression/expression-parser.js';
import { ExpressionRefused } from '../expression/expression-tokens.js';
import type { Value } from '../expression/values.js';
import type { Refusals } from './deploy-error.js';
import type { Template } from './program.js';
import type { SourceNode } from './source-tree.js';

export function readTemplate(node: SourceNode, refusals: Refusals): Template {
  const at = { line: node.line, column: node.column };
  if (node.kind === 'list') {
    return { kind: 'list', items: node.items.map((item) => readTemplate(item, refusals)), ...at };
  }
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keyAt, value }) => {
      if (key.includes('${')) refusals.refuse(keyAt, 'a key that is an expression: not modelled');
      return [key, readTemplate(value, refusals)] as const;
    });
    return { kind: 'map', entries, ...at };
  }
  try {
    const expression = typeof node.value === 'string' ? parseTemplate(node.value) : undefined;
    if (expression !== undefined) return { kind: 'expression', expression, ...at };
  } catch (error) {
    if (!(error instanceof ExpressionRefused)) throw error;
    refusals.refuse(at, `parse error: ${error.message}`);
  }
  return { kind: 'literal', value: node.value, ...at };
}

/** The value of a template without expressions; undefined for any other. */
export function constantOf(template: Template): Value | undefined {
  if (template.kind === 'literal') return template.value;
  if (template.kind !== 'map') return undefined;
  const map: Record<string, Value> = {};
  for (const [key, value] of template.entries) {
    const constant = constantOf(value);
    if (constant === undefined) return undefined;
    map[key] = constant;
  }
  return map;
}

/** The leaves of a template that are expressions, each with its place. */
export function expressionsOf(
  template: Template,
): { readonly at: Template; readonly expression: Expression }[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return [{ at: template, expression: template.expression }];
  const inner =
    template.kind === 'list' ? template.items : template.entries.map(([, each]) => each);
  return inner.flatMap((each) => expressionsOf(each));
}
