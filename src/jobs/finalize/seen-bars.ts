/**
 * The bars kept of a file while it is checked: roll-ups for the coarser files, and its own bars if a finer
 * file rolled up to them.
 */
import type { RowValues } from '../../core/check/cell-values.js';
import { QuickRollUp } from '../../core/across/quick-roll-up.js';
import type { QuickRow } from '../../core/check/quick-row.js';
import { checkRollUp, RollUp, rollUpBase } from '../../core/across/roll-up-check.js';
import { BARS } from '../../core/column/bar-table.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { UtcDate } from '../../core/unit/utc-date.js';

/** How rows are kept and rolled up: in big integers, or in doubles, which may be in doubt. */
interface RowKind<Row> {
  rollUp(factor: number): Rolling<Row>;
  valuesOf(row: Row): RowValues;
}

interface Rolling<Row> {
  readonly rolled: readonly RowValues[];
  /** False: in doubt. */
  take(row: Row): boolean;
}

export const EXACT: RowKind<RowValues> = {
  rollUp: (factor) => new RollUp(BARS, factor),
  valuesOf: (values) => values,
};

export const QUICK: RowKind<QuickRow> = {
  rollUp: (factor) => new QuickRollUp(BARS, factor),
  valuesOf: (row) => row.values(),
};

/** What the files of a day have in common. */
interface DayFiles {
  readonly resolutions: readonly Resolution[];
  /** Roll-ups of the finer files checked so far, by bar length in seconds. */
  readonly rolled: ReadonlyMap<number, readonly RowValues[]>;
}

export class SeenBars<Row> {
  readonly rollUps: Map<number, Rolling<Row>> = new Map();
  private readonly resolution: Resolution;
  private readonly day: DayFiles;
  private readonly kind: RowKind<Row>;
  private readonly kept: RowValues[] = [];
  private readonly keeps: boolean;

  constructor(resolution: Resolution, day: DayFiles, kind: RowKind<Row>) {
    this.resolution = resolution;
    this.day = day;
    this.kind = kind;
    this.keeps = day.rolled.has(resolution.seconds);
    for (const coarser of day.resolutions) {
      if (rollUpBase(day.resolutions, coarser)?.seconds !== resolution.seconds) continue;
      this.rollUps.set(coarser.seconds, kind.rollUp(coarser.seconds / resolution.seconds));
    }
  }

  /** False: in doubt. The row is lent. */
  take(row: Row): boolean {
    if (this.keeps) this.kept.push(this.kind.valuesOf(row));
    for (const rollUp of this.rollUps.values()) if (!rollUp.take(row)) return false;
    return true;
  }

  /** Compares the file with the roll-up of the finer file before it; the finest has nothing to compare with. */
  compare(name: string, date: UtcDate): CheckResult[] {
    const { resolution, kept, day } = this;
    const base = rollUpBase(day.resolutions, resolution);
    if (base === undefined) return [{ check: 'roll_up', ok: true, detail: '' }];
    const expected = day.rolled.get(resolution.seconds);
    if (expected === undefined) return [];
    return checkRollUp(BARS, kept, expected, { name, date, resolution, base: base.name });
  }
}
