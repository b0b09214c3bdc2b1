/** Folds decoded rows into exact cells of one second, as the pass does: trades and snapshots. */
import { BarFold } from '../src/core/bar/bar-fold.js';
import { BookFold } from '../src/core/book/book-fold.js';
import { LevelFold } from '../src/core/book/level-fold.js';
import type { ChunkRows } from '../src/core/decode/row-batches.js';
import { FlowFold } from '../src/core/flow/flow-fold.js';
import type { Fold, TwoStreamFold } from '../src/core/fold/fold.js';
import { FoldFeed } from '../src/core/fold/fold-feed.js';
import type { StreamName } from '../src/core/rule/symbol-day.js';
import { StepFold } from '../src/core/step/step-fold.js';
import { MINUTE_MS, SECOND_MS, type TimeRange } from '../src/core/unit/utc-date.js';
import { decodedChunks } from './decoded-rows.js';
import { medianSeconds } from './measure.js';
import { recordedChunks, START_MS } from './recording.js';

const MINUTES = 20;
const chunks = recordedChunks(MINUTES);
const range: TimeRange = { fromMs: START_MS, toMs: START_MS + MINUTES * MINUTE_MS };

/** Measures the cost of alternating alone. */
class RunCount implements TwoStreamFold<number> {
  readonly streams = 'both' as const;
  private runs = 0;

  takeTrades(): void {
    this.runs += 1;
  }

  takeDepth(): void {
    this.runs += 1;
  }

  merge(next: this): void {
    this.runs += next.runs;
  }

  finish(): number {
    return this.runs;
  }
}

console.log('fold: rows of exact bars of 1s, one core');
for (const stream of ['trades', 'depth'] as const) {
  const rows = decoded(stream);
  const count = rows.reduce((sum, chunk) => sum + chunk.count, 0);
  if (count === 0) throw new Error('no rows to fold');
  const rate = count / medianSeconds(() => foldAll(rows)) / 1e6;
  console.log(`  ${`${stream}, ${count} rows`.padEnd(44)} ${rate.toFixed(1).padStart(7)} M rows/s`);
}

const trades = decoded('trades');
const snapshots = decoded('depth');
printFlow();
const snapshotCount = snapshots.reduce((sum, { count }) => sum + count, 0);
const bothCount = trades.reduce((sum, { count }) => sum + count, snapshotCount);
printFed('ordered and handed to both folds', () => [
  new BarFold(range, SECOND_MS),
  new BookFold(range, SECOND_MS),
]);
printFed('ordered and handed to one of both streams', () => [new RunCount()]);

function printFlow(): void {
  const count = trades.reduce((sum, rows) => sum + rows.count, 0);
  const seconds = medianSeconds(() => {
    const flow = new FlowFold(range, SECOND_MS, '100000');
    for (const rows of trades) {
      if (rows.stream !== 'trades') continue;
      flow.takeTrades({ rows, from: firstRowIn(rows), to: rows.count, late: false });
    }
  });
  const figures = `${(count / seconds / 1e6).toFixed(1).padStart(7)} M rows/s`;
  console.log(
    `  ${'trades, taker orders'.padEnd(44)} ${figures}, ${nsText(seconds / count)} a row`,
  );
}

function nsText(seconds: number): string {
  return `${(seconds * 1e9).toFixed(0)} ns`;
}

const bare = medianSeconds(() => feedAll([new RunCount()]));
printPerSnapshot('levels of a snapshot', () => new LevelFold(range, SECOND_MS));
printPerSnapshot('a step, its trades included', () => new StepFold(range, SECOND_MS));

function printPerSnapshot(what: string, fold: () => Fold<unknown>): void {
  const seconds = medianSeconds(() => feedAll([new RunCount(), fold()])) - bare;
  const ns = (seconds / snapshotCount) * 1e9;
  console.log(`  ${what.padEnd(44)} ${ns.toFixed(0).padStart(7)} ns/snapshot`);
}

function printFed(what: string, folds: () => readonly Fold<unknown>[]): void {
  const rate = bothCount / medianSeconds(() => feedAll(folds())) / 1e6;
  console.log(`  ${what.padEnd(44)} ${rate.toFixed(1).padStart(7)} M rows/s`);
}

/** Feeds chunk by chunk, in the order of a plan, without late rows. */
function feedAll(folds: readonly Fold<unknown>[]): void {
  const feed = new FoldFeed(folds);
  for (const [minute, rows] of trades.entries()) {
    const settledMs = START_MS + (minute - 2) * MINUTE_MS;
    feed.advance(settledMs);
    feed.push(rows, settledMs);
    const books = snapshots[minute];
    if (books !== undefined) feed.push(books, settledMs);
  }
  feed.finish();
}

function decoded(stream: StreamName): ChunkRows[] {
  return [...decodedChunks(stream, chunks[stream])].flat();
}

function foldAll(all: readonly ChunkRows[]): void {
  const bars = new BarFold(range, SECOND_MS);
  const book = new BookFold(range, SECOND_MS);
  for (const rows of all) {
    const from = firstRowIn(rows);
    const run = { from, to: rows.count, late: false };
    if (rows.stream === 'trades') bars.takeTrades({ ...run, rows });
    else book.takeDepth({ ...run, rows });
  }
}

/** Skips the rows of the first chunk that lie before the recording's start. */
function firstRowIn({ timeMs, count }: ChunkRows): number {
  let row = 0;
  while (row < count && (timeMs[row] ?? 0) < range.fromMs) row += 1;
  return row;
}
