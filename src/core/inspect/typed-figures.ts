/** What the rows of a typed file add up to, as the page of the exact file shows it. Numbers are doubles. */
import { DIRECTIONS, PATTERNS } from '../column/pattern-table.js';
import { FILL_REASONS } from '../column/signal-table.js';
import type { TypedFigures } from './inspection.js';

/** Cells of a column: numbers, big integers of counts, texts; null or undefined if empty. */
type Cells = ArrayLike<unknown>;

/** The columns that figures are made of, as far as a file has them. */
export const FIGURE_COLUMNS: readonly string[] = [
  'timestamp',
  'trade_count',
  'vol_total',
  'low',
  'high',
  'fill_reason',
  'trades_missing_ms',
  'depth_missing_ms',
  'confirmed',
  'pattern',
  'direction',
];

export function typedFigures(columns: ReadonlyMap<string, Cells>): TypedFigures {
  const times = columns.get('timestamp') ?? columns.get('confirmed');
  const patterns = columns.get('pattern');
  const reasons = columns.get('fill_reason');
  return {
    first: stampOf(times?.[0]),
    last: stampOf(times?.[times.length - 1]),
    bars: barsOf(columns),
    signals:
      reasons === undefined
        ? null
        : {
            fill_reasons: FILL_REASONS.map((reason) => ({
              reason,
              rows: countOf(reasons, (cell) => cell === reason),
            })),
            trades_missing_ms: sumOf(columns.get('trades_missing_ms')) ?? 0,
            depth_missing_ms: sumOf(columns.get('depth_missing_ms')) ?? null,
          },
    events:
      patterns === undefined
        ? null
        : PATTERNS.map((pattern) => {
            const of = (direction: string): number =>
              countOf(
                patterns,
                (cell, row) => cell === pattern && columns.get('direction')?.[row] === direction,
              );
            const [down, up] = DIRECTIONS.map(of);
            return { pattern, down: down ?? 0, up: up ?? 0 };
          }),
  };
}

function barsOf(columns: ReadonlyMap<string, Cells>): TypedFigures['bars'] {
  const counts = columns.get('trade_count');
  if (counts === undefined) return null;
  const [lows, highs] = [columns.get('low'), columns.get('high')];
  let [traded, low, high] = [0, Infinity, -Infinity];
  for (let row = 0; row < counts.length; row++) {
    if (!(Number(counts[row] ?? 0) > 0)) continue;
    traded += 1;
    low = Math.min(low, Number(lows?.[row] ?? Infinity));
    high = Math.max(high, Number(highs?.[row] ?? -Infinity));
  }
  return {
    bars_with_trades: traded,
    trades: sumOf(counts) ?? 0,
    volume: sumOf(columns.get('vol_total')) ?? 0,
    price: low <= high ? { low, high } : null,
  };
}

/** Undefined if no row has a number. */
function sumOf(cells: Cells | undefined): number | undefined {
  let sum: number | undefined;
  for (let row = 0; row < (cells?.length ?? 0); row++) {
    const cell = cells?.[row] ?? undefined;
    if (cell !== undefined) sum = (sum ?? 0) + Number(cell);
  }
  return sum;
}

function countOf(cells: Cells, isOne: (cell: unknown, row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < cells.length; row++) if (isOne(cells[row], row)) count += 1;
  return count;
}

function stampOf(cell: unknown): string | null {
  const timeMs = typeof cell === 'number' || typeof cell === 'bigint' ? Number(cell) : Number.NaN;
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString().replace('.000Z', 'Z') : null;
}
