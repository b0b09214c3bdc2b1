/**
 * Names in a spool and of what it stores. A segment is one minute of one session, `2025-12-12T00-00_{part}`; an hour is
 * `2025-12-12T00_{part}`.
 */
import { HOUR_MS, isoStamp, MINUTE_MS } from '../unit/utc-date.js';
import type { Slot } from './slots.js';

/** Letters, digits and `-`, as the parts of chunks in docs/INPUT.md; so many that every name fits a file system. */
export const PART_PATTERN: RegExp = /^[A-Za-z0-9-]{1,40}$/;

const SEGMENT_PATTERN = /^(\d{4}-\d{2}-\d{2})T(\d{2})(?:-(\d{2}))?_([A-Za-z0-9-]{1,40})$/;

export interface SpoolName {
  readonly part: string;
  /** Where its minute or hour begins. */
  readonly startMs: number;
  /** Where it ends, exclusive. */
  readonly endMs: number;
}

export function minuteName(startMs: number, part: string): string {
  return `${isoStamp(startMs).slice(0, 16).replace(':', '-')}_${part}`;
}

export function hourName(startMs: number, part: string): string {
  return `${isoStamp(startMs).slice(0, 13)}_${part}`;
}

/** Reads the name of a segment or an hour; undefined for any other name. */
export function parseSpoolName(name: string): SpoolName | undefined {
  const [, date, hour, minute, part] = SEGMENT_PATTERN.exec(name) ?? [];
  if (date === undefined || hour === undefined || part === undefined) return undefined;
  const startMs = Date.parse(`${date}T${hour}:${minute ?? '00'}:00Z`);
  if (!Number.isFinite(startMs)) return undefined;
  return { part, startMs, endMs: startMs + (minute === undefined ? HOUR_MS : MINUTE_MS) };
}

/** The hour of a segment. */
export function hourOf({ startMs, part }: Pick<SpoolName, 'startMs' | 'part'>): string {
  return hourName(Math.floor(startMs / HOUR_MS) * HOUR_MS, part);
}

export interface ChunkPlace {
  readonly slot: Pick<Slot, 'symbol' | 'stream'>;
  readonly startMs: number;
  readonly part: string;
  readonly span: '1m' | '1h';
  readonly isGzip: boolean;
}

/** `{symbol}/{stream}/{date}/{hour}-{minute}_{part}.csv`, without the minute where a chunk holds an hour. */
export function chunkObject({ slot, startMs, part, span, isGzip }: ChunkPlace): string {
  const stamp = isoStamp(startMs);
  const clock = span === '1m' ? stamp.slice(11, 16).replace(':', '-') : stamp.slice(11, 13);
  const name = `${slot.symbol}/${slot.stream}/${stamp.slice(0, 10)}/${clock}_${part}.csv`;
  return isGzip ? `${name}.gz` : name;
}
