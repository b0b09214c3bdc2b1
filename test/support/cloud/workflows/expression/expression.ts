/** An expression as read: the parser makes it, the evaluator and the checks walk it. */
import type { Value } from './values.js';

export const BINARY_OPERATORS = ['or', 'and', '<', '>=', '==', '!=', 'in', '+', '-'] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'list'; readonly parts: readonly Expression[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly parts: readonly [Expression]; readonly name: string }
  | { readonly kind: 'index'; readonly parts: readonly [Expression, Expression] }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly parts: readonly [Expression] }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly parts: readonly [Expression, Expression];
    };

/** The expression and everything in it, outermost first. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  const children = 'parts' in expression ? expression.parts : [];
  for (const part of children) yield* partsOf(part);
}
