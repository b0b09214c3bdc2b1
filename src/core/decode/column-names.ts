/**
 * Tells from their names what the fields of a header are: a column's own name, one of its synonyms, or
 * what `--columns` says. It reads no file and judges no row.
 */
import type { NamedColumn } from '../rule/named-columns.js';
import {
  AGGREGATE_ID_COLUMN,
  AGGREGATE_ID_NAMES,
  columnKey,
  RECORDED_COLUMNS,
  SIDE_COLUMN,
} from '../rule/recorded-columns.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';

export interface ColumnMeanings {
  /** Column of each field in the order of the header; undefined: ignored. */
  readonly columns: readonly (string | undefined)[];
  /** The field of is_buyer_maker says the aggressor's side in words. */
  readonly saysSide: boolean;
  /** The trade ids are those of aggregate trades. */
  readonly isAggregated: boolean;
}

/** Two fields of a header that are equally one column. */
export interface ClashingNames {
  readonly column: string;
  readonly names: readonly string[];
}

/** What a name may be. Of the fields that may be one column those of the lowest rank are it. */
interface Meaning {
  readonly column: string;
  readonly rank: typeof OWN | typeof SYNONYM | typeof LAST_RESORT;
  readonly saysSide: boolean;
  readonly isAggregated: boolean;
}

const OWN = 0;
const SYNONYM = 1;
const LAST_RESORT = 2;

/** `names` and results are Latin-1 texts of the header's bytes. */
export function columnMeanings(
  stream: StreamName,
  names: readonly string[],
  named: readonly NamedColumn[],
): ColumnMeanings | ClashingNames {
  const meanings = meaningsWith(stream, named);
  const found = names.map((name) => meanings.get(columnKey(name)));
  const rankOf = new Map<string, number>();
  for (const meaning of found) {
    if (meaning === undefined) continue;
    const { column, rank } = meaning;
    rankOf.set(column, Math.min(rank, rankOf.get(column) ?? rank));
  }
  const valid = found.map((meaning) =>
    meaning !== undefined && meaning.rank === rankOf.get(meaning.column) ? meaning : undefined,
  );
  const columns = valid.map((meaning) => meaning?.column);
  for (const column of rankOf.keys()) {
    const clashing = names.filter((_, index) => columns[index] === column);
    if (clashing.length > 1) return { column, names: clashing };
  }
  return {
    columns,
    saysSide: valid.some((meaning) => meaning?.saysSide === true),
    isAggregated: valid.some((meaning) => meaning?.isAggregated === true),
  };
}

/** Every name of the table in a stream, own names and synonyms, as they are written there. */
export function tableNames(stream: StreamName, column: string): readonly string[] {
  const synonyms = RECORDED_COLUMNS[stream][column]?.synonyms ?? [];
  return column === 'is_buyer_maker'
    ? [column, ...synonyms, SIDE_COLUMN]
    : [column, ...synonyms, ...(column === 'trade_id' ? [AGGREGATE_ID_COLUMN] : [])];
}

type Meanings = ReadonlyMap<string, Meaning>;

const TABLE_MEANINGS: ReadonlyMap<StreamName, Meanings> = new Map(
  STREAMS.map((stream) => [stream, tableMeanings(stream)]),
);

function tableMeanings(stream: StreamName): Meanings {
  return new Map(
    Object.keys(RECORDED_COLUMNS[stream]).flatMap((column) =>
      tableNames(stream, column).map((name) => [columnKey(name), meaningInTable(column, name)]),
    ),
  );
}

function meaningInTable(column: string, name: string): Meaning {
  const isAggregated = column === 'trade_id' && AGGREGATE_ID_NAMES.includes(name);
  const saysSide = column === 'is_buyer_maker' && name === SIDE_COLUMN;
  const isLast = isAggregated && name === AGGREGATE_ID_COLUMN;
  const rank = name === column ? OWN : isLast ? LAST_RESORT : SYNONYM;
  return { column, rank, saysSide, isAggregated };
}

/** Names that the option adds replace what the table says of them. */
function meaningsWith(stream: StreamName, named: readonly NamedColumn[]): Meanings {
  const table = TABLE_MEANINGS.get(stream) ?? new Map<string, Meaning>();
  const added = named.filter((one) => one.stream === stream);
  if (added.length === 0) return table;
  const meanings = new Map(table);
  for (const { name, column } of added) {
    const saysSide = column === SIDE_COLUMN;
    meanings.set(columnKey(latin1OfUtf8(name)), {
      column: saysSide ? 'is_buyer_maker' : column,
      rank: OWN,
      saysSide,
      isAggregated: false,
    });
  }
  return meanings;
}

/** The bytes of a text in UTF-8, one character each, as headers are read. */
function latin1OfUtf8(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
