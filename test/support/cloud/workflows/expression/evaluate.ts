/** Evaluates expressions and templates. It evaluates both sides of `and` and `or` and all arguments. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Template } from '../read/program.js';
import { keyError, notModelled, raised } from '../run/workflow-errors.js';
import type { Expression } from './expression.js';
import { applyBinary, truth } from './operators.js';
import { isList, isMap, typeName, type Value } from './values.js';

export interface Surroundings {
  readonly read: (name: string) => Value;
  readonly call: (name: string, args: readonly Value[]) => Promise<Value>;
}

export async function evaluate(expression: Expression, around: Surroundings): Promise<Value> {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind === 'variable') return around.read(expression.name);
  const values: Value[] = [];
  for (const part of expression.parts) values.push(await evaluate(part, around));
  const [first = null, second = null] = values;
  switch (expression.kind) {
    case 'list':
      return values;
    case 'member':
      return memberOf(first, expression.name);
    case 'index':
      return itemOf(first, second);
    case 'call':
      return around.call(expression.name, values);
    case 'not':
      return !truth(first, 'not');
    case 'binary':
      return applyBinary(expression.operator, first, second);
    default:
      return unreachable(expression);
  }
}

export async function evaluateTemplate(template: Template, around: Surroundings): Promise<Value> {
  if (template.kind === 'literal') return template.value;
  if (template.kind === 'expression') return evaluate(template.expression, around);
  if (template.kind === 'list') {
    const items: Value[] = [];
    for (const item of template.items) items.push(await evaluateTemplate(item, around));
    return items;
  }
  const map: Record<string, Value> = {};
  for (const [key, value] of template.entries) map[key] = await evaluateTemplate(value, around);
  return map;
}

function memberOf(value: Value, key: string): Value {
  if (!isMap(value)) throw raised('TypeError', `a value of type ${typeName(value)} has no members`);
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  if (member === undefined) throw keyError(key);
  return member;
}

function itemOf(value: Value, index: Value): Value {
  if (!isList(value)) throw notModelled(`[] of a ${typeName(value)}`);
  if (typeof index !== 'number' || !Number.isInteger(index)) {
    throw raised('TypeError', `a list index is an integer; got: ${typeName(index)}`);
  }
  const item = value[index];
  if (item === undefined) throw raised('IndexError', `IndexError: index out of range: ${index}`);
  return item;
}
