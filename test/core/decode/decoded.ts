/**
 * Decodes one chunk with the product, with the strict path alone and with the oracle, and brings each
 * result to the same plain rows for comparison.
 */
import { isUnreadable, planColumns } from '../../../src/core/decode/chunk-columns.js';
import {
  decodeChunk,
  LINE_BYTES_MAX,
  type DecodedChunk,
} from '../../../src/core/decode/decode-chunk.js';
import type { ChunkRows } from '../../../src/core/decode/row-batches.js';
import { Malformed } from '../../../src/core/decode/strict-cell.js';
import { readStrictRow, type SplitLine } from '../../../src/core/decode/strict-row.js';
import { LEVELS_MAX, type StrictLevel } from '../../../src/core/event/depth-rows.js';
import type { Mantissas } from '../../../src/core/event/mantissas.js';
import { TAKER_BUY, type Scales, type StrictTrade } from '../../../src/core/event/trade-rows.js';
import type { NamedColumn } from '../../../src/core/rule/named-columns.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';
import type { Decimal } from '../../../src/core/unit/decimal.js';
import { powerOfTen } from '../../../src/core/unit/decimal.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { rowsOf, type Row } from '../../support/oracle/chunk.js';
import { linesOf } from '../../support/oracle/csv-line.js';
import type { Level } from '../../support/oracle/json-levels.js';

/** A row as text: time, values at 18 decimals, side, id, excluded. */
type PlainRow = string;

export const NO_SCALES: Scales = { priceDecimals: 0, quantityDecimals: 0 };

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

export function decode(
  stream: StreamName,
  text: string,
  scales: Scales = NO_SCALES,
  columns: readonly NamedColumn[] = [],
): DecodedChunk | undefined {
  const input = { stream, object: 'o', bytes: bytesOf(text), scales, splitLine, columns };
  const chunk = decodeChunk(input);
  return isUnreadable(chunk) ? undefined : chunk;
}

/** Undefined: the chunk is unreadable. */
export function productRows(chunk: DecodedChunk | undefined): PlainRow[] | undefined {
  return chunk?.batches.flatMap((rows) =>
    Array.from({ length: rows.count }, (_, row) => plainRow(rows, row)),
  );
}

/** The result of readStrictRow for every line; undefined if epochs are mixed or the first line is bad. */
export function strictRows(
  stream: StreamName,
  text: string,
  named: readonly NamedColumn[] = [],
): PlainRow[] | undefined {
  const lines = linesOf(text);
  const first = lines[0];
  if (first === undefined || first.text.length > LINE_BYTES_MAX) return undefined;
  const plan = planColumns(stream, splitLine(first.text), named);
  if (isUnreadable(plan)) return undefined;
  const rows = lines
    .filter(({ text: line }) => !plan.hasHeader || line !== first.text)
    .filter((line) => line.text.length <= LINE_BYTES_MAX)
    .map((line) => readStrictRow(line.text, plan, splitLine))
    .flatMap((row) => (row instanceof Malformed ? [] : [row]));
  if (new Set(rows.map(({ epochDigits }) => epochDigits)).size > 1) return undefined;
  if (new Set(rows.map(({ symbol }) => symbol)).size > 1) return undefined;
  return rows.map((row) =>
    row.kind === 'trade'
      ? tradeText(row)
      : [
          row.timeMs,
          ...[row.bids, row.asks].map((side) => side.map(strictLevel).join(' ')),
          row.id,
          row.excluded,
        ].join('|'),
  );
}

/** Undefined: the chunk is unreadable. */
export function oracleRows(
  stream: StreamName,
  text: string,
  named: readonly NamedColumn[] = [],
): PlainRow[] | undefined {
  return rowsOf(stream, text, [...named])?.flatMap((row) => {
    const plain = oracleRow(row);
    return plain === undefined ? [] : [plain];
  });
}

export function oracleMalformedLines(stream: StreamName, text: string): number[] {
  return (rowsOf(stream, text) ?? []).flatMap((row) => (row.kind === 'malformed' ? row.line : []));
}

function plainRow(rows: ChunkRows, row: number): PlainRow {
  const id = Number.isNaN(rows.id[row]) ? (rows.textId.get(row) ?? '') : String(rows.id[row]);
  const isExcluded = rows.excluded[row] === 1;
  if (rows.stream === 'trades') {
    const side = rows.takerSide[row] === TAKER_BUY ? 'buy' : 'sell';
    const values = [at(rows.price, row), at(rows.quantity, row)];
    return [rows.timeMs[row], ...values, side, id, isExcluded].join('|');
  }
  const side = (levels: number, price: Mantissas, quantity: Mantissas): string =>
    Array.from({ length: levels }, (_, level) => row * LEVELS_MAX + level)
      .map((cell) => `${at(price, cell)}x${at(quantity, cell)}`)
      .join(' ');
  return [
    rows.timeMs[row],
    side(rows.bidLevels[row] ?? 0, rows.bidPrice, rows.bidQuantity),
    side(rows.askLevels[row] ?? 0, rows.askPrice, rows.askQuantity),
    id,
    isExcluded,
  ].join('|');
}

function at(column: Mantissas, index: number): bigint {
  return column.at(index) * powerOfTen(18 - column.decimals);
}

function tradeText({ timeMs, price, quantity, takerSide, id, excluded }: StrictTrade): PlainRow {
  const side = takerSide === TAKER_BUY ? 'buy' : 'sell';
  return [timeMs, e18(price), e18(quantity), side, id, excluded].join('|');
}

function strictLevel({ price, quantity }: StrictLevel): string {
  return `${e18(price)}x${e18(quantity)}`;
}

function e18({ mantissa, decimals }: Decimal): bigint {
  return mantissa * powerOfTen(18 - decimals);
}

function oracleRow(row: Row): PlainRow | undefined {
  switch (row.kind) {
    case 'malformed':
      return undefined;
    case 'trade': {
      const { timeMs, priceE18, quantityE18, takerSide, id, execType } = row;
      const isOnBook = execType === undefined || execType === 'MARKET' || execType === 'RPI';
      const isExcluded = priceE18 <= 0n || quantityE18 <= 0n || !isOnBook;
      return [timeMs, priceE18, quantityE18, takerSide, id ?? '', isExcluded].join('|');
    }
    case 'depth': {
      const levels = [...row.bids, ...row.asks];
      const isExcluded = levels.some((level) => level.priceE18 <= 0n || level.quantityE18 <= 0n);
      const sides = [row.bids, row.asks].map((side) => side.map(oracleLevel).join(' '));
      return [row.timeMs, ...sides, row.id ?? '', isExcluded].join('|');
    }
    default:
      return row satisfies never;
  }
}

function oracleLevel({ priceE18, quantityE18 }: Level): string {
  return `${priceE18}x${quantityE18}`;
}
