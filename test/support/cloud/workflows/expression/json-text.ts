/**
 * JSON to values and back. Unlike JSON.parse it keeps 2 and 2.0 apart; unlike JSON.stringify it sorts
 * keys, as every payload of the real service does, and refuses what has no one text.
 */
import { INTEGER_MAX, INTEGER_MIN } from '../run/limits.js';
import { isList, isMap, type Value } from './values.js';
import { notModelled, raised } from '../run/workflow-errors.js';

/** A number of which every implementation prints the same digits lies between these. */
const PLAIN_DOUBLE_MIN = 1e-4;
const PLAIN_DOUBLE_MAX = 1e15;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Throws a SyntaxError that names the place. */
export function parseJson(text: string): Value {
  // The types of the language do not know the reviver's third argument yet.
  const parse = JSON.parse as (json: string, reviver: Reviver) => unknown;
  return parse(text, revived) as Value;
}

function revived(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value === 'number') return numberFrom(source ?? String(value));
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return new Map(Object.entries(value));
}

function numberFrom(source: string): Value {
  if (!/^-?\d+$/u.test(source)) return Number(source);
  const integer = BigInt(source);
  if (integer > INTEGER_MAX || integer < INTEGER_MIN) {
    throw notModelled(`integer beyond 64 bits: ${source}`);
  }
  return integer;
}

/** `indent` is what a level is moved right by; empty for one line. */
export function jsonText(value: Value, indent = ''): string {
  return write(value, indent, '');
}

function write(value: Value, indent: string, margin: string): string {
  if (value instanceof Uint8Array) throw raised('TypeError', 'bytes cannot be encoded as JSON');
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'bigint') return String(value);
  const inner = margin + indent;
  if (isList(value)) {
    return wrap(
      '[]',
      value.map((item) => write(item, indent, inner)),
      indent === '' ? '' : `\n${inner}`,
      margin,
    );
  }
  if (!isMap(value)) return JSON.stringify(value);
  const keys = [...value.keys()].sort();
  const colon = indent === '' ? ':' : ': ';
  const items = keys.map(
    (key) => JSON.stringify(key) + colon + write(value.get(key) ?? null, indent, inner),
  );
  return wrap('{}', items, indent === '' ? '' : `\n${inner}`, margin);
}

function wrap(brackets: '[]' | '{}', items: string[], lead: string, margin: string): string {
  if (items.length === 0) return brackets;
  const tail = lead === '' ? '' : `\n${margin}`;
  return brackets.charAt(0) + lead + items.join(`,${lead}`) + tail + brackets.charAt(1);
}

/** Whether 10.0 prints as 10 or 10.0 is not known, so it prints as neither. */
export function doubleText(double: number): string {
  if (Number.isInteger(double)) {
    throw notModelled(`text of a double with an integral value (${double}): convert it with int()`);
  }
  const size = Math.abs(double);
  if (!(size >= PLAIN_DOUBLE_MIN && size < PLAIN_DOUBLE_MAX)) {
    throw notModelled(`text of the double ${double}`);
  }
  return String(double);
}
