/** The few facts of a published symbol-day that a comparison needs; its report lists thousands of inputs. */
import { barsName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { BarArtifact, DayStatus } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { readResolution } from '../../core/unit/resolution.js';

export interface DayState {
  readonly status: DayStatus;
  readonly coverage: number;
  /** Used trade rows: the sum of a bar file's `trade_count`. */
  readonly trades: number;
  /** Names of the bar files, finest first; empty for an `empty` day. */
  readonly artifacts: readonly BarArtifact[];
}

export function dayStateOf(
  day: SymbolDay,
  { status, coverage, rows, artifacts }: PublishedReport,
): DayState {
  const named = artifacts.filter(
    ({ resolution, name }) =>
      readResolution(resolution) !== undefined && name === barsName(day, resolution),
  );
  return { status, coverage, trades: rows.trades.used, artifacts: named };
}
