/** The functions of the standard library that the two workflow files call. All others are refused. */
import { scalarText } from '../expression/operators.js';
import { jsonText, parsedOrUndefined } from '../expression/json-text.js';
import { isList, isMap, memberOrNull, typeName, type Value } from '../expression/values.js';
import { notModelled, type RaisedError, raised } from '../run/workflow-errors.js';

/** What functions may see of the execution. */
export interface LibraryContext {
  readonly nowMs: () => number;
  readonly environment: ReadonlyMap<string, string>;
}

export interface LibraryFunction {
  readonly count: number;
  readonly run: (args: readonly Value[], context: LibraryContext) => Value;
}

type Run = LibraryFunction['run'];

/** A double has fractions: half a millisecond keeps every reading from passing for an integer. */
const FRACTION_MS = 0.5;

const FUNCTIONS: Readonly<Record<string, readonly [count: number, run: Run]>> = {
  default: [2, ([value = null, preset = null]) => value ?? preset],
  if: [
    3,
    ([condition = null, then = null, otherwise = null]) => {
      if (condition !== null && typeof condition !== 'boolean') throw wrong('if', condition);
      return condition === true ? then : otherwise;
    },
  ],
  len: [
    1,
    ([value = null]) => {
      if (typeof value === 'string') return [...value].length;
      if (isList(value)) return value.length;
      throw wrong('len', value);
    },
  ],
  get_type: [
    1,
    ([value = null]) => {
      if (typeof value === 'number') throw notModelled('get_type of a number');
      return typeName(value);
    },
  ],
  int: [
    1,
    ([value = null]) => {
      if (typeof value !== 'string') throw wrong('int', value);
      if (/^-?[0-9]{1,15}$/u.test(value)) return Number(value);
      if (/^[-+ 0-9.eE]+$/u.test(value)) throw notModelled(`int("${value}")`);
      throw raised('ValueError', `int: '${value}' is not a number`);
    },
  ],
  string: [
    1,
    ([value = null]) => {
      const text = scalarText(value);
      if (text !== undefined) return text;
      const found = isMap(value) ? 'dict' : typeName(value);
      const expected = '(expecting number, string, or boolean)';
      throw raised('TypeError', `unsupported operand type for string(): '${found}' ${expected}`);
    },
  ],
  'list.concat': [
    2,
    ([list = null, item = null]) => {
      if (isList(list)) return [...list, item];
      throw wrong('list.concat', list);
    },
  ],
  'map.get': [
    2,
    ([map = null, key = null]) => {
      if (isList(key)) throw notModelled('map.get with a list of keys: nest calls of one key each');
      return memberOrNull(map, textIn('map.get', key));
    },
  ],
  'json.decode': [
    1,
    ([data = null]) => {
      const text = data instanceof Uint8Array ? new TextDecoder().decode(data) : data;
      const value = parsedOrUndefined(textIn('json.decode', text));
      if (value === undefined) throw raised('ValueError', 'json.decode: not JSON');
      return value;
    },
  ],
  'json.encode_to_string': [1, ([data = null]) => jsonText(data)],
  'sys.now': [0, (_args, { nowMs }) => (nowMs() + FRACTION_MS) / 1000],
  'sys.get_env': [
    1,
    ([name = null], { environment }) => {
      const value = environment.get(textIn('sys.get_env', name));
      if (value === undefined) throw notModelled('sys.get_env of a name that is not set');
      return value;
    },
  ],
  'time.format': [
    1,
    ([seconds = null]) => {
      if (typeof seconds !== 'number') throw wrong('time.format', seconds);
      const microseconds = Math.floor(seconds * 1e6);
      const text = new Date(Math.floor(microseconds / 1000)).toISOString();
      const below = String(microseconds - Math.floor(microseconds / 1000) * 1000);
      return text.replace('Z', `${below.padStart(3, '0')}Z`);
    },
  ],
  'text.substring': [
    3,
    ([source = null, start = null, end = null]) => {
      const characters = [...textIn('text.substring', source)];
      const [from, to] = [positionIn(start), positionIn(end)];
      if (from < 0 || from > to || from > characters.length) {
        throw notModelled(`text.substring from ${from} to ${to}`);
      }
      return characters.slice(from, to).join('');
    },
  ],
  'text.split': [
    2,
    ([source = null, separator = null]) => {
      const by = textIn('text.split', separator);
      if (by === '') throw notModelled('text.split with an empty separator');
      return textIn('text.split', source).split(by);
    },
  ],
  'text.replace_all': [
    3,
    ([source = null, substr = null, repl = null]) => {
      const [text = '', old = '', into = ''] = [source, substr, repl].map((value) =>
        textIn('text.replace_all', value),
      );
      if (old === '') throw notModelled('text.replace_all of an empty text');
      return text.replaceAll(old, () => into);
    },
  ],
  'text.url_encode': [
    1,
    ([source = null]) =>
      encodeURIComponent(textIn('text.url_encode', source)).replaceAll(
        /[!'()*]/gu,
        (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
  ],
};

export const STANDARD_LIBRARY: ReadonlyMap<string, LibraryFunction> = new Map(
  Object.entries(FUNCTIONS).map(([name, [count, run]]) => [name, { count, run }]),
);

function wrong(name: string, value: Value): RaisedError {
  return raised('TypeError', `${name}: an argument of type ${typeName(value)} is not accepted`);
}

function positionIn(value: Value): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw wrong('text.substring', value);
}

function textIn(name: string, value: Value): string {
  if (typeof value === 'string') return value;
  throw wrong(name, value);
}
