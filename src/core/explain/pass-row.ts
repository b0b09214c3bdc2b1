/** One row of bars and of signals as the pass writes them, from the chunks that it took. */
import type { GapEvidence } from '../gap/gap-grid.js';
import { barFile } from '../encode/bar-file.js';
import { levelWriters, stepWriters } from '../encode/book-signal-writers.js';
import { signalFile } from '../encode/signal-file.js';
import { gapGrid } from '../gap/gap-grid.js';
import type { DayFeatures } from '../pass/day-folds.js';
import { assert } from '../unit/errors.js';
import type { TimeRange } from '../unit/utc-date.js';

/** The cells in the order of each file's columns. */
export interface PassRow {
  readonly bars: readonly string[];
  readonly signals: readonly string[];
}

const LINE_FEED = 10;

/** `features` are of the bar's own length; the pass folded signals. */
export function passRow(
  { bars, book, signals }: DayFeatures,
  {
    day,
    bar,
    gaps,
  }: { readonly day: TimeRange; readonly bar: TimeRange; readonly gaps: GapEvidence },
): PassRow {
  assert(signals !== undefined, 'the pass of an explanation folds signals');
  const { flow, levels, steps } = signals;
  const row = bars.barOf(bar.fromMs);
  const ofBook = { ...levelWriters(levels), ...stepWriters(steps) };
  const written = signalFile({
    bars,
    flow,
    gaps: gapGrid(day, bars.barMs, gaps),
    book: ofBook,
  });
  return { bars: cellsOf(barFile({ bars, book }, undefined), row), signals: cellsOf(written, row) };
}

/** The header is row −1. Cells are plain ASCII without quotes. */
export function cellsOf(file: Uint8Array, row: number): string[] {
  let from = 0;
  for (let line = 0; line <= row; line++) from = file.indexOf(LINE_FEED, from) + 1;
  const to = file.indexOf(LINE_FEED, from);
  return String.fromCharCode(...file.subarray(from, to)).split(',');
}
