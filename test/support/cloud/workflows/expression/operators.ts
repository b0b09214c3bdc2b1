/** The operators. They refuse operands for which sources on the real service disagree. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import { notModelled, raised } from '../run/workflow-errors.js';
import type { BinaryOperator } from './expression.js';
import { isList, typeName, type Value } from './values.js';

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  switch (operator) {
    case 'and':
    case 'or': {
      const [a, b] = [truth(left, operator), truth(right, operator)];
      return operator === 'and' ? a && b : a || b;
    }
    case 'in':
      return isIn(left, right);
    case '==':
      return areEqual(left, right);
    case '!=':
      return !areEqual(left, right);
    case '<':
    case '>=': {
      const [a, b] = numbers(operator, left, right);
      return operator === '<' ? a < b : a >= b;
    }
    case '+':
      return add(left, right);
    case '-': {
      const [a, b] = numbers(operator, left, right);
      return a - b;
    }
    default:
      return unreachable(operator);
  }
}

/** There is no truthiness: only a boolean is true or false. */
export function truth(value: Value, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw raised('TypeError', `'${where}' needs a boolean; got: ${typeName(value)}`);
}

/**
 * The text of a scalar for `+` and string(); undefined for other values. How Google prints a double is
 * not known, and beyond 2^53 an integer is not exact here.
 */
export function scalarText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  if (!Number.isSafeInteger(value)) throw notModelled(`text of the double ${value}: use int()`);
  return String(value);
}

function add(left: Value, right: Value): Value {
  if (typeof left === 'string' || typeof right === 'string') {
    const texts = [scalarText(left), scalarText(right)];
    if (texts[0] !== undefined && texts[1] !== undefined) return texts[0] + texts[1];
  }
  const [a, b] = numbers('+', left, right);
  return a + b;
}

function numbers(operator: string, left: Value, right: Value): [number, number] {
  if (typeof left === 'number' && typeof right === 'number') return [left, right];
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  throw raised('TypeError', `unsupported operand type(s) for ${operator}: ${types}`);
}

function areEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  const [a, b] = [typeName(left), typeName(right)];
  const isScalar = typeof left !== 'object';
  if (a !== b || !isScalar) throw notModelled(`'==' of ${a} and ${b}`);
  return left === right;
}

function isIn(left: Value, right: Value): boolean {
  if (isList(right)) return right.map((item) => areEqual(left, item)).includes(true);
  const found = typeName(right);
  if (found === 'map') throw notModelled("'in' of a map: use map.get");
  throw raised('TypeError', `The argument of 'in' must be a dict or an array; got: ${found}`);
}
