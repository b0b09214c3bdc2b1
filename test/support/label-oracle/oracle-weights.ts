/** Weights by their definition: each second of each label is written down, and counted. */
import { REASON_OK } from '../../../src/core/label/reasons.js';
import type { DayLabels } from '../../../src/core/label/day-labels.js';

/** In fixed point, units of 10^-30: no rounding that a double could see. */
const ONE = 10n ** 30n;

/** By day and minute; NaN where a row is no sample. */
export function oracleWeights(days: readonly DayLabels[]): number[][] {
  const openAt = new Map<number, bigint>();
  for (const day of days) {
    for (const minute of day.reason.keys()) {
      for (const timeMs of secondsOf(day, minute))
        openAt.set(timeMs, (openAt.get(timeMs) ?? 0n) + 1n);
    }
  }
  return days.map((day) =>
    Array.from(day.reason.keys(), (minute) => {
      const shares = secondsOf(day, minute).map((timeMs) => ONE / (openAt.get(timeMs) ?? 1n));
      if (shares.length === 0) return NaN;
      const sum = shares.reduce((total, share) => total + share, 0n);
      return Number(sum / BigInt(shares.length)) / Number(ONE);
    }),
  );
}

function secondsOf({ reason, startMs, endMs }: DayLabels, minute: number): number[] {
  if (reason[minute] !== REASON_OK) return [];
  const [from, to] = [startMs[minute] ?? 0, endMs[minute] ?? 0];
  return Array.from({ length: (to - from) / 1_000 }, (_, at) => from + at * 1_000);
}
