/** Gaps of bars against the rules of docs/SIGNALS.md, asked millisecond by millisecond. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILL_REASONS, type FillReason } from '../../../src/core/column/signal-table.js';
import type { OutageRange } from '../../../src/core/evidence/outages.js';
import { type GapEvidence, gapGrid } from '../../../src/core/gap/gap-grid.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';

const DAY = { fromMs: 1_000, toMs: 1_060 };

/** One text for each bar: `reason tradesMissingMs/depthMissingMs`. */
function cellsOf(evidence: GapEvidence, barMs: number): string[] {
  const { reason, tradesMissingMs, depthMissingMs } = gapGrid(DAY, barMs, evidence);
  return Array.from(
    reason,
    (place, bar) => `${FILL_REASONS[place]} ${tradesMissingMs[bar]}/${depthMissingMs[bar]}`,
  );
}

function isIn(ranges: readonly TimeRange[], atMs: number): boolean {
  return ranges.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

function modelCells({ silence, expected }: GapEvidence, barMs: number): string[] {
  const kinds = (atMs: number): Set<FillReason | 'depth_missing'> => {
    const held = silence.outages.filter((outage) => isIn([outage], atMs)).map(({ kind }) => kind);
    return new Set([
      ...held,
      ...(isIn(silence.unproven, atMs) ? (['unproven'] as const) : []),
      ...(isIn([expected], atMs) ? [] : (['not_expected'] as const)),
    ]);
  };
  return Array.from({ length: (DAY.toMs - DAY.fromMs) / barMs }, (_, bar) => {
    const all = Array.from({ length: barMs }, (__, ms) => kinds(DAY.fromMs + bar * barMs + ms));
    const msWith = (...of: (FillReason | 'depth_missing')[]): number =>
      all.filter((held) => of.some((kind) => held.has(kind))).length;
    const reason = FILL_REASONS.slice(1).find((each) => msWith(each) > 0) ?? 'quiet';
    const trades = msWith('feed_down', 'trades_missing', 'not_expected');
    return `${reason} ${trades}/${msWith('feed_down', 'depth_missing', 'not_expected')}`;
  });
}

const someRange: fc.Arbitrary<TimeRange> = fc
  .tuple(
    fc.integer({ min: DAY.fromMs, max: DAY.toMs }),
    fc.integer({ min: DAY.fromMs, max: DAY.toMs }),
  )
  .map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));
const someOutage: fc.Arbitrary<OutageRange> = fc
  .tuple(
    someRange,
    fc.constantFrom('feed_down' as const, 'trades_missing' as const, 'depth_missing' as const),
  )
  .map(([range, kind]) => ({ ...range, kind }));
const someEvidence: fc.Arbitrary<GapEvidence> = fc.record({
  silence: fc.record({
    outages: fc.array(someOutage, { maxLength: 4 }),
    unproven: fc.array(someRange, { maxLength: 2 }),
  }),
  expected: fc.oneof(fc.constant(DAY), someRange),
});

describe('gaps of bars', () => {
  test('are what their milliseconds say, whatever overlaps', () => {
    const reasons = new Map<string, number>();
    fc.assert(
      fc.property(someEvidence, fc.constantFrom(1, 5, 12, 60), (evidence, barMs) => {
        const found = cellsOf(evidence, barMs);
        expect(found).toEqual(modelCells(evidence, barMs));
        for (const [reason = ''] of found.map((cell) => cell.split(' '))) {
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        }
      }),
      { numRuns: 400 },
    );
    expect([...reasons.keys()].toSorted()).toEqual(FILL_REASONS.slice(1).toSorted());
    for (const count of reasons.values()) expect(count).toBeGreaterThan(50);
  });

  test('end where a range ends, and quiet is what is left', () => {
    const evidence: GapEvidence = {
      silence: {
        outages: [
          { kind: 'depth_missing', fromMs: 1_003, toMs: 1_010 },
          { kind: 'trades_missing', fromMs: 1_018, toMs: 1_020 },
          { kind: 'feed_down', fromMs: 1_020, toMs: 1_021 },
        ],
        unproven: [{ fromMs: 1_030, toMs: 1_031 }],
      },
      expected: { fromMs: 1_002, toMs: 1_045 },
    };
    expect(cellsOf(evidence, 10)).toEqual([
      'not_expected 2/9',
      'trades_missing 2/0',
      'feed_down 1/1',
      'unproven 0/0',
      'not_expected 5/5',
      'not_expected 10/10',
    ]);
  });

  test('refuses time outside of the day', () => {
    const outage = { kind: 'feed_down' as const, fromMs: 990, toMs: 1_010 };
    const silence = { outages: [outage], unproven: [] };
    expect(() => gapGrid(DAY, 10, { silence, expected: DAY })).toThrow('invariant broken');
  });
});
