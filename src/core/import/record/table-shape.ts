/** Which column each field of a CSV file is, for trades and for snapshots with JSON in their cells. */
import {
  type ClashingNames,
  columnMeanings,
  type ColumnMeanings,
} from '../../decode/column-names.js';
import { expectedColumns } from '../../decode/foreign-header.js';
import { CHUNK_HEADERS, type ChunkForm } from '../../frame/chunk-text.js';
import type { NamedColumn } from '../../rule/named-columns.js';
import { AGGREGATE_ID_NAMES, requiredColumns, tableOrder } from '../../rule/recorded-columns.js';
import { STREAMS, type StreamName } from '../../rule/symbol-day.js';
import { FlowbarsError } from '../../unit/errors.js';
import { quoted } from '../../unit/typed-text.js';
import { isEpoch } from '../epoch.js';

export interface TableShape {
  readonly form: ChunkForm;
  /** Names of the fields: those of the header, or of a known order of columns. */
  readonly names: readonly string[];
  /** Header line of the chunks: the columns that the source has. */
  readonly header: string;
  /** Field of each of these columns. */
  readonly fields: readonly number[];
  readonly timeField: number;
  readonly receiveField: number | undefined;
  readonly symbolField: number | undefined;
  /** The field of is_buyer_maker says `buy` or `sell`. */
  readonly saysSide: boolean;
}

export interface TableHints {
  readonly stream: StreamName | undefined;
  readonly columns: readonly NamedColumn[];
}

const SHOWN_CHARACTERS = 120;

/** Throws a data error for a header without the required columns. */
export function headerShape(
  names: readonly string[],
  hints: TableHints,
  where: string,
): TableShape {
  const streams = hints.stream === undefined ? STREAMS : [hints.stream];
  const read = streams.map((stream) => shapeIn(stream, names, hints.columns));
  const shape = read.find((one) => 'form' in one);
  if (shape !== undefined) return shape;
  // Of both streams the one of which less is missing is meant.
  const [nearest] = read
    .flatMap((one) => ('form' in one ? [] : [one]))
    .toSorted((one, other) => one.missing.length - other.missing.length);
  throw new FlowbarsError('data', {
    where,
    what: 'header',
    found: quoted(names.join(',').slice(0, SHOWN_CHARACTERS)),
    expected: nearest?.expected ?? 'the columns of a stream',
  });
}

interface NoShape {
  readonly missing: readonly string[];
  readonly expected: string;
}

function shapeIn(
  stream: StreamName,
  names: readonly string[],
  columns: readonly NamedColumn[],
): TableShape | NoShape {
  const meanings = columnMeanings(stream, names, columns);
  if (isClash(meanings)) {
    const expected = `one column ${meanings.column}, not ${meanings.names.join(' and ')} (--columns ${stream}:NAME=${meanings.column})`;
    return { missing: [], expected };
  }
  const missing = requiredColumns(stream).filter((column) => !meanings.columns.includes(column));
  if (missing.length === 0) return shapeOf(stream, names, meanings);
  const unknown = names.filter((_, index) => meanings.columns[index] === undefined);
  return { missing, expected: expectedColumns(stream, missing, unknown) };
}

function isClash(meanings: ColumnMeanings | ClashingNames): meanings is ClashingNames {
  return 'column' in meanings;
}

function shapeOf(
  stream: StreamName,
  names: readonly string[],
  { columns, isAggregated, saysSide }: ColumnMeanings,
): TableShape {
  const form = stream === 'depth' ? 'depth' : isAggregated ? 'aggregates' : 'trades';
  const fieldOf = (column: string): number | undefined => {
    const field = columns.indexOf(AGGREGATE_ID_NAMES.includes(column) ? 'trade_id' : column);
    return field < 0 ? undefined : field;
  };
  const kept = CHUNK_HEADERS[form].split(',').flatMap((column) => {
    const field = fieldOf(column);
    return field === undefined ? [] : [{ column, field }];
  });
  return {
    form,
    names,
    header: kept.map(({ column }) => column).join(','),
    fields: kept.map(({ field }) => field),
    timeField: columns.indexOf('timestamp'),
    receiveField: fieldOf('receive_time'),
    symbolField: fieldOf('symbol'),
    saysSide,
  };
}

/** Columns of archive files without a header, and a field that tells the layout from others of its length. */
const ARCHIVE_ORDERS: readonly (readonly string[])[] = [
  ['id', 'price', 'qty', 'quote_qty', 'time', 'is_buyer_maker'],
  ['id', 'price', 'qty', 'quoteQty', 'time', 'isBuyerMaker', 'isBestMatch'],
  [
    'agg_trade_id',
    'price',
    'quantity',
    'first_trade_id',
    'last_trade_id',
    'transact_time',
    'is_buyer_maker',
  ],
  [
    'agg_trade_id',
    'price',
    'quantity',
    'first_trade_id',
    'last_trade_id',
    'transact_time',
    'is_buyer_maker',
    'is_best_match',
  ],
];
const TIME_NAMES = ['time', 'transact_time'];
const FLAG_PATTERN = /^(?:true|false|0|1)$/i;

/** Names of the fields of an archive file without a header, by its first row; undefined if it is none. */
export function archiveOrder(row: readonly string[]): readonly string[] | undefined {
  return ARCHIVE_ORDERS.find((names) => {
    const timeField = names.findIndex((name) => TIME_NAMES.includes(name));
    return (
      names.length === row.length &&
      isEpoch(row[timeField] ?? '') &&
      row.slice(timeField + 1).every((cell) => FLAG_PATTERN.test(cell))
    );
  });
}

/** The same for a file in the order of docs/INPUT.md; undefined if its first row does not fit. */
export function plainOrder(
  row: readonly string[],
  stream: StreamName | undefined,
): readonly string[] | undefined {
  const guessed = stream ?? (row[1]?.startsWith('[') === true ? 'depth' : 'trades');
  const names = tableOrder(guessed);
  const isLong = row.length >= requiredColumns(guessed).length && row.length <= names.length;
  return isLong && isEpoch(row[0] ?? '') ? names.slice(0, row.length) : undefined;
}
