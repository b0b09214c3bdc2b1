/**
 * The forms that a rule's value can have. Each defines how the value is written on a command line, in a
 * stored report and in a fingerprint. rule-table.ts lists the rules.
 */
import type { Shape } from '../shape/shape.js';
import { formatDecimal, parseDecimal } from '../unit/decimal.js';
import { assert, unreachable } from '../unit/errors.js';
import { isDictionary } from '../unit/json.js';
import {
  decimalNumber,
  oneOf,
  parseBoolean,
  printWords,
  quoted,
  readInstant,
  refuse,
  someOf,
  type TextReader,
  wholeNumber,
} from '../unit/typed-text.js';
import { isoStampMs, SECOND_MS, type TimeRange } from '../unit/utc-date.js';
import { checkLayout } from './layout.js';
import {
  COLUMNS_SHAPE,
  isNamedColumns,
  type NamedColumn,
  parseColumns,
  printColumns,
} from './named-columns.js';
import {
  isStreamNames,
  parseStreamNames,
  printStreamNames,
  STREAM_NAMES_SHAPE,
  type StreamNames,
} from './stream-names.js';

/** As data: the types of the rules follow from their table. `min` and `max` are included. */
export type RuleForm =
  | { readonly is: 'whole'; readonly min: number; readonly max: number }
  /** Written in seconds on the command line, kept and stored in milliseconds. */
  | { readonly is: 'seconds'; readonly min: number; readonly max: number }
  | { readonly is: 'share' }
  /** An exact decimal of 0 or more, kept and stored in plain notation. */
  | { readonly is: 'decimal' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'flag' }
  /** A template of chunk names. */
  | { readonly is: 'layout' }
  /** A stretch of time, or undefined. */
  | { readonly is: 'range' }
  /** The folder name of each stream. */
  | { readonly is: 'stream_names' }
  /** Names of columns beside those of docs/INPUT.md. */
  | { readonly is: 'columns' }
  /** Some of a few words, in their order; `none` for none. */
  | { readonly is: 'words'; readonly of: readonly string[] };

/** The value of a form. */
export type FormValue<Form> = Form extends { readonly is: 'whole' | 'seconds' | 'share' }
  ? number
  : Form extends { readonly is: 'choice'; readonly of: readonly (infer Word)[] }
    ? Word
    : Form extends { readonly is: 'flag' }
      ? boolean
      : Form extends { readonly is: 'layout' | 'decimal' }
        ? string
        : Form extends { readonly is: 'range' }
          ? TimeRange | undefined
          : Form extends { readonly is: 'stream_names' }
            ? StreamNames
            : Form extends { readonly is: 'columns' }
              ? readonly NamedColumn[]
              : Form extends { readonly is: 'words'; readonly of: readonly (infer Word)[] }
                ? readonly Word[]
                : never;

/** The declared shape of a form in a stored report. */
export type FormShape<Form> = Form extends { readonly is: 'whole' | 'seconds' }
  ? { readonly is: 'count' }
  : Form extends { readonly is: 'share' }
    ? { readonly is: 'share' }
    : Form extends { readonly is: 'choice'; readonly of: infer Words }
      ? { readonly is: 'word'; readonly of: Words }
      : Form extends { readonly is: 'decimal' }
        ? { readonly is: 'decimal' }
        : Form extends { readonly is: 'flag' }
          ? { readonly is: 'truth' }
          : Form extends { readonly is: 'layout' }
            ? { readonly is: 'name' }
            : Form extends { readonly is: 'range' }
              ? typeof RANGE_SHAPE
              : Form extends { readonly is: 'stream_names' }
                ? typeof STREAM_NAMES_SHAPE
                : Form extends { readonly is: 'columns' }
                  ? typeof COLUMNS_SHAPE
                  : Form extends { readonly is: 'words'; readonly of: infer Words }
                    ? {
                        readonly is: 'list';
                        readonly of: { readonly is: 'word'; readonly of: Words };
                      }
                    : never;

/** The operations of a form, on values of unknown type: a value of another form is a bug. */
export interface FormWork {
  readonly shape: Shape;
  readonly holds: (value: unknown) => boolean;
  readonly parse: TextReader<unknown>;
  /** The text that `parse` reads back; undefined for an absent value. */
  readonly print: (value: unknown) => string | undefined;
  readonly store: (value: unknown) => unknown;
  /** From a stored value that its guard has accepted. */
  readonly restore: (stored: unknown) => unknown;
  /** The value in a fingerprint. The bytes of its JSON must never change. */
  readonly digest: (value: unknown) => unknown;
}

/** Decimals of options for shares and seconds. */
const OPTION_DECIMALS = 15;

export const RANGE_SHAPE = {
  is: 'object',
  orNull: true,
  fields: {
    from: { is: 'instant', about: 'First instant, UTC.' },
    to: { is: 'instant', about: 'First instant after it, UTC.' },
  },
} as const;

export function workOf(form: RuleForm): FormWork {
  switch (form.is) {
    case 'whole':
      return plain({ is: 'count' }, isNumber, wholeNumber(form.min, form.max), plainNumber);
    case 'seconds': {
      const seconds = decimalNumber(form.min, form.max, 'seconds');
      const parse = (text: string, where: string): number =>
        Math.round(seconds(text, where) * SECOND_MS);
      return plain({ is: 'count' }, isNumber, parse, (ms) => plainNumber(ms / SECOND_MS));
    }
    case 'share':
      return plain({ is: 'share' }, isNumber, decimalNumber(0, 1), plainNumber);
    case 'decimal':
      return plain({ is: 'decimal' }, isText, parseAmount, (text) => text);
    case 'choice': {
      const isWord = (value: unknown): value is string =>
        typeof value === 'string' && form.of.includes(value);
      return plain({ is: 'word', of: form.of }, isWord, oneOf(form.of), (word) => word);
    }
    case 'flag':
      return plain({ is: 'truth' }, isTruth, parseBoolean, String);
    case 'layout':
      return plain({ is: 'name' }, isText, parseLayout, (text) => text);
    case 'range':
      return RANGE;
    case 'stream_names':
      return plain(STREAM_NAMES_SHAPE, isStreamNames, parseStreamNames, printStreamNames);
    case 'columns':
      return plain(COLUMNS_SHAPE, isNamedColumns, parseColumns, printColumns);
    case 'words': {
      const areWords = (value: unknown): value is readonly string[] =>
        Array.isArray(value) &&
        value.every((word: unknown) => form.of.some((known) => known === word));
      const shape = { is: 'list', of: { is: 'word', of: form.of } } as const;
      return plain(shape, areWords, someOf(form.of), printWords);
    }
    default:
      return unreachable(form);
  }
}

/** A form whose values are stored and digested unchanged. */
function plain<T>(
  shape: Shape,
  holds: (value: unknown) => value is T,
  parse: TextReader<T>,
  print: (value: T) => string,
): FormWork {
  const printAny = (value: unknown): string => print(held(value, holds));
  return { shape, holds, parse, print: printAny, store: same, restore: same, digest: same };
}

function same(value: unknown): unknown {
  return value;
}

const RANGE: FormWork = {
  shape: RANGE_SHAPE,
  holds: (value) => value === undefined || isRange(value),
  parse: parseRange,
  print: (value) => {
    const stamps = stampsOf(value);
    return stamps && `${stamps.from}/${stamps.to}`.replaceAll('.000Z', 'Z');
  },
  store: (value) => stampsOf(value) ?? null,
  restore: (stored) =>
    isDictionary(stored)
      ? { fromMs: Date.parse(String(stored['from'])), toMs: Date.parse(String(stored['to'])) }
      : undefined,
  digest: (value) => {
    if (value === undefined) return null;
    const { fromMs, toMs } = held(value, isRange);
    return { fromMs, toMs };
  },
};

function stampsOf(value: unknown): { readonly from: string; readonly to: string } | undefined {
  if (value === undefined) return undefined;
  const { fromMs, toMs } = held(value, isRange);
  return { from: isoStampMs(fromMs), to: isoStampMs(toMs) };
}

/** `FROM/TO`, two instants in UTC; end exclusive. */
function parseRange(text: string, where: string): TimeRange {
  const [fromText = '', toText = '', ...rest] = text.split('/');
  const fromMs = readInstant(fromText);
  const toMs = readInstant(toText);
  if (rest.length > 0 || fromMs === undefined || toMs === undefined) {
    const expected = 'FROM/TO in UTC, such as 2024-07-18T10:00:00Z/2024-07-18T12:30:00Z';
    return refuse(where, 'range', quoted(text), expected);
  }
  return fromMs < toMs
    ? { fromMs, toMs }
    : refuse(where, 'range', quoted(text), 'a start before the end');
}

function parseLayout(text: string, where: string): string {
  checkLayout(text, where);
  return text;
}

function parseAmount(text: string, where: string): string {
  const decimal = parseDecimal(text);
  return decimal === undefined || decimal.mantissa < 0n
    ? refuse(where, 'number', quoted(text), 'a decimal number of 0 or more')
    : formatDecimal(decimal.mantissa, decimal.decimals);
}

/** Never an exponent: String would write `0.0000001` as `1e-7`. */
function plainNumber(value: number): string {
  const [whole = '', fraction = ''] = value.toFixed(OPTION_DECIMALS).split('.');
  return formatDecimal(BigInt(`${whole}${fraction}`), fraction.length);
}

function held<T>(value: unknown, holds: (value: unknown) => value is T): T {
  assert(holds(value), 'the value of a rule has the form of the rule');
  return value;
}

function isRange(value: unknown): value is TimeRange {
  return isDictionary(value) && isNumber(value['fromMs']) && isNumber(value['toMs']);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isTruth(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
