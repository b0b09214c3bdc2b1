/** The calls that each kind of fold gets: long runs of one stream, alternating runs of both. */
import { expect, test } from 'vitest';
import type { DepthRun, Fold, TradeRun } from '../../../src/core/fold/fold.js';
import { FoldFeed } from '../../../src/core/fold/fold-feed.js';
import { madeSnapshots, madeTrades } from '../event/made-rows.js';

/** Notes `trades 1 2` or `depth 3 late`, one call each, under a name. */
function noting(name: string, calls: string[]): Record<Fold<void>['streams'], Fold<void>> {
  const note = ({ rows, from, to, late }: TradeRun | DepthRun): void => {
    const of = rows.timeMs.subarray(from, to).join(' ');
    calls.push(`${name}: ${rows.stream} ${of}${late ? ' late' : ''}`);
  };
  const ends = { merge: () => undefined, finish: () => undefined };
  return {
    trades: { ...ends, streams: 'trades', takeTrades: note },
    depth: { ...ends, streams: 'depth', takeDepth: note },
    both: { ...ends, streams: 'both', takeTrades: note, takeDepth: note },
  };
}

function times(...all: number[]): { timeMs: number }[] {
  return all.map((timeMs) => ({ timeMs }));
}

/** A chunk of trades and one of snapshots; rows before 2 ms are late. */
function callsOf(streams: Fold<void>['streams']): string[] {
  const calls: string[] = [];
  const feed = new FoldFeed([noting(streams, calls)[streams]]);
  feed.push(madeTrades(times(0, 2, 3, 4, 4, 7, 9)), 2);
  feed.push(madeSnapshots(times(1, 4, 5, 6, 9)), 2);
  feed.advance(9);
  feed.push(madeTrades(times(9, 10), 7), 2);
  feed.finish();
  expect(feed.lateRows).toBe(2);
  return calls;
}

test('a fold of one stream gets the longest runs of it', () => {
  expect(callsOf('trades')).toEqual([
    'trades: trades 0 late',
    'trades: trades 2 3 4 4 7',
    'trades: trades 9',
    'trades: trades 9',
    'trades: trades 10',
  ]);
  expect(callsOf('depth')).toEqual(['depth: depth 1 late', 'depth: depth 4 5 6', 'depth: depth 9']);
});

test('a fold of both gets alternating runs, trades before snapshots of the same millisecond', () => {
  expect(callsOf('both')).toEqual([
    'both: trades 0 late',
    'both: depth 1 late',
    'both: trades 2 3 4 4',
    'both: depth 4 5 6',
    'both: trades 7',
    'both: trades 9',
    'both: trades 9',
    'both: depth 9',
    'both: trades 10',
  ]);
});

test('folds of both share one walk over the rows: each run goes to all of them', () => {
  const calls: string[] = [];
  const feed = new FoldFeed([noting('one', calls).both, noting('other', calls).both]);
  feed.push(madeTrades(times(1, 3)), 0);
  feed.push(madeSnapshots(times(2)), 0);
  feed.finish();
  expect(calls).toEqual(
    ['trades 1', 'depth 2', 'trades 3'].flatMap((call) => [`one: ${call}`, `other: ${call}`]),
  );
});

test('a fold gets no run longer than an hour, however much waits', () => {
  const hourMs = 3_600_000;
  const calls: string[] = [];
  const feed = new FoldFeed([noting('both', calls).both]);
  feed.push(madeTrades(times(0, hourMs - 1, hourMs, 5 * hourMs)), 0);
  feed.push(madeSnapshots(times(1, 5 * hourMs)), 0);
  feed.finish();
  expect(calls).toEqual([
    'both: trades 0',
    'both: depth 1',
    `both: trades ${hourMs - 1}`,
    `both: trades ${hourMs}`,
    `both: trades ${5 * hourMs}`,
    `both: depth ${5 * hourMs}`,
  ]);
});
