/**
 * What is kept of a file of bars or signals while it is checked: roll-ups for the coarser files, its own rows if a
 * finer file rolled up to them, and what its bars and its signals have to agree on.
 */
import { BarsAgree, type ComparedFile } from '../../core/across/bars-agree.js';
import { ExactKeptBars, type KeptBars, QuickKeptBars } from '../../core/across/kept-bars.js';
import { QuickBarsAgree } from '../../core/across/quick-bars-agree.js';
import { QuickRollUp } from '../../core/across/quick-roll-up.js';
import { checkRollUp, RollUp, rollUpBase } from '../../core/across/roll-up-check.js';
import type { RowValues } from '../../core/check/cell-values.js';
import type { QuickRow } from '../../core/check/quick-row.js';
import type { FileTable } from '../../core/column/file-table.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import type { Resolution } from '../../core/unit/resolution.js';
import { DAY_SECONDS } from '../../core/unit/utc-date.js';

/** How rows are kept and compared: in big integers, or in doubles, which may be in doubt. */
interface RowKind<Row> {
  rollUp(table: FileTable, factor: number): Rolling<Row>;
  keptBars(rows: number): KeptBars & { take(row: Row): void };
  agreeing(bars: KeptBars, file: ComparedFile): Agreeing<Row>;
  valuesOf(row: Row): RowValues;
}

/** False: in doubt. */
interface Taking<Row> {
  take(row: Row): boolean;
}

interface Rolling<Row> extends Taking<Row> {
  readonly rolled: readonly RowValues[];
}

interface Agreeing<Row> extends Taking<Row> {
  results(): CheckResult[];
}

export const EXACT: RowKind<RowValues> = {
  rollUp: (table, factor) => new RollUp(table, factor),
  keptBars: () => new ExactKeptBars(),
  agreeing: (bars, file) => new BarsAgree(bars, file),
  valuesOf: (values) => values,
};

export const QUICK: RowKind<QuickRow> = {
  rollUp: (table, factor) => new QuickRollUp(table, factor),
  keptBars: (rows) => new QuickKeptBars(rows),
  agreeing: (bars) =>
    bars instanceof QuickKeptBars
      ? new QuickBarsAgree(bars)
      : { take: () => false, results: () => [] },
  valuesOf: (row) => row.values(),
};

/** What the files checked so far left for the next ones. */
export class RowsOfDay {
  /** Roll-ups of the finer files, by kind and by length of a row in seconds. */
  readonly rolled: Readonly<Record<GridKind, Map<number, readonly RowValues[]>>> = {
    bars: new Map(),
    signals: new Map(),
  };
  /** The bars whose signals come next. */
  bars: KeptBars | undefined = undefined;
  /** Finest first. */
  readonly resolutions: Readonly<Record<GridKind, readonly Resolution[]>>;

  constructor(resolutions: Readonly<Record<GridKind, readonly Resolution[]>>) {
    this.resolutions = resolutions;
  }

  isListed(kind: GridKind, { seconds }: Resolution): boolean {
    return this.resolutions[kind].some((resolution) => resolution.seconds === seconds);
  }
}

export type GridKind = 'bars' | 'signals';

/** The file that is checked. */
export interface SeenFile extends ComparedFile {
  readonly kind: GridKind;
  readonly table: FileTable;
}

export class SeenRows<Row> {
  private readonly file: SeenFile;
  private readonly day: RowsOfDay;
  private readonly rows: RowKind<Row>;
  private readonly rollUps = new Map<number, Rolling<Row>>();
  private readonly kept: RowValues[] = [];
  private readonly isKept: boolean;
  /** Of bars whose signals are compared with them. */
  private readonly bars: (KeptBars & { take(row: Row): void }) | undefined;
  /** Of signals whose bars were right. */
  private readonly agreeing: Agreeing<Row> | undefined;

  constructor(file: SeenFile, day: RowsOfDay, rows: RowKind<Row>) {
    const { kind, table, resolution } = file;
    this.file = file;
    this.day = day;
    this.rows = rows;
    this.isKept = day.rolled[kind].has(resolution.seconds);
    for (const coarser of day.resolutions[kind]) {
      if (rollUpBase(day.resolutions[kind], coarser)?.seconds !== resolution.seconds) continue;
      const factor = coarser.seconds / resolution.seconds;
      this.rollUps.set(coarser.seconds, rows.rollUp(table, factor));
    }
    const isCompared = kind === 'bars' && day.isListed('signals', resolution);
    this.bars = isCompared ? rows.keptBars(DAY_SECONDS / resolution.seconds) : undefined;
    const isAgreeing = kind === 'signals' && day.isListed('bars', resolution);
    const others = isAgreeing ? day.bars : undefined;
    this.agreeing = others === undefined ? undefined : rows.agreeing(others, file);
  }

  /** False: in doubt. The row is lent. */
  take(row: Row): boolean {
    if (this.isKept) this.kept.push(this.rows.valuesOf(row));
    for (const rollUp of this.rollUps.values()) if (!rollUp.take(row)) return false;
    this.bars?.take(row);
    return this.agreeing?.take(row) ?? true;
  }

  /** Of a whole file: compares it with those before it, and leaves to the next ones what they need of it. */
  finish(): CheckResult[] {
    const { file, day, rollUps, bars } = this;
    for (const [seconds, { rolled }] of rollUps) day.rolled[file.kind].set(seconds, rolled);
    if (file.kind === 'bars') day.bars = bars;
    return [...this.compareRollUp(), ...this.compareBars()];
  }

  /** The finest file has nothing to compare with. */
  private compareRollUp(): CheckResult[] {
    const { file, day, kept } = this;
    const base = rollUpBase(day.resolutions[file.kind], file.resolution);
    if (base === undefined) return [{ check: 'roll_up', ok: true, detail: '' }];
    const expected = day.rolled[file.kind].get(file.resolution.seconds);
    if (expected === undefined) return [];
    return checkRollUp(file.table, kept, expected, { ...file, base: base.name });
  }

  /** Nothing is compared with bars that are broken; bars of other resolutions alone are nothing to compare with. */
  private compareBars(): CheckResult[] {
    const { file, day, agreeing } = this;
    if (file.kind === 'bars') return [];
    if (agreeing !== undefined) return agreeing.results();
    if (day.resolutions.bars.length === 0 || day.isListed('bars', file.resolution)) return [];
    return [{ check: 'bars_agree', ok: true, detail: '' }];
  }
}
