/** Which sidecars of a day tell of its outages, by their names alone: what a report reads, and what it is compared with later. */
import { dayRange, HOUR_MS, type TimeRange, type UtcDate } from '../unit/utc-date.js';
import { SIDECAR_FOLDER } from './sidecar.js';

/** A larger one is passed over; one of 1,000 streams with full lists has about 1 MB. */
export const SIDECAR_BYTES_MAX: number = 8 * 1_024 * 1_024;
/** Sidecars that are read for a symbol-day, the first by name: 24 hours of 40 recorders and restarts. */
export const SIDECARS_MAX = 1_000;
/** Clocks may differ by so much: an outage is also looked for in the hour beside it. */
export const SIDECAR_MARGIN_MS = 60_000;

/** Where the sidecars of a day are listed. */
export function sidecarPrefix(date: UtcDate): string {
  return `${SIDECAR_FOLDER}/${date}/`;
}

/** The hour of a sidecar's name; undefined for other names. */
export function hourOfSidecar(name: string): number | undefined {
  const [, hour] = /\/([01]\d|2[0-3])_[A-Za-z0-9-]+\.json$/u.exec(name) ?? [];
  return hour === undefined ? undefined : Number(hour);
}

export interface WantedSidecars<Listed> {
  /** In order of their names. */
  readonly wanted: readonly Listed[];
  /** Of the same hours, and beyond a limit. */
  readonly passedOver: readonly Listed[];
}

/** `listed`: below the prefix of the day, in order of names. Without outages nothing is wanted. */
export function wantedSidecars<
  Listed extends { readonly name: string; readonly sizeBytes: number },
>(date: UtcDate, outages: readonly TimeRange[], listed: readonly Listed[]): WantedSidecars<Listed> {
  const hours = hoursOf(date, outages);
  const ofHours = listed.filter(({ name }) => hours.has(hourOfSidecar(name) ?? -1));
  const readable = ofHours.filter(({ sizeBytes }) => sizeBytes <= SIDECAR_BYTES_MAX);
  const wanted = readable.slice(0, SIDECARS_MAX);
  const isWanted = new Set(wanted);
  return { wanted, passedOver: ofHours.filter((one) => !isWanted.has(one)) };
}

/** Hours of the day that an outage touches, or would with another clock. */
function hoursOf(date: UtcDate, outages: readonly TimeRange[]): ReadonlySet<number> {
  const { fromMs: startMs } = dayRange(date);
  const hours = new Set<number>();
  for (const { fromMs, toMs } of outages) {
    const first = Math.floor((fromMs - SIDECAR_MARGIN_MS - startMs) / HOUR_MS);
    const end = Math.ceil((toMs + SIDECAR_MARGIN_MS - startMs) / HOUR_MS);
    for (let hour = Math.max(0, first); hour < Math.min(24, end); hour += 1) hours.add(hour);
  }
  return hours;
}
