/** The smallest recordings of every error of docs/EVIDENCE.md, through the pass and through the oracle. */
import { describe, expect, test } from 'vitest';
import { check, expecting } from '../../support/day/checked-day.js';
import { books, nineMinutes, trades } from '../../support/day/plain-minutes.js';
import {
  book,
  chunk,
  date,
  depthHeader,
  levels,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const FIRST_MINUTE = expecting(0, MINUTE_MS);

/** Trades of one exec_type, without ids. */
function typed(count: number, type: string): string[] {
  return Array.from({ length: count }, (_, n) => trade(n * 100, '100.5', '1', 'true', '', type));
}

/** A part of the first minute that differs from every other one. */
function part(name: string, row: string): OracleObject {
  return chunk('trades', 0, [`${tradesHeader},note`, `${row},${name}`], `_${name}.csv`);
}

/** Thirty trades whose ids are the numbers of their rows. */
function countedAnew(fromMs: number): string[] {
  return Array.from({ length: 30 }, (_, n) =>
    trade(fromMs + n * 2_000, '101', '1', 'false', `${n}`),
  );
}

describe('a day is doubtful', () => {
  test('where trades are headers all day beside a live book', async () => {
    const headers = chunk('trades', 0, [tradesHeader]);
    const options = { sparseTrades: true, holeMinMs: 86_400_000 };
    const detail = await check([headers, books(0)], options, {
      findings: ['stream_silent error'],
    });
    expect(detail).toBe('trades: no usable row in the whole day, although depth has some');
    // A day without a trade is also a hole longer than an hour.
    await check(
      [headers, books(0)],
      { sparseTrades: true },
      {
        findings: [
          'stream_silent error',
          '00:00:59 feed_down for 23h 59m',
          '00:00:00 trades_missing for 59 s',
        ],
      },
    );
  });

  test('where depth has no chunk, which --streams trades may explain', async () => {
    const detail = await check([trades(0)], FIRST_MINUTE, {
      findings: ['stream_silent error', '00:00:00 depth_missing for 1m 0s'],
    });
    expect(detail).toMatch(/^depth: .*: it has no chunk, and --streams trades says that/);
    await check(
      [trades(0)],
      { ...FIRST_MINUTE, streams: 'trades' },
      {
        findings: [],
        status: 'complete',
      },
    );
  });

  test.for<[string, { bids?: string[][]; asks?: string[][] }, string]>([
    ['has a level of quantity 0', { bids: [['100', '0']] }, '60 excluded'],
    ['has no asks', { asks: [] }, '60 one_sided'],
    ['has its best bid last', { bids: levels(100, -1, '1').toReversed() }, '60 unordered'],
    ['is crossed', { bids: levels(101, -1, '1') }, '60 crossed'],
  ])('where every snapshot %s', async ([, sides, ended]) => {
    const detail = await check([trades(0), books(0, sides)], FIRST_MINUTE, {
      findings: ['rows_unusable error', 'stream_silent error'],
    });
    expect(detail.split('\n')[0]).toBe(`depth: 0 of 60 rows of the day are usable: ${ended}`);
  });

  test('where more than one row in a hundred is excluded, by exec_type', async () => {
    const header = `${tradesWithIdHeader},exec_type`;
    const zero = trade(0, '0', '1', 'true', '', 'NA');
    const day = (unusual: readonly string[]): OracleObject[] => [
      chunk('trades', 0, [header, ...typed(400, 'MARKET'), ...unusual]),
      books(0),
    ];
    const hasRoom = day([...typed(3, 'ADL'), zero]);
    await check(hasRoom, FIRST_MINUTE, { findings: [], status: 'complete' });
    const detail = await check(day([...typed(4, 'ADL'), zero]), FIRST_MINUTE, {
      findings: ['rows_unusable error'],
    });
    expect(detail).toBe(
      "trades: 400 of 405 rows of the day are usable: 5 excluded; excluded exec_type 'ADL' 4, 'NA' 1",
    );
    await check(
      day([...typed(4, 'ADL'), zero]),
      { ...FIRST_MINUTE, usableMin: 0.98 },
      {
        findings: [],
        status: 'complete',
      },
    );
  });

  test('where rows repeat in one object, not where another object repeats them', async () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      trade(n * 1_000, '101', '1', 'false', `${n}`),
    );
    const one = chunk('trades', 0, [tradesWithIdHeader, ...rows]);
    const other = chunk('trades', 0, [tradesWithIdHeader, ...rows.slice(30)], '_b.csv');
    await check([one, other, books(0)], FIRST_MINUTE, { findings: [], status: 'complete' });
    const twice = chunk('trades', 0, [tradesWithIdHeader, ...rows, ...rows.slice(30)]);
    const detail = await check([twice, books(0)], FIRST_MINUTE, {
      findings: ['rows_unusable error'],
    });
    expect(detail).toBe(
      'trades: 60 of 90 rows of the day are usable: 30 duplicate in the same object',
    );
  });

  test('where the ids of another object begin anew', async () => {
    const minutes = [0, 1].map((minute) =>
      chunk('trades', minute, [tradesWithIdHeader, ...countedAnew(minute * MINUTE_MS)]),
    );
    const detail = await check([...minutes, books(0), books(1)], expecting(0, 2 * MINUTE_MS), {
      findings: ['rows_unusable error'],
    });
    expect(detail).toBe(
      'trades: 30 of 60 rows of the day are usable: 30 duplicate by an id that a row of another time has',
    );
  });

  test('where chunks name another symbol', async () => {
    const header = `${tradesHeader},symbol`;
    const named = (minute: number, name: string): OracleObject =>
      chunk('trades', minute, [
        header,
        ...Array.from(
          { length: 15 },
          (_, n) => `${trade(minute * MINUTE_MS + n * 4_000, '100', '1')},${name}`,
        ),
      ]);
    const both = [books(0), books(1)];
    const options = expecting(0, 2 * MINUTE_MS);
    const detail = await check([named(0, 'BTC-USDT'), named(1, 'ETHUSDT'), ...both], options, {
      findings: ['symbols_mixed error'],
    });
    expect(detail).toMatch(
      /00-01\.csv: the chunks name 'BTC-USDT' in 1 chunk, 'ETHUSDT' in 1 chunk$/,
    );
    await check([named(0, 'btc_usdt'), named(1, 'BTC/USDT:USDT'), ...both], options, {
      findings: [],
      status: 'complete',
    });
  });

  test('where parts repeat one another without ids, until that is accepted', async () => {
    const row = trade(30_000, '101', '1');
    const parts = [part('1', row), part('2', row), books(0)];
    const options = { ...FIRST_MINUTE, holeMinMs: HOUR_MS };
    const detail = await check(parts, options, { findings: ['overlap_unresolved error'] });
    expect(detail).toMatch(/00-00_1\.csv and .*00-00_2\.csv: differing objects/);
    await check(
      parts,
      { ...options, accept: ['overlap_unresolved'] },
      {
        findings: ['overlap_unresolved warning'],
        status: 'complete',
      },
    );
    const neighbour = part('2', trade(-1, '101', '1'));
    await check([part('1', row), neighbour, books(0)], options, {
      findings: [],
      status: 'complete',
    });
  });

  test('where chunks are named in local time', async () => {
    const early = Array.from({ length: 3 }, (_, n) => trade(-HOUR_MS + n, '101', '1'));
    const local = [chunk('trades', 30, [tradesHeader, ...early]), trades(0), books(0)];
    const detail = await check(local, FIRST_MINUTE, { findings: ['rows_elsewhere error'] });
    expect(detail).toBe(
      `chunks of ${date}: 3 of 183 rows lie in other days: 3 from 2024-03-01T23:00:00.000Z to 2024-03-01T23:00:00.002Z`,
    );
    await check(
      local,
      { ...FIRST_MINUTE, accept: ['rows_elsewhere'] },
      {
        findings: ['rows_elsewhere warning'],
        status: 'complete',
      },
    );
  });

  test('unless rows of the neighbour days lie in its first and last chunk minutes', async () => {
    const early = Array.from({ length: 9 }, (_, n) => trade(-1 - n, '101', '1'));
    const late = Array.from({ length: 9 }, (_, n) => trade(24 * HOUR_MS + n, '101', '1'));
    const objects = [
      chunk('trades', 1, [tradesHeader, ...early]),
      chunk('trades', 1_438, [tradesHeader, ...late]),
      trades(0),
      books(0),
    ];
    await check(objects, FIRST_MINUTE, { findings: [], status: 'complete' });
    await check(
      objects,
      { ...FIRST_MINUTE, edgeMinutes: 1 },
      {
        findings: ['rows_elsewhere error'],
      },
    );
    const swapped = [chunk('trades', 0, [tradesHeader, ...late]), trades(1), books(0)];
    await check(
      swapped,
      { ...FIRST_MINUTE, holeMinMs: HOUR_MS },
      {
        findings: ['rows_elsewhere error'],
      },
    );
  });
});

describe('sides and clocks', () => {
  const options = { ...expecting(0, 9 * MINUTE_MS), sparseTrades: true };

  test.for<[string, (line: string) => string, readonly string[]]>([
    ['are confirmed by the book', (line) => line, []],
    [
      'with one aggressor all day',
      (line) => line.replace('false', 'true'),
      ['side_doubtful error'],
    ],
    [
      'with an inverted flag',
      (line) => line.replace(/(true|false)$/, (side) => String(side === 'false')),
      ['side_doubtful error'],
    ],
    [
      'beside the book of another symbol',
      (line) => line.replace(',10', ',90'),
      ['side_doubtful error'],
    ],
  ])('%s', async ([, change, findings]) => {
    const status = findings.length === 0 ? 'complete' : 'partial';
    await check(nineMinutes(change), options, { findings, status });
  });

  test('say that the clocks differ where the snapshot after a trade knows better', async () => {
    // The book moves by 10 after every second; trades are stamped as if it had moved before.
    const moving = Array.from({ length: 540 }, (_, second) => {
      const best = second % 2 === 0 ? 100 : 110;
      return book(second * 1_000, levels(best, -1, '1'), levels(best + 1, 1, '1'));
    });
    const rows = Array.from({ length: 540 }, (_, second) =>
      // After an even second the price is above the old mid and below the new one: a sale.
      trade(second * 1_000 + 500, second % 2 === 0 ? '110' : '101', '1', String(second % 2 === 0)),
    );
    const detail = await check(
      [chunk('trades', 0, [tradesHeader, ...rows]), chunk('depth', 0, [depthHeader, ...moving])],
      { ...options, sparseTrades: true },
      { findings: ['clocks_doubtful warning'], status: 'complete' },
    );
    expect(detail).toMatch(/^trades and depth: of 539 trades .* 0 agree/);
  });
});
