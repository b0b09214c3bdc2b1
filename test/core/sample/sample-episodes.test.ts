/** Planted episodes: what they leave alone, and that each is the same whatever else is planted. */
import { describe, expect, test } from 'vitest';
import { episodeRange } from '../../../src/core/sample/episode-script.js';
import {
  EPISODE_KINDS,
  EPISODE_SCRIPTS,
  minutesForEpisodes,
  scriptsOf,
} from '../../../src/core/sample/episode-scripts.js';
import type { SampleChunk } from '../../../src/core/sample/stream-recorder.js';
import type { SymbolSetup } from '../../../src/core/sample/symbol-setup.js';
import { MINUTE_MS, record, START_MS } from './recorded.js';

const PLAIN = { minutes: 46, rate: 0.2, faults: [], tradeIds: false } as const;
const ONE = scriptsOf(['absorption']);

describe('the scripts', () => {
  test('are one for each kind, in order of time, and do not touch each other or the faults', () => {
    expect(new Set(EPISODE_KINDS).size).toBe(8);
    let afterMs = 10 * MINUTE_MS;
    for (const { fromMs, toMs } of EPISODE_SCRIPTS.map(episodeRange)) {
      expect(fromMs).toBeGreaterThan(afterMs);
      expect([fromMs % MINUTE_MS, toMs % MINUTE_MS]).not.toContain(0);
      afterMs = toMs;
    }
    expect(minutesForEpisodes(EPISODE_KINDS)).toBe(Math.ceil(afterMs / MINUTE_MS));
    expect(minutesForEpisodes([])).toBe(0);
  });
});

describe('a recording with an episode', () => {
  const plain = linesBy(PLAIN);
  const planted = linesBy({ ...PLAIN, episodes: ['absorption'] });

  test('differs only in the rows of its range', () => {
    const ranges = ONE.map(episodeRange);
    const [before, after] = [split(plain, ranges), split(planted, ranges)];
    expect(after.outside).toEqual(before.outside);
    expect(before.outside.length).toBeGreaterThan(25_000);
    const known = new Set(before.inside);
    expect(after.inside.filter((line) => known.has(line))).toEqual([]);
    expect(after.inside.length).toBeGreaterThan(1_250);
  });

  test('has the same episode beside others', () => {
    const both = linesBy({ ...PLAIN, episodes: ['exhaustion', 'absorption'] });
    const others = scriptsOf(['exhaustion']).map(episodeRange);
    expect(split(both, others).outside).toEqual(split(planted, others).outside);
    expect(split(both, others).inside).not.toEqual(split(planted, others).inside);
  });
});

/** Lines without header of all chunks. */
function linesBy(changes: Partial<SymbolSetup>): string[] {
  return record(changes).chunks.flatMap(({ bytes }: SampleChunk) =>
    Buffer.from(bytes).toString('ascii').trimEnd().split('\n').slice(1),
  );
}

/** Lines inside and outside of some ranges of exchange time, from the start of the recording. */
function split(
  lines: readonly string[],
  ranges: readonly { readonly fromMs: number; readonly toMs: number }[],
): { inside: string[]; outside: string[] } {
  const isInside = (line: string): boolean => {
    const elapsedMs = Number(line.slice(0, 13)) - START_MS;
    return ranges.some(({ fromMs, toMs }) => elapsedMs >= fromMs && elapsedMs < toMs);
  };
  const inside: string[] = [];
  const outside: string[] = [];
  for (const line of lines) (isInside(line) ? inside : outside).push(line);
  return { inside, outside };
}
