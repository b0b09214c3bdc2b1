/**
 * What must hold for the oracle whatever is recorded, and proof that the generated recordings reach
 * every outcome, finding and status.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowdedRecordings } from '../support/recording/crowded-recording.js';
import {
  mutatedChunks,
  mutatedRecordings,
  plainRecordings,
  recordingOptions,
  recordings,
} from '../support/recording/recording-arbitrary.js';
import { parseDecimalE18, plainText } from '../support/oracle/decimal.js';
import { oracleDay } from '../support/oracle/oracle-day.js';
import type { OracleDay } from '../support/oracle/oracle-day.js';
import { tradesInOrder } from '../support/oracle/order.js';
import { outcomes } from '../support/oracle/outcomes.js';
import type { Outcome } from '../support/oracle/outcomes.js';
import { dayOf, symbol } from '../support/oracle/raw-text.js';
import { isTrade, placedRows, readAll, type OracleObject } from '../support/oracle/reading.js';

const runs = 40;

function rowsOf(day: OracleDay, outcome: Outcome): number {
  return day.counts.trades[outcome] + day.counts.depth[outcome];
}

/** The same objects: plain ones gzipped, and gzipped ones plain unless their content looks like gzip. */
function rewrapped(objects: OracleObject[]): OracleObject[] {
  return objects.map(({ name, content }) => {
    try {
      const other = hasGzipMagic(content) ? gunzipSync(content) : gzipSync(content);
      return { name, content: hasGzipMagic(content) && hasGzipMagic(other) ? content : other };
    } catch {
      return { name, content };
    }
  });
}

function hasGzipMagic(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

describe('the oracle', () => {
  it('gives every row one outcome, and every expected millisecond at most one piece', () => {
    fc.assert(
      fc.property(recordings(), recordingOptions(), (objects, options) => {
        const day = oracleDay(objects, { ...options, resolutions: ['1h'] });
        for (const { rows, ...counts } of [day.counts.trades, day.counts.depth]) {
          expect(Object.values(counts).reduce((a, b) => a + b)).toBe(rows);
        }
        const { outageMs, expectedMs } = day.coverage;
        expect(outageMs).toBeLessThanOrEqual(expectedMs);
        expect(day.unprovenMs + day.quietMs).toBeLessThanOrEqual(expectedMs);
        if (day.status === 'complete') expect(outageMs).toBe(0);
      }),
      { numRuns: runs },
    );
  });

  it('does not depend on the order of arrival or on gzip', () => {
    fc.assert(
      fc.property(recordings(), recordingOptions(), (objects, options) => {
        const lean = { ...options, resolutions: ['5m'] };
        const day = oracleDay(objects, lean);
        expect(oracleDay(rewrapped(objects.toReversed()), lean)).toEqual(day);
      }),
      { numRuns: runs },
    );
  });

  it('rolls seconds up to minutes though it computes them separately', () => {
    fc.assert(
      fc.property(plainRecordings(), (objects) => {
        const day = dayOf(objects, { resolutions: ['1s', '1m'] });
        const seconds = cellsOf(day, '1s');
        for (const [index, minute] of cellsOf(day, '1m').entries()) {
          if (minute[10] === '0') continue;
          const parts = seconds.slice(index * 60, index * 60 + 60);
          for (const column of [6, 7, 8, 9, 10]) {
            expect(plainText(sumOf(parts, column), 18)).toBe(minute[column]);
          }
          expect(parts.find((part) => part[10] !== '0')?.[1]).toBe(minute[1]);
          expect(parts.at(-1)?.[4]).toBe(minute[4]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('the generated recordings', () => {
  it('reach every outcome, finding and status', () => {
    const sample = fc.sample(fc.tuple(recordings(), recordingOptions()), { numRuns: 400, seed: 7 });
    const days = sample.map(([objects, options]) =>
      oracleDay(objects, { ...options, resolutions: ['1d'] }),
    );
    for (const outcome of outcomes) {
      expect(days.filter((day) => rowsOf(day, outcome) > 0).length, outcome).toBeGreaterThan(10);
    }
    const seen = {
      complete: days.filter((day) => day.status === 'complete').length,
      partial: days.filter((day) => day.status === 'partial').length,
      empty: days.filter((day) => day.status === 'empty').length,
      failed: days.filter((day) => day.status === 'failed').length,
      seeds: days.filter((day) => day.seed !== undefined).length,
      unreadable: days.filter((day) => day.unreadable.length > 0).length,
      overlaps: days.filter((day) => day.overlapUnresolved.length > 0).length,
      idGaps: days.filter((day) => day.idGaps.length > 0).length,
      quiet: days.filter((day) => day.quietMs > 0).length,
      proved: days.filter(
        (day, index) => day.quietMs > 0 && sample[index]?.[1].streams === 'trades',
      ).length,
      unproven: days.filter((day) => day.unprovenMs > 0).length,
      feedDown: days.filter((day) => day.outages.some(({ kind }) => kind === 'feed_down')).length,
      depthMissing: days.filter((day) => day.outages.some(({ kind }) => kind === 'depth_missing'))
        .length,
      tradesMissing: days.filter((day) => day.outages.some(({ kind }) => kind === 'trades_missing'))
        .length,
    };
    expect(Object.entries(seen).filter(([, count]) => count < 3)).toEqual([]);
  });

  it('crowd into milliseconds, some of which ids order differently from reading order', () => {
    const sample = fc.sample(crowdedRecordings(), { numRuns: 200, seed: 7 });
    let byId = 0;
    let byReading = 0;
    for (const objects of sample) {
      const trades = placedRows(readAll(objects, symbol)).filter(isTrade);
      const groups = Map.groupBy(
        trades.map(({ row }) => row),
        ({ timeMs }) => timeMs,
      );
      for (const together of groups.values()) {
        const isReordered = tradesInOrder(together).some((row, index) => row !== together[index]);
        const ids = together.map(({ id }) => Number(id));
        if (isReordered) byId += 1;
        else if (ids.some((id, index) => id < (ids[index - 1] ?? 0))) byReading += 1;
      }
    }
    expect(byId).toBeGreaterThan(100);
    expect(byReading).toBeGreaterThan(20);
    expect(sample.filter((objects) => dayOf(objects).lateRows > 0).length).toBeGreaterThan(20);
  });

  it('are still partly readable after bytes were changed', () => {
    for (const arbitrary of [
      mutatedChunks('trades'),
      mutatedChunks('depth'),
      mutatedRecordings(),
    ]) {
      const days = fc
        .sample(arbitrary, { numRuns: 150, seed: 7 })
        .map((objects) => dayOf(objects, { resolutions: ['1d'] }));
      expect(days.filter((day) => rowsOf(day, 'malformed') > 0).length).toBeGreaterThan(20);
      expect(days.filter((day) => rowsOf(day, 'used') > 0).length).toBeGreaterThan(20);
      expect(days.filter((day) => day.unreadable.length > 0).length).toBeGreaterThan(1);
    }
  });
});

function cellsOf(day: OracleDay, resolution: string): string[][] {
  const csv = day.bars.get(resolution) ?? '';
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

function sumOf(rows: string[][], column: number): bigint {
  return rows.reduce((total, row) => total + (parseDecimalE18(row[column] ?? '') ?? 0n), 0n);
}
