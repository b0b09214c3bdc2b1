/** Holes, the kinds of their pieces, trade-id gaps and the status, on hand-made spans of a minute or two. */
import { describe, expect, it } from 'vitest';
import type { OracleDay, OracleOptions } from '../support/oracle/oracle-day.js';
import {
  book,
  chunk,
  dayOf,
  dayStartMs,
  depthHeader,
  levels,
  objectOf,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../support/oracle/raw-text.js';
import type { OracleObject } from '../support/oracle/reading.js';

const secondsUntil = (end: number): number[] =>
  Array.from({ length: end / 5 + 1 }, (_, index) => index * 5);

function depthAt(seconds: number[]): OracleObject {
  const rows = seconds.map((second) =>
    book(second * 1000, levels(100, -1, '1'), levels(101, 1, '1')),
  );
  return chunk('depth', 0, [depthHeader, ...rows]);
}

/** Trades as [second, id] in the chunk of a minute. */
function tradesAt(minute: number, rows: [number, string][]): OracleObject {
  return chunk('trades', minute, [
    tradesWithIdHeader,
    ...rows.map(([second, id]) => trade(second * 1000, '100', '1', 'true', id)),
  ]);
}

interface Expected {
  outages?: string[];
  quietSeconds?: number;
  unprovenSeconds?: number;
  status?: OracleDay['status'];
}

function secondOf(timeMs: number): number {
  return (timeMs - dayStartMs) / 1000;
}

/** Compares outages as `kind from-to` in seconds of a window that begins at 00:00. */
function check(
  objects: OracleObject[],
  windowSeconds: number,
  expected: Expected,
  options: Partial<OracleOptions> = {},
): void {
  const window = { fromMs: dayStartMs, toMs: dayStartMs + windowSeconds * 1000 };
  const day = dayOf(objects, { expect: window, ...options });
  expect({
    outages: day.outages.map(
      (each) => `${each.kind} ${secondOf(each.fromMs)}-${secondOf(each.toMs)}`,
    ),
    quietSeconds: day.quietMs / 1000,
    unprovenSeconds: day.unprovenMs / 1000,
    status: day.status,
  }).toEqual({ outages: [], quietSeconds: 0, unprovenSeconds: 0, status: 'complete', ...expected });
  expect(day.coverage.expectedMs).toBe(windowSeconds * 1000);
}

const alive = depthAt(secondsUntil(120));
const everyFive = (end: number): [number, string][] =>
  secondsUntil(end).map((second) => [second, '']);

describe('a hole', () => {
  it('is longer than five seconds', () => {
    check([tradesAt(0, everyFive(60)), alive], 60, {});
    const late: [number, string][] = everyFive(60).map(([second]) => [
      second === 30 ? 30.001 : second,
      '',
    ]);
    check([tradesAt(0, late), alive], 60, { quietSeconds: 5.001 });
    check([tradesAt(0, late), alive], 60, {}, { holeMinMs: 5001 });
  });

  it('ends at any well-formed row, whether excluded, duplicate or crossed', () => {
    const crossed = [35, 40].map((second) =>
      book(second * 1000, levels(100, -1, '1'), levels(99, 1, '1')),
    );
    const depth = depthAt(secondsUntil(60).filter((second) => second !== 35 && second !== 40));
    const more = chunk('depth', 1, [depthHeader, ...crossed]);
    const excluded = chunk('trades', 1, [tradesHeader, trade(5000, '0', '0')]);
    const trades = tradesAt(
      0,
      everyFive(60).filter(([second]) => second !== 5),
    );
    check([trades, excluded, depth, more], 60, {}, { usableMin: 0 });
  });

  it('is bounded by the window, not by the rows beyond it', () => {
    check([tradesAt(-1, [[-4, '']]), tradesAt(0, everyFive(60).slice(1)), alive], 60, {});
  });
});

describe('a piece of a hole', () => {
  const sparse = tradesAt(0, [
    [10, ''],
    [20, ''],
  ]);

  it('is quiet in trades alone', () => {
    check([sparse, alive], 60, { quietSeconds: 60 });
  });

  it('is feed_down in both', () => {
    const depth = depthAt([0, 5, 10, 15, 20, 25, 30, 50, 55, 60]);
    check([sparse, depth], 60, {
      outages: ['feed_down 30-50'],
      quietSeconds: 40,
      status: 'partial',
    });
  });

  it('is depth_missing in depth alone, without the holes of trades', () => {
    check([tradesAt(0, everyFive(60))], 60, { outages: ['depth_missing 0-60'], status: 'partial' });
    check([tradesAt(0, [...everyFive(20), [40, ''], [45, ''], [50, ''], [55, '']])], 60, {
      outages: ['depth_missing 0-20', 'feed_down 20-40', 'depth_missing 40-60'],
      status: 'partial',
    });
  });

  it('is trades_missing if the chunk is missing, unless none is expected', () => {
    const outages = ['trades_missing 55-120'];
    check([tradesAt(0, everyFive(55)), alive], 120, { outages, status: 'partial' });
    check([tradesAt(0, everyFive(55)), alive], 120, { quietSeconds: 65 }, { sparseTrades: true });
    check([tradesAt(0, everyFive(55))], 120, { outages, status: 'partial' }, { streams: 'trades' });
  });

  it('is trades_missing if its end touches an unreadable chunk', () => {
    const trades = [tradesAt(0, everyFive(55)), tradesAt(1, [])];
    check([...trades, alive], 120, { quietSeconds: 65 });
    check([...trades, alive, chunk('trades', 2, ['x'])], 120, {
      outages: ['trades_missing 55-120'],
      status: 'partial',
    });
  });

  it('is trades_missing if its start touches an unreadable chunk of the edge', () => {
    const trades = tradesAt(0, everyFive(60).slice(2));
    check([trades, alive], 60, { quietSeconds: 10 });
    check([trades, alive, chunk('trades', -1, ['x'])], 60, {
      outages: ['trades_missing 0-10'],
      status: 'partial',
    });
  });

  it('is not trades_missing if the missing chunk lies outside the expected time', () => {
    const window = { fromMs: dayStartMs + 60_000, toMs: dayStartMs + 120_000 };
    const day = dayOf([tradesAt(1, [[115, '']]), alive], { expect: window });
    expect(day.outages).toEqual([]);
    expect(day.quietMs).toBe(55_000);
  });

  it('is unproven if no depth is recorded', () => {
    check([sparse], 60, { unprovenSeconds: 60 }, { streams: 'trades' });
  });
});

describe('a hole between consecutive ids', () => {
  it('is quiet even if a chunk is missing, and the depth hole in it is depth_missing', () => {
    const trades = [
      tradesAt(0, [
        [-1, '6'],
        [0, '7'],
      ]),
      tradesAt(2, [[120, '8']]),
    ];
    check([...trades, alive], 120, { quietSeconds: 120 });
    check([...trades, depthAt([0, ...secondsUntil(120).slice(4)])], 120, {
      outages: ['depth_missing 0-20'],
      quietSeconds: 120,
      status: 'partial',
    });
  });

  it('is bounded by the highest id of its last millisecond and the lowest of the next one', () => {
    const before = tradesAt(0, [
      [0, '7'],
      [0, '6'],
    ]);
    check(
      [
        before,
        tradesAt(1, [
          [115, '9'],
          [115, '8'],
        ]),
      ],
      115,
      { unprovenSeconds: 0, quietSeconds: 115 },
      { streams: 'trades' },
    );
    check(
      [
        before,
        tradesAt(1, [
          [115, '8'],
          [115, ''],
        ]),
      ],
      115,
      { unprovenSeconds: 115 },
      { streams: 'trades' },
    );
  });

  it('may begin and end in the edges, over a whole day without a row', () => {
    const objects = [tradesAt(-1, [[-1, '41']]), tradesAt(1440, [[86_400, '42']])];
    const day = dayOf(objects, { streams: 'trades' });
    expect(day.quietMs).toBe(86_400_000);
    expect(day.status).toBe('empty');
    expect(dayOf(objects, { streams: 'trades', edgeMinutes: 0 }).quietMs).toBe(0);
  });
});

describe('a gap in the trade ids', () => {
  it('is counted and located, over rows of every outcome and of the edges', () => {
    const day = dayOf([
      tradesAt(-1, [
        [-2, '1'],
        [-1, '3'],
      ]),
      tradesAt(0, [
        [0, '5'],
        [1, 'x'],
        [2, '9'],
        [3, '8'],
        [4, ''],
      ]),
      chunk('trades', 1, [tradesWithIdHeader, trade(5000, '0', '0', 'true', '11')]),
      tradesAt(1440, [
        [86_399, '12'],
        [86_400, '14'],
        [86_401, '16'],
      ]),
    ]);
    expect(day.idGaps).toEqual([
      { afterId: 3n, missing: 1n, fromMs: dayStartMs - 1000, toMs: dayStartMs },
      { afterId: 5n, missing: 2n, fromMs: dayStartMs, toMs: dayStartMs + 3000 },
      { afterId: 9n, missing: 1n, fromMs: dayStartMs + 2000, toMs: dayStartMs + 5000 },
      { afterId: 12n, missing: 1n, fromMs: dayStartMs + 86_399_000, toMs: dayStartMs + 86_400_000 },
    ]);
    expect(day.missingTradeIds).toBe(5);
  });
});

describe('a status', () => {
  const trades = tradesAt(0, everyFive(60));

  it.each([
    ['complete', []],
    ['complete', [chunk('trades', -61, ['x']), chunk('trades', 1442, ['x'])]],
    ['partial', [chunk('trades', -5, ['x'])]],
    ['partial', [chunk('trades', -2, ['x'])]],
    ['partial', [chunk('depth', 1441, [''])]],
    ['partial', [chunk('depth', 9, ['x,y,z', 'x,y,z']), objectOf('unrelated', '')]],
    ['partial', [chunk('trades', 3, ['9,1,1,1'])]],
    ['partial', [chunk('trades', 0, [tradesHeader, trade(0, '1', '1')], '_b.csv')]],
  ] as const)('is %s, whatever else lies there (%#)', (status, more) => {
    check([trades, alive, ...more], 60, { status });
  });
});
