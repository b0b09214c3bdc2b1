/** The standard library on values of any type: conversions, lists, maps, JSON and numbers. */
import { jsonText, parseJson } from '../expression/json-text.js';
import { pure, type Given, type LibraryTable } from './library.js';
import { scalarText } from '../expression/operators.js';
import { isList, isMap, typeName, type Value } from '../expression/values.js';
import { notModelled, type RaisedError, raised } from '../run/workflow-errors.js';

export const VALUE_FUNCTIONS: LibraryTable = {
  default: pure('*value, default', ([value = null, preset = null]) => value ?? preset),
  if: pure('*condition, then, else', ([condition = null, then = null, otherwise = null]) => {
    if (condition !== null && typeof condition !== 'boolean') throw wrong('if', condition);
    return condition === true ? then : otherwise;
  }),
  len: pure('*value', ([value = null]) => {
    if (typeof value === 'string') return BigInt([...value].length);
    if (isList(value)) return BigInt(value.length);
    if (isMap(value)) return BigInt(value.size);
    throw wrong('len', value);
  }),
  get_type: pure('*value', ([value = null]) => typeName(value)),
  int: pure('*value', ([value = null]) => toInteger(value)),
  string: pure('*value', ([value = null]) => {
    const text = scalarText(value);
    if (text !== undefined) return text;
    const found = isMap(value) ? 'dict' : typeName(value);
    const expected = '(expecting number, string, or boolean)';
    throw raised('TypeError', `unsupported operand type for string(): '${found}' ${expected}`);
  }),
  'list.concat': pure('objs, val', ([list = null, item = null]) => {
    if (isList(list)) return [...list, item];
    throw wrong('list.concat', list);
  }),
  'map.get': pure('map, keys', ([map = null, key = null]) => {
    if (isList(key)) throw notModelled('map.get with a list of keys: nest calls with one key each');
    if (typeof key !== 'string') throw wrong('map.get', key);
    return isMap(map) ? (map.get(key) ?? null) : null;
  }),
  'json.decode': pure('data', ([data = null]) => {
    if (typeof data === 'string') return decodeJson(data);
    if (data instanceof Uint8Array) return decodeJson(new TextDecoder().decode(data));
    throw wrong('json.decode', data);
  }),
  'json.encode_to_string': pure('data', ([data = null]) => jsonText(data)),
  'math.min': pure('x, y', ([x, y]) => {
    const [a, b] = [numberIn('math.min', x), numberIn('math.min', y)];
    return a <= b ? a : b;
  }),
};

export function wrong(name: string, value: Value): RaisedError {
  return raised('TypeError', `${name}: an argument of type ${typeName(value)} is not accepted`);
}

function numberIn(name: string, value: Given): bigint | number {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  throw wrong(name, value ?? null);
}

function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (typeof value !== 'string') throw wrong('int', value);
  if (/^-?[0-9]{1,18}$/u.test(value)) return BigInt(value);
  if (/^[-+ 0-9.eE]+$/u.test(value)) throw notModelled(`int("${value}")`);
  throw raised('ValueError', `int: '${value}' is not a number`);
}

function decodeJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw raised('ValueError', `json.decode: ${error.message}`);
  }
}
