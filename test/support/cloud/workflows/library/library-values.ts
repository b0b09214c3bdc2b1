/** The standard library on values of any type: conversions, lists, maps, JSON and numbers. */
import { jsonText, parseJson } from '../expression/json-text.js';
import { pure, type Given, type LibraryTable } from './library.js';
import { scalarText, toDouble } from '../expression/operators.js';
import {
  isList,
  isMap,
  mapOf,
  typeName,
  type Value,
  type WorkflowMap,
} from '../expression/values.js';
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
  keys: pure('*map', ([map], { keyOrderSeed }) => shuffled(mapIn('keys', map), keyOrderSeed)),
  get_type: pure('*value', ([value = null]) => typeName(value)),
  int: pure('*value', ([value = null]) => toInteger(value)),
  double: pure('*value', ([value = null]) => {
    if (typeof value === 'string') return doubleFrom(value);
    if (typeof value === 'bigint' || typeof value === 'number') return toDouble(value);
    throw wrong('double', value);
  }),
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
  'map.delete': pure('map, key', ([map, key = null]) => {
    const copy = new Map(mapIn('map.delete', map));
    if (typeof key !== 'string') throw wrong('map.delete', key);
    if (!copy.delete(key)) throw notModelled(`map.delete of the key '${key}' that is not there`);
    return copy;
  }),
  'map.merge': pure(
    'first, second',
    ([first, second]) => new Map([...mapIn('map.merge', first), ...mapIn('map.merge', second)]),
  ),
  'json.decode': pure('data', ([data = null]) => {
    if (typeof data === 'string') return decodeJson(data);
    if (data instanceof Uint8Array) return decodeJson(new TextDecoder().decode(data));
    throw wrong('json.decode', data);
  }),
  'json.encode_to_string': pure('data', ([data = null]) => jsonText(data)),
  'math.abs': pure('x', ([x]) => (isNegative(x) ? minus(x) : numberIn('math.abs', x))),
  'math.floor': pure('x', ([x]) => {
    const number = numberIn('math.floor', x);
    if (typeof number === 'number') return BigInt(Math.floor(number));
    return number;
  }),
  'math.max': pure('x, y', ([x, y]) => {
    const [a, b] = [numberIn('math.max', x), numberIn('math.max', y)];
    return a >= b ? a : b;
  }),
  'math.min': pure('x, y', ([x, y]) => {
    const [a, b] = [numberIn('math.min', x), numberIn('math.min', y)];
    return a <= b ? a : b;
  }),
};

export function wrong(name: string, value: Value): RaisedError {
  return raised('TypeError', `${name}: an argument of type ${typeName(value)} is not accepted`);
}

function mapIn(name: string, value: Given): WorkflowMap {
  if (value !== undefined && isMap(value)) return value;
  throw wrong(name, value ?? null);
}

function numberIn(name: string, value: Given): bigint | number {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  throw wrong(name, value ?? null);
}

function isNegative(value: Given): value is bigint | number {
  return (typeof value === 'bigint' || typeof value === 'number') && value < 0;
}

function minus(value: bigint | number): bigint | number {
  return -value;
}

/** An order that is no order, the same for the same keys and seed (FNV-1a of the key). */
function shuffled(map: WorkflowMap, seed: number): string[] {
  const place = (key: string): number => {
    let hash = 0x811c9dc5 ^ seed;
    for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash;
  };
  return [...map.keys()].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (typeof value !== 'string') throw wrong('int', value);
  if (/^-?[0-9]{1,18}$/u.test(value)) return BigInt(value);
  if (/^[-+ 0-9.eE]+$/u.test(value)) throw notModelled(`int("${value}")`);
  throw raised('ValueError', `int: '${value}' is not a number`);
}

function doubleFrom(text: string): number {
  if (/^-?[0-9]+(?:\.[0-9]+)?$/u.test(text)) return Number(text);
  if (/^[-+ 0-9.eE]+$|^[-+]?(?:inf|nan)/iu.test(text)) throw notModelled(`double("${text}")`);
  throw raised('ValueError', `double: '${text}' is not a number`);
}

function decodeJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw raised('ValueError', `json.decode: ${error.message}`);
  }
}

/** What find_all_regex gives for one match. */
export function matchMap(index: number, match: string): WorkflowMap {
  return mapOf({ index: BigInt(index), match });
}
