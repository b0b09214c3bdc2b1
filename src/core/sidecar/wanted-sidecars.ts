/** Which sidecars of a day tell of its outages, by their names alone: what a report reads, and what it is compared with later. */
import { dateOf, HOUR_MS, type TimeRange, type UtcDate } from '../unit/utc-date.js';
import { SIDECAR_FOLDER } from './sidecar.js';

/** A larger one is passed over; one of 1,000 streams with full lists has less than 1 MB. */
export const SIDECAR_BYTES_MAX: number = 4 * 1_024 * 1_024;
/** Of all that are read for a symbol-day: those of two recorders of 500 symbols have some 15 MB. */
export const SIDECARS_BYTES_MAX: number = 128 * 1_024 * 1_024;
/** Sidecars that are read for a symbol-day: 24 hours of 40 recorders and restarts. */
export const SIDECARS_MAX = 1_000;
/** Clocks may differ by so much: an outage is also looked for in the hour beside it. */
export const SIDECAR_MARGIN_MS = 60_000;

/** Where the sidecars of a day are listed. */
export function sidecarPrefix(date: UtcDate): string {
  return `${SIDECAR_FOLDER}/${date}/`;
}

const NAME_PATTERN = /\/(\d{4}-\d{2}-\d{2})\/([01]\d|2[0-3])_([A-Za-z0-9-]+)\.json$/u;

/** The exchange times of which a sidecar may tell, by the hour in its name; undefined for other names. */
export function timeOfSidecar(name: string): TimeRange | undefined {
  const fromMs = hourOfSidecar(name);
  return fromMs === undefined ? undefined : timeOfHour(fromMs);
}

/** When the hour of a sidecar's name begins; undefined for other names. */
function hourOfSidecar(name: string): number | undefined {
  const [, date, hour] = NAME_PATTERN.exec(name) ?? [];
  const fromMs = Date.parse(`${date}T${hour}:00:00Z`);
  return Number.isNaN(fromMs) ? undefined : fromMs;
}

/** The exchange times of which a sidecar may tell whose hour begins then. */
export function timeOfHour(fromMs: number): TimeRange {
  return { fromMs: fromMs - SIDECAR_MARGIN_MS, toMs: fromMs + HOUR_MS + SIDECAR_MARGIN_MS };
}

export interface WantedSidecars<Listed> {
  /** In order of their names. */
  readonly wanted: readonly Listed[];
  /** Of the same hours, and beyond a limit. */
  readonly passedOver: readonly Listed[];
}

/** Dates of the hours of outages, in order: that of their day, and a neighbour where an outage is near midnight. */
export function sidecarDates(outages: readonly TimeRange[]): UtcDate[] {
  return [...new Set([...hoursOf(outages)].map((fromMs) => dateOf(fromMs)))].sort();
}

/** `listed`: below the prefixes of the dates, in order of names. Without outages nothing is wanted. */
export function wantedSidecars<
  Listed extends { readonly name: string; readonly sizeBytes: number },
>(outages: readonly TimeRange[], listed: readonly Listed[]): WantedSidecars<Listed> {
  const hours = hoursOf(outages);
  const ofHours = listed.filter(({ name }) => hours.has(hourOfSidecar(name) ?? Number.NaN));
  const readable = ofHours.filter(({ sizeBytes }) => sizeBytes <= SIDECAR_BYTES_MAX);
  const isWanted = new Set<Listed>();
  let sumBytes = 0;
  for (const one of lastingFirst(readable, listed)) {
    if (isWanted.size === SIDECARS_MAX) break;
    if (sumBytes + one.sizeBytes > SIDECARS_BYTES_MAX) continue;
    sumBytes += one.sizeBytes;
    isWanted.add(one);
  }
  return {
    wanted: ofHours.filter((one) => isWanted.has(one)),
    passedOver: ofHours.filter((one) => !isWanted.has(one)),
  };
}

/**
 * A session that lasts has a sidecar in many hours, under one part, and one that crashes again and again a part for each
 * start: it must not push out the others. Of two alike the larger comes first.
 */
function lastingFirst<Listed extends { readonly name: string; readonly sizeBytes: number }>(
  readable: readonly Listed[],
  listed: readonly Listed[],
): Listed[] {
  const hoursByPart = new Map<string, number>();
  const hoursOfPart = (name: string): number => hoursByPart.get(partOf(name)) ?? 0;
  for (const { name } of listed) hoursByPart.set(partOf(name), hoursOfPart(name) + 1);
  return readable.toSorted(
    (a, b) => hoursOfPart(b.name) - hoursOfPart(a.name) || b.sizeBytes - a.sizeBytes,
  );
}

function partOf(name: string): string {
  return NAME_PATTERN.exec(name)?.[3] ?? '';
}

/** Hours that an outage touches, or would with another clock, by when they begin. */
function hoursOf(outages: readonly TimeRange[]): ReadonlySet<number> {
  const hours = new Set<number>();
  for (const { fromMs, toMs } of outages) {
    const firstMs = Math.floor((fromMs - SIDECAR_MARGIN_MS) / HOUR_MS) * HOUR_MS;
    for (let atMs = firstMs; atMs < toMs + SIDECAR_MARGIN_MS; atMs += HOUR_MS) hours.add(atMs);
  }
  return hours;
}
