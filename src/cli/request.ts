/** From options to what the jobs take: the days, the rules, the two roots; and refusals that need all of them. */
import { randomBytes } from 'node:crypto';
import type { DayOptions } from '../core/report/options.js';
import {
  addDays,
  dateOf,
  datesBetween,
  dayRange,
  isoStamp,
  type UtcDate,
} from '../core/unit/utc-date.js';
import { openStore, rootsOverlap } from '../edge/store-root.js';
import type { Clock, Store } from '../jobs/ports.js';
import { type Given, quoted, refuse } from './option.js';
import * as options from './options.js';

/** About eleven years: more is a typing error. */
export const DAYS_MAX = 4_000;

export interface Roots {
  readonly raw: Store;
  readonly out: Store;
}

/** The days from --from to --to, all of them over. */
export function readDates(given: Given, clock: Clock): UtcDate[] {
  const today = dateOf(clock.nowMs());
  const from = given.optional(options.fromOption) ?? addDays(today, -1);
  const to = given.optional(options.toOption) ?? from;
  for (const [date, option] of [
    [from, options.fromOption],
    [to, options.toOption],
  ] as const) {
    if (date < today) continue;
    const found = `'${date}', which is not over (it is ${isoStamp(clock.nowMs())})`;
    refuse(`--${option.name}`, 'date', found, `a day before ${today} UTC`);
  }
  if (to < from) refuse('--to', 'date', `'${to}' before --from '${from}'`, 'the same day or later');
  if (addDays(from, DAYS_MAX) <= to) {
    refuse('--to', 'date', `more than ${DAYS_MAX} days from '${from}'`, `at most ${DAYS_MAX} days`);
  }
  return datesBetween(from, to);
}

/** The rules for each of the days. */
export function readDayOptions(given: Given, dates: readonly UtcDate[]): DayOptions {
  const expect = given.optional(options.expectOption);
  for (const date of expect === undefined ? [] : dates) {
    const day = dayRange(date);
    if (expect !== undefined && expect.fromMs < day.toMs && expect.toMs > day.fromMs) continue;
    const found = quoted(given.text(options.expectOption) ?? '');
    refuse('--expect', 'range', found, `a stretch of each day of the run, ${date} too`);
  }
  return {
    resolutions: given.value(options.resolutionsOption),
    streams: given.value(options.streamsOption),
    sparseTrades: given.value(options.sparseTradesOption),
    edgeMinutes: given.value(options.edgeMinutesOption),
    seedMinutes: given.value(options.seedMinutesOption),
    holeMinMs: given.value(options.holeMinMsOption),
    malformedMax: given.value(options.malformedMaxOption),
    rawLayout: given.value(options.rawLayoutOption),
    expect,
  };
}

/** Opens both roots, which may not contain one another. Nothing is read yet. */
export function openRoots(given: Given): Roots {
  const raw = given.value(options.rawOption);
  const out = given.value(options.outOption);
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  if (rootsOverlap(raw, out)) {
    const expected = 'an output root outside of the raw root, and not around it';
    refuse('--out', 'root', `'${out}' with raw root '${raw}'`, expected);
  }
  return { raw: openStore(raw, { gcsEndpoint }), out: openStore(out, { gcsEndpoint }) };
}

/** The start and a random suffix: `20251212T002000Z-1a2b3c`. */
export function newRunId(clock: Clock): string {
  const started = isoStamp(clock.nowMs()).replaceAll(/[-:]/g, '');
  return `${started}-${randomBytes(3).toString('hex')}`;
}
