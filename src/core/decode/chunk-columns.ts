/**
 * Maps the columns of a chunk, from its header line or by the order of docs/INPUT.md, to a plan that
 * both decoding paths follow.
 */
import type { NamedColumn } from '../rule/named-columns.js';
import { requiredColumns, tableOrder } from '../rule/recorded-columns.js';
import type { StreamName } from '../rule/symbol-day.js';
import { columnMeanings, type ColumnMeanings } from './column-names.js';
import { expectedColumns } from './foreign-header.js';

/** What the byte kernels do with a field. */
export const ROLE_SKIP = 0;
export const ROLE_ID = 1;
export const ROLE_EXEC_TYPE = 2;
export const ROLE_SYMBOL = 3;
export const ROLE_TIMESTAMP = 4;
export const ROLE_PRICE = 5;
export const ROLE_QUANTITY = 6;
export const ROLE_BUYER_MAKER = 7;
export const ROLE_SIDE = 8;
export const ROLE_BIDS = 9;
export const ROLE_ASKS = 10;

export interface ColumnPlan {
  readonly stream: StreamName;
  readonly hasHeader: boolean;
  readonly fieldCount: number;
  /** Column of each field, in the order of the fields; undefined: ignored. */
  readonly columns: readonly (string | undefined)[];
  /** Names in the header, as Latin-1; empty without one. */
  readonly names: readonly string[];
  /** Names in the header of the ignored fields, as Latin-1. */
  readonly ignored: readonly string[];
  /** The field of is_buyer_maker says the aggressor's side, `buy` or `sell`. */
  readonly saysSide: boolean;
  /** The trade ids are those of aggregate trades. */
  readonly isAggregated: boolean;
  /** Field index of each known column that the chunk has. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** ROLE_… of each field. */
  readonly roles: Uint8Array;
}

/** Why a whole chunk cannot be read. */
export interface Unreadable {
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

/** What the kernels do with each column; they skip all others. */
const ROLES: ReadonlyMap<string, number> = new Map([
  ['timestamp', ROLE_TIMESTAMP],
  ['price', ROLE_PRICE],
  ['quantity', ROLE_QUANTITY],
  ['is_buyer_maker', ROLE_BUYER_MAKER],
  ['bids', ROLE_BIDS],
  ['asks', ROLE_ASKS],
  ['trade_id', ROLE_ID],
  ['update_id', ROLE_ID],
  ['exec_type', ROLE_EXEC_TYPE],
  ['symbol', ROLE_SYMBOL],
]);

const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** Plans the columns from the fields of the first line; `undefined` means that it is not a CSV record. */
export function planColumns(
  stream: StreamName,
  fields: readonly string[] | undefined,
  named: readonly NamedColumn[],
): ColumnPlan | Unreadable {
  if (fields === undefined) {
    return { what: 'first line', found: 'no csv record', expected: 'a header or a row' };
  }
  const hasHeader = isHeader(fields);
  const meanings = hasHeader
    ? headerMeanings(stream, fields, named)
    : tableMeanings(stream, fields);
  if (isUnreadable(meanings)) return meanings;
  const { columns, saysSide, isAggregated } = meanings;
  const ignored = fields.filter((_, index) => columns[index] === undefined);
  const missing = requiredColumns(stream).filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    return {
      what: 'header',
      found: quoted(fields.join(',')),
      expected:
        fields.length === 1
          ? `columns separated by commas: ${requiredColumns(stream).join(',')}`
          : expectedColumns(stream, missing, ignored),
    };
  }
  const indexOf = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    if (column !== undefined) indexOf.set(column, index);
  }
  return {
    stream,
    hasHeader,
    fieldCount: fields.length,
    columns,
    names: hasHeader ? fields : [],
    ignored,
    saysSide,
    isAggregated,
    indexOf,
    roles: Uint8Array.from(columns, (column) => roleOf(column ?? '', saysSide)),
  };
}

/** Whether a first line with these fields names columns: it does unless it begins with a digit. */
export function isHeader(fields: readonly string[]): boolean {
  return !/^\d/.test(fields[0] ?? '');
}

export function isUnreadable(result: object): result is Unreadable {
  return 'expected' in result;
}

/** Quotes a cell for a message: at most 80 characters, all but printable ASCII as \\xNN (cells are bytes). */
export function quoted(text: string): string {
  const shown =
    text.length > FOUND_CHARACTERS_MAX ? `${text.slice(0, FOUND_CHARACTERS_MAX)}…` : text;
  return `'${shown.replace(/[\u0000-\u001f\u007f-\u00ff]/g, hexEscape)}'`;
}

const FOUND_CHARACTERS_MAX = 80;

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function headerMeanings(
  stream: StreamName,
  names: readonly string[],
  named: readonly NamedColumn[],
): ColumnMeanings | Unreadable {
  if (names.some((name) => CONTROL_CHARACTER.test(name))) {
    return {
      what: 'header',
      found: quoted(names.join(',')),
      expected: 'names without control characters, separated by commas',
    };
  }
  const meanings = columnMeanings(stream, names, named);
  if ('columns' in meanings) return meanings;
  const { column, names: clashing } = meanings;
  const found = clashing.map((name) => quoted(name)).join(' and ');
  return {
    what: 'header',
    found: `column ${column} more than once: ${found}`,
    expected: `one of them (--columns ${stream}:NAME=COLUMN says what another means)`,
  };
}

/** Without a header the columns are the table's, and the required ones are there. */
function tableMeanings(
  stream: StreamName,
  { length }: readonly string[],
): ColumnMeanings | Unreadable {
  const table = tableOrder(stream);
  const required = requiredColumns(stream);
  if (length >= required.length && length <= table.length) {
    return { columns: table.slice(0, length), saysSide: false, isAggregated: false };
  }
  return {
    what: 'first line without a header',
    found: length === 1 ? '1 field' : `${length} fields`,
    expected: `${required.length} to ${table.length}: ${table.join(', ')}`,
  };
}

function roleOf(column: string, saysSide: boolean): number {
  const role = ROLES.get(column) ?? ROLE_SKIP;
  return saysSide && role === ROLE_BUYER_MAKER ? ROLE_SIDE : role;
}
