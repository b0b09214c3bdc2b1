/** What is published of a symbol-day, in the few facts that a comparison needs: reports list thousands of inputs. */
import { barsName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { BarArtifact, DayStatus } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { readResolution } from '../../core/unit/resolution.js';

export interface DayState {
  readonly status: DayStatus;
  readonly coverage: number;
  /** Used trade rows, which is the sum of a bar file's `trade_count`. */
  readonly trades: number;
  /** The bar files under the names that they have, finest first; none of an empty day. */
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
