/** What the operators do with values, and where they refuse because sources disagree. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { BinaryOperator } from './expression.js';
import { doubleText } from './json-text.js';
import { INTEGER_MAX, INTEGER_MIN } from '../run/limits.js';
import { isList, isMap, typeName, type Value } from './values.js';
import { notModelled, type RaisedError, raised } from '../run/workflow-errors.js';

type Numeric = bigint | number;

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
    case '<=':
    case '>':
    case '>=':
      return compare(operator, left, right);
    case '+':
      return add(left, right);
    case '-':
      return arithmetic(operator, numeric(operator, left, right));
    default:
      return unreachable(operator);
  }
}

export function negate(value: Value): Value {
  if (typeof value === 'bigint') return inRange(-value);
  if (typeof value === 'number') return -value;
  throw raised('TypeError', `unsupported operand type for unary -: '${typeName(value)}'`);
}

/** There is no truthiness: only a boolean is true or false. */
export function truth(value: Value, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw raised('TypeError', `'${where}' needs a boolean; got: ${typeName(value)}`);
}

/** The text that `+` and string() give for a scalar; undefined for anything else. */
export function scalarText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return undefined;
}

function add(left: Value, right: Value): Value {
  if (typeof left === 'string' || typeof right === 'string') {
    const texts = [scalarText(left), scalarText(right)];
    if (texts[0] !== undefined && texts[1] !== undefined) return texts[0] + texts[1];
  }
  return arithmetic('+', numeric('+', left, right));
}

type Pair =
  | { readonly whole: readonly [bigint, bigint] }
  | { readonly real: readonly [number, number] };

/** A mix of integer and double is two doubles. */
function numeric(operator: BinaryOperator, left: Value, right: Value): Pair {
  if (typeof left === 'bigint' && typeof right === 'bigint') return { whole: [left, right] };
  if (!isNumeric(left) || !isNumeric(right)) throw unsupported(operator, left, right);
  return { real: [toDouble(left), toDouble(right)] };
}

function arithmetic(operator: '+' | '-', pair: Pair): Value {
  if ('whole' in pair) {
    const [a, b] = pair.whole;
    return inRange(operator === '+' ? a + b : a - b);
  }
  const [a, b] = pair.real;
  return finite(operator === '+' ? a + b : a - b);
}

function compare(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    throw notModelled(`'${operator}' of strings`);
  }
  if (!isNumeric(left) || !isNumeric(right)) throw unsupported(operator, left, right);
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function areEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  // Integer and double compare by value, which is what == does for bigint and number.
  // oxlint-disable-next-line eqeqeq
  if (isNumeric(left) && isNumeric(right)) return left == right;
  const [a, b] = [typeName(left), typeName(right)];
  const isPlain = a === 'string' || a === 'boolean';
  if (a !== b || !isPlain) throw notModelled(`'==' of ${a} and ${b}`);
  return left === right;
}

function isIn(left: Value, right: Value): boolean {
  if (isMap(right)) {
    if (typeof left === 'string') return right.has(left);
    throw raised('TypeError', `a key is a string; got: ${typeName(left)}`);
  }
  if (isList(right)) return right.map((item) => areEqual(left, item)).includes(true);
  const found = typeName(right);
  throw raised('TypeError', `The argument of 'in' must be a dict or an array; got: ${found}`);
}

function isNumeric(value: Value): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number';
}

function toDouble(value: Numeric): number {
  const double = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(double)) {
    throw notModelled(`the integer ${value} as a double`);
  }
  return double;
}

function inRange(value: bigint): bigint {
  if (value > INTEGER_MAX || value < INTEGER_MIN) throw notModelled('integer overflow');
  return value;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw notModelled('double overflow');
  return value;
}

function unsupported(operator: string, left: Value, right: Value): RaisedError {
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  return raised('TypeError', `unsupported operand type(s) for ${operator}: ${types}`);
}
