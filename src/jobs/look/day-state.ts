/** The few facts of a published symbol-day that a comparison needs; its report lists thousands of inputs. */
import { isBarText } from '../../core/stored/artifacts.js';
import { artifactName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Artifact, DayStatus } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';

export interface DayState {
  readonly status: DayStatus;
  readonly coverage: number;
  /** Used trade rows: the sum of a bar file's `trade_count`. */
  readonly trades: number;
  /** Its files; empty for an `empty` day. */
  readonly artifacts: readonly Artifact[];
}

/** The files that a repair keeps to compare them: its bars. */
export function keptFiles(state: DayState | undefined): readonly Artifact[] {
  return (state?.artifacts ?? []).filter(isBarText);
}

export function dayStateOf(
  day: SymbolDay,
  { status, coverage, rows, artifacts }: PublishedReport,
): DayState {
  const named = artifacts.filter((artifact) => artifact.name === artifactName(day, artifact));
  return { status, coverage, trades: rows.trades.used, artifacts: named };
}
