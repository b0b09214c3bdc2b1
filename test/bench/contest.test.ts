/** The bench is fair: contestants take turns, ratios are of one group, and a peer's bars have to be ours. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareBars } from '../../bench/contest/compared-bars.js';
import { type Contestant, type Result, takeTurns } from '../../bench/contest/contestant.js';
import { asMarkdown, resultCells } from '../../bench/contest/result-table.js';

const HEADER = 'timestamp,open,vwap,trade_count,avg_spread';
const OURS = '2025-12-20T00:00:00Z,64000.1,64000.08846154,7,0.1';

function result(about: Partial<Result>, seconds: readonly number[]): Result {
  const rounds = seconds.map((each) => ({ seconds: each, cpuSeconds: 1, peakMegabytes: 9 }));
  return { group: 'plain folder', name: 'flowbars', bytes: 100e6, rounds, ...about };
}

test('contestants take turns round by round', async () => {
  const order: string[] = [];
  const contestant = (name: string): Contestant => ({
    group: 'bucket',
    name,
    bytes: 1,
    run: async () => {
      order.push(name);
      return { seconds: order.length, cpuSeconds: 0, peakMegabytes: 0 };
    },
  });
  const results = await takeTurns([contestant('a'), contestant('b')], 3, () => undefined);
  expect(order.join('')).toBe('ababab');
  expect(results.map(({ rounds }) => rounds.map(({ seconds }) => seconds))).toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ]);
});

test('the table has medians, their spread, and ratios to those peers of the same group that take part', () => {
  const cells = resultCells([
    result({}, [2, 1, 4]),
    {
      ...result({ name: 'unchanged', bytes: undefined }, []),
      rounds: [{ seconds: 1, cpuSeconds: 1 }],
    },
    result({ name: 'DuckDB', peer: 'DuckDB' }, [8, 5, 7]),
    result({ group: 'gzip folder' }, [1]),
    result({ group: 'decode depth', name: 'loop', peer: 'floor', bytes: 50e6 }, [0.5]),
  ]);
  const [, ours, unchanged, peer, other] = cells.map((row) => row.slice(2).join(' '));
  expect(ours).toBe('2.00 1.00–4.00 50 1.00 9 3.50 × 0.50 ×');
  expect(unchanged).toBe('1.00 1.00–1.00 – 1.00 – – –');
  expect(peer).toBe('7.00 5.00–8.00 14 1.00 9 – 0.14 ×');
  expect(other).toBe('1.00 1.00–1.00 100 1.00 9 – –');
  expect(asMarkdown(cells).split('\n')[1]).toMatch(/^(\| --- )+\|$/u);
});

describe("a peer's bars", () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowbars-compared-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(theirs: string): string {
    const paths = ['ours', 'theirs'].map((name) => join(folder, name));
    for (const [index, rows] of [`${HEADER}\n${OURS}\n`, theirs].entries()) {
      writeFileSync(paths[index] ?? '', rows);
    }
    return compareBars(paths[0] ?? '', paths[1] ?? '');
  }

  test.for([
    ['as written', OURS],
    ['padded', OURS.replace('64000.1,', '64000.10,')],
    ['one off in the eighth decimal', OURS.replace('846154', '846155')],
  ] as const)('count if they are %s', ([, row]) => {
    expect(check(`${HEADER}\n${row}\n`)).toBe('1 rows × 5 columns');
  });

  test.for([
    ['another price', OURS.replace('64000.1,', '64000.10000001,')],
    ['another count', OURS.replace(',7,', ',8,')],
    ['another time', OURS.replace('00:00:00', '00:00:01')],
    ['two off in the eighth decimal of a small value', OURS.replace(/0\.1$/u, '0.10000002')],
    ['an empty cell', OURS.replace(',7,', ',,')],
    ['a row more', `${OURS}\n${OURS}`],
  ] as const)('do not with %s', ([, row]) => {
    expect(() => check(`${HEADER}\n${row}\n`)).toThrow(/found/u);
  });
});
