/** Planted episodes of a sample, with its faults: `run` finds each pattern once, where and as planted, and no other beside it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EPISODE_KINDS } from '../../../src/core/sample/episode-scripts.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import { optionArgs, runArgs, runExpecting } from '../../support/e2e/run-flowbars.js';
import { Workdir } from '../../support/workdir.js';

const DATE = '2025-12-11';
const EXPECT = `${DATE}T00:00:00Z/${DATE}T01:37:00Z`;
/** Two markets of their own: a symbol's random numbers are those of its name and the seed. */
const SYMBOLS = ['BTCUSDT', '1000PEPEUSDT'];
/** Seconds before the stated time in which nothing else is confirmed; of minutes, since their window began. */
const ALONE_BEFORE_S: ReadonlyMap<string, number> = new Map([
  ['divergence', 16 * 60],
  ['whale', 60],
  ['retail_fomo', 60],
]);
const ALONE_S = 20;
/** An imbalance has built up so much earlier if the market's own are small. */
const EARLY_S: ReadonlyMap<string, number> = new Map([['imbalance', 2]]);

interface Found {
  readonly second: number;
  readonly pattern: string;
  readonly direction: string;
}

let workdir: Workdir;
let planted: readonly Found[];

beforeAll(async () => {
  workdir = new Workdir();
  const symbols = SYMBOLS.join(',');
  const sample = { raw: 'raw', date: DATE, symbols, minutes: '97', rate: '0.3', plant: 'all' };
  const { stdout } = await runExpecting(workdir, 0, ['sample', ...optionArgs(sample)]);
  planted = episodesIn(stdout);
  const resolutions = { resolutions: '1s', outputs: 'bars,signals,patterns' };
  // The faults of the sample make the day partial.
  await runExpecting(workdir, 1, runArgs({ symbols, from: DATE, expect: EXPECT, ...resolutions }));
});

afterAll(() => {
  workdir.dispose();
});

describe.each(SYMBOLS)('%s', (symbol) => {
  test.each(EPISODE_KINDS)('has one %s, at its time and alone', (kind) => {
    const episode = planted.find(({ pattern }) => pattern === kind);
    const { second, direction } = episode ?? { second: Number.NaN, direction: 'none' };
    const fromS = second - (ALONE_BEFORE_S.get(kind) ?? ALONE_S);
    const found = eventsOf(symbol).filter(
      (event) => event.second > fromS && event.second <= second + ALONE_S,
    );
    expect(found.map((event) => [event.pattern, event.direction])).toEqual([[kind, direction]]);
    const early = second - (found[0]?.second ?? Number.NaN);
    expect(early).toBeGreaterThanOrEqual(0);
    expect(early).toBeLessThanOrEqual(EARLY_S.get(kind) ?? 0);
  });
});

function eventsOf(symbol: string): Found[] {
  const [header, ...lines] = workdir
    .text(`out/${symbol}/${DATE}_patterns.csv`)
    .trimEnd()
    .split('\n');
  expect(header).toMatch(/^confirmed,pattern,direction,/u);
  return lines.map((line) => {
    const [confirmed = '', pattern = '', direction = ''] = line.split(',');
    return { second: secondOf(confirmed), pattern, direction };
  });
}

/** The episodes of the first symbol in the document of `sample`. */
function episodesIn(text: string): Found[] {
  const document: unknown = JSON.parse(text);
  const symbols: unknown = isDictionary(document) ? document['symbols'] : undefined;
  const first: unknown = Array.isArray(symbols) ? symbols[0] : undefined;
  const episodes: unknown = isDictionary(first) ? first['episodes'] : undefined;
  if (!Array.isArray(episodes)) throw new Error('no episodes on stdout');
  return episodes.filter(isDictionary).map(({ pattern, direction, confirmed }) => ({
    second: secondOf(String(confirmed)),
    pattern: String(pattern),
    direction: String(direction),
  }));
}

function secondOf(stamp: string): number {
  return Date.parse(stamp) / 1_000;
}
