/** The value of an expression or a template. Both sides of `and` and `or` and all arguments are evaluated. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Expression } from './expression.js';
import { checkedText } from './memory.js';
import { applyBinary, negate, truth } from './operators.js';
import type { Template } from '../read/program.js';
import { isList, isMap, typeName, type Value } from './values.js';
import { keyError, raised } from '../run/workflow-errors.js';

export interface Surroundings {
  readonly read: (name: string) => Value;
  readonly call: (name: string, args: readonly Value[]) => Promise<Value>;
}

export async function evaluate(expression: Expression, around: Surroundings): Promise<Value> {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'variable':
      return around.read(expression.name);
    case 'list':
      return evaluateAll(expression.items, around);
    case 'member':
      return memberOf(await evaluate(expression.of, around), expression.name);
    case 'index':
      return memberOf(
        await evaluate(expression.of, around),
        await evaluate(expression.key, around),
      );
    case 'call':
      return checkedSize(
        await around.call(expression.name, await evaluateAll(expression.args, around)),
      );
    case 'unary': {
      const operand = await evaluate(expression.operand, around);
      return expression.operator === 'not' ? !truth(operand, 'not') : negate(operand);
    }
    case 'binary': {
      const left = await evaluate(expression.left, around);
      const right = await evaluate(expression.right, around);
      return checkedSize(applyBinary(expression.operator, left, right));
    }
    default:
      return unreachable(expression);
  }
}

async function evaluateAll(
  expressions: readonly Expression[],
  around: Surroundings,
): Promise<Value[]> {
  const values: Value[] = [];
  for (const expression of expressions) values.push(await evaluate(expression, around));
  return values;
}

export async function evaluateTemplate(template: Template, around: Surroundings): Promise<Value> {
  if (template.kind === 'literal') return template.value;
  if (template.kind === 'expression') return evaluate(template.expression, around);
  if (template.kind === 'list') {
    const items: Value[] = [];
    for (const item of template.items) items.push(await evaluateTemplate(item, around));
    return items;
  }
  const map = new Map<string, Value>();
  for (const { key, value } of template.entries) {
    const name = typeof key === 'string' ? key : await evaluate(key, around);
    if (typeof name !== 'string') {
      throw raised('TypeError', `a key is a string; got: ${typeName(name)}`);
    }
    map.set(name, await evaluateTemplate(value, around));
  }
  return map;
}

export function memberOf(value: Value, key: Value): Value {
  if (isMap(value)) {
    const name = keyIn(key);
    const member = value.get(name);
    if (member === undefined) throw keyError(name);
    return member;
  }
  if (!isList(value)) throw noMembers(value);
  if (typeof key !== 'bigint') {
    throw raised('TypeError', `a list index is an integer; got: ${typeName(key)}`);
  }
  const item = key < 0n ? undefined : value[Number(key)];
  if (item === undefined) throw raised('IndexError', `IndexError: index out of range: ${key}`);
  return item;
}

function keyIn(key: Value): string {
  if (typeof key === 'string') return key;
  throw raised('TypeError', `a key is a string; got: ${typeName(key)}`);
}

function noMembers(value: Value): Error {
  return raised('TypeError', `a value of type ${typeName(value)} has no members`);
}

export function checkedSize(value: Value): Value {
  return typeof value === 'string' ? checkedText(value) : value;
}
