/** Inspects one raw chunk: its rows and their outcomes, as far as one chunk can tell. */
import { isUnreadable } from '../decode/chunk-columns.js';
import { type DecodedChunk, decodeChunk, type DecodeInput } from '../decode/decode-chunk.js';
import type { ChunkRows } from '../decode/row-batches.js';
import type { SplitLine } from '../decode/strict-row.js';
import { LEVELS_MAX } from '../event/depth-rows.js';
import type { Mantissas } from '../event/mantissas.js';
import { SeenLevels } from '../evidence/seen-levels.js';
import { Admission } from '../row/admit.js';
import { IdIntervals } from '../row/id-intervals.js';
import type { NamedColumn } from '../rule/named-columns.js';
import { tableOrder } from '../rule/recorded-columns.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { Levels } from '../stored/quality-report.js';
import { FlowbarsError } from '../unit/errors.js';
import { dayRange, isoStampMs, type TimeRange, type UtcDate } from '../unit/utc-date.js';
import type { ChunkInspection } from './inspection.js';

export interface ChunkToInspect {
  readonly stream: StreamName;
  /** Path or URI, for messages. */
  readonly name: string;
  /** The day in the name; undefined if there is none. */
  readonly date: UtcDate | undefined;
  /** Decompressed content. */
  readonly bytes: Uint8Array;
  /** Fields of the first non-blank line. */
  readonly firstFields: readonly string[];
  readonly splitLine: SplitLine;
  /** Names of columns beside those of docs/INPUT.md. */
  readonly columns: readonly NamedColumn[];
}

const ALL_TIME: TimeRange = { fromMs: -Infinity, toMs: Infinity };

/** Throws a FlowbarsError of kind `data` if the whole chunk is unreadable. */
export function inspectChunk(chunk: ChunkToInspect): ChunkInspection {
  const { stream, name, date, bytes, splitLine, columns } = chunk;
  const noScales = { priceDecimals: 0, quantityDecimals: 0 };
  const input = { stream, object: name, bytes, scales: noScales, splitLine, columns };
  // Decoded again with the scales that a run takes from the chunk before: strict_rows is then that of a run.
  const { scales } = decode(input);
  const decoded = decode({ ...input, scales });
  const { columns: plan, batches, rowsRead, malformed, malformedFirst, strictRows } = decoded;
  const range = date === undefined ? ALL_TIME : dayRange(date);
  const admission = stream === 'trades' ? Admission.forTrades(range) : Admission.forDepth(range);
  for (const [batch, rows] of batches.entries()) {
    admission.admit(rows, batch === 0 ? malformed : 0, name);
  }
  return {
    kind: stream,
    columns: plan.hasHeader ? chunk.firstFields : tableOrder(stream).slice(0, plan.fieldCount),
    meanings: plan.columns.map((column) => column ?? null),
    has_header: plan.hasHeader,
    date: date ?? null,
    rows: stream === 'trades' ? admission.tradeCounts : admission.depthCounts,
    time: timeOf(batches),
    levels: levelsOf(batches),
    decimals: rowsRead === malformed ? null : decimalsOf(batches),
    trade_ids: stream === 'trades' ? tradeIdsOf(batches) : null,
    strict_rows: strictRows,
    kernel_share: rowsRead === 0 ? null : (rowsRead - strictRows) / rowsRead,
    malformed_rows: malformedFirst,
  };
}

function decode(input: DecodeInput): DecodedChunk {
  const decoded = decodeChunk(input);
  if (!isUnreadable(decoded)) return decoded;
  throw new FlowbarsError('data', { where: input.object, ...decoded });
}

function timeOf(batches: readonly ChunkRows[]): ChunkInspection['time'] {
  let firstMs = Infinity;
  let lastMs = -Infinity;
  let beforeMs = -Infinity;
  let outOfOrder = 0;
  for (const { timeMs, count } of batches) {
    for (let row = 0; row < count; row += 1) {
      const rowMs = timeMs[row] ?? 0;
      if (rowMs < firstMs) firstMs = rowMs;
      if (rowMs > lastMs) lastMs = rowMs;
      if (rowMs < beforeMs) outOfOrder += 1;
      beforeMs = rowMs;
    }
  }
  if (lastMs < firstMs) return null;
  const units = { 13: 'milliseconds', 16: 'microseconds', 19: 'nanoseconds' } as const;
  const found = batches[0]?.epochDigits;
  const digits = found === 16 || found === 19 ? found : 13;
  return {
    first: isoStampMs(firstMs),
    last: isoStampMs(lastMs),
    unit: units[digits],
    out_of_order: outOfOrder,
  };
}

function levelsOf(batches: readonly ChunkRows[]): Levels | null {
  const seen = new SeenLevels();
  for (const rows of batches) if (rows.stream === 'depth') seen.take(rows);
  return seen.found;
}

interface Decimals {
  readonly price: number;
  readonly quantity: number;
}

function decimalsOf(batches: readonly ChunkRows[]): Decimals {
  const all = batches.map(decimalsOfBatch);
  return {
    price: Math.max(...all.map(({ price }) => price)),
    quantity: Math.max(...all.map(({ quantity }) => quantity)),
  };
}

function decimalsOfBatch(rows: ChunkRows): Decimals {
  if (rows.stream === 'trades') {
    return {
      price: decimalsNeeded(rows.price, allRows(rows.count)),
      quantity: decimalsNeeded(rows.quantity, allRows(rows.count)),
    };
  }
  const bids = levelIndexes(rows.bidLevels, rows.count);
  const asks = levelIndexes(rows.askLevels, rows.count);
  return {
    price: Math.max(decimalsNeeded(rows.bidPrice, bids), decimalsNeeded(rows.askPrice, asks)),
    quantity: Math.max(
      decimalsNeeded(rows.bidQuantity, bids),
      decimalsNeeded(rows.askQuantity, asks),
    ),
  };
}

/** The most decimals that any of the values has, without trailing zeros. */
function decimalsNeeded(column: Mantissas, indexes: readonly number[]): number {
  let needed = 0;
  for (const index of indexes) {
    let mantissa = column.at(index);
    let decimals = column.decimals;
    while (decimals > needed && mantissa % 10n === 0n) {
      mantissa /= 10n;
      decimals -= 1;
    }
    needed = Math.max(needed, decimals);
    if (needed === column.decimals) break;
  }
  return needed;
}

function allRows(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row);
}

/** Indexes of a side's levels; the cells after them are meaningless. */
function levelIndexes(levels: Uint8Array, count: number): number[] {
  const indexes: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const end = row * LEVELS_MAX + (levels[row] ?? 0);
    for (let index = row * LEVELS_MAX; index < end; index += 1) indexes.push(index);
  }
  return indexes;
}

function tradeIdsOf(batches: readonly ChunkRows[]): ChunkInspection['trade_ids'] {
  const ids = new IdIntervals();
  let rowsWithId = 0;
  for (const rows of batches) {
    for (let row = 0; row < rows.count; row += 1) {
      const id = rows.idNumber(row);
      if (Number.isNaN(id)) continue;
      rowsWithId += 1;
      ids.add(id, rows.timeMs[row] ?? 0);
    }
  }
  const { first, last } = ids;
  if (first === undefined || last === undefined) return null;
  const gaps = [...ids.gaps()];
  return {
    rows_with_id: rowsWithId,
    first: String(first),
    last: String(last),
    missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
    gap_count: gaps.length,
  };
}
