/**
 * Plans what to read for a symbol-day, in which order and for which purpose. The plan is a value;
 * nothing is read here.
 */
import {
  hasHourFirst,
  listPrefix,
  minuteOf,
  wholeChunks,
  type ChunkFolder,
} from '../rule/layout.js';
import type { DayRules } from '../rule/rule-table.js';
import type { StreamName, SymbolDay } from '../rule/symbol-day.js';
import type { InputRole } from '../stored/quality-report.js';
import { compareNames } from '../unit/compare-names.js';
import { FlowbarsError } from '../unit/errors.js';
import { DAY_MINUTES, addDays, type UtcDate } from '../unit/utc-date.js';

/** Objects of one symbol-day: 1,440 minutes and the edges, two streams, several parts. */
export const CHUNKS_MAX = 50_000;
/** Objects of one chunk minute of a stream; they are in memory together. */
export const CHUNK_MINUTE_OBJECTS_MAX = 64;

/** A stored chunk, as listed. */
export interface ListedChunk {
  readonly name: string;
  readonly sizeBytes: number;
  readonly crc32c: string | undefined;
  readonly generation: string | undefined;
}

/** One chunk minute of one stream: all its objects, in name order. Where a chunk covers an hour, a chunk hour. */
export interface ChunkStep {
  readonly stream: StreamName;
  /** Its first minute, from 00:00 of the day; negative: the day before; 1,440 or more: the day after. */
  readonly minute: number;
  readonly role: InputRole;
  /** These trades may hold the price carried into 00:00. */
  readonly servesSeed: boolean;
  readonly objects: readonly ListedChunk[];
}

export interface DayPlan {
  /** In reading order: by chunk minute, trades before depth. Minutes without an object have no step. */
  readonly steps: readonly ChunkStep[];
  /** Objects in the folders of the day that are not named like a chunk, hidden ones aside. */
  readonly skipped: SkippedNames;
}

export interface SkippedNames {
  readonly count: number;
  /** Undefined if there is none. */
  readonly first: string | undefined;
}

/** One prefix to list, and how to read the names below it. */
export interface Listing {
  readonly prefix: string;
  readonly folder: ChunkFolder;
  /** 00:00 of `folder.date`, in minutes from 00:00 of the computed day. */
  readonly firstMinute: number;
}

/** What must be listed: the day, and only the hours of its neighbours that are read. */
export function planListings(day: SymbolDay, rules: DayRules): Listing[] {
  const streams: readonly StreamName[] =
    rules.streams === 'trades' ? ['trades'] : ['trades', 'depth'];
  return streams.flatMap((stream) => {
    const before = stream === 'trades' ? minutesBefore(rules) : edgeOf(rules);
    const listing = (date: UtcDate, firstMinute: number, hour?: number): Listing => {
      const folder: ChunkFolder = { symbol: day.symbol, stream, date };
      return { prefix: listPrefix(rules, folder, hour), folder, firstMinute };
    };
    const dayHours = hasHourFirst(rules.rawLayout) ? hoursBetween(0, DAY_MINUTES) : [undefined];
    const hoursBefore = hoursBetween(DAY_MINUTES - before, DAY_MINUTES);
    const hoursAfter = hoursBetween(0, edgeOf(rules));
    return distinct([
      ...hoursBefore.map((hour) => listing(addDays(day.date, -1), -DAY_MINUTES, hour)),
      ...dayHours.map((hour) => listing(day.date, 0, hour)),
      ...hoursAfter.map((hour) => listing(addDays(day.date, 1), DAY_MINUTES, hour)),
    ]);
  });
}

/** Turns listed objects into steps. Names that do not match the layout are skipped. */
export function planDay(
  rules: DayRules,
  listed: readonly { readonly listing: Listing; readonly objects: readonly ListedChunk[] }[],
): DayPlan {
  const byMinute = new Map<
    string,
    { stream: StreamName; minute: number; objects: ListedChunk[] }
  >();
  let count = 0;
  const skipped: string[] = [];
  for (const { listing, objects } of listed) {
    const toMinute = minuteOf(rules, listing.folder);
    const { stream } = listing.folder;
    for (const object of objects) {
      const minuteOfDay = toMinute(object.name);
      if (minuteOfDay === undefined) {
        if (listing.firstMinute === 0 && !isHidden(object.name)) skipped.push(object.name);
        continue;
      }
      const minute = listing.firstMinute + minuteOfDay;
      const key = `${stream} ${minute}`;
      count += 1;
      if (count > CHUNKS_MAX) throw tooManyChunks(listing.prefix);
      const found = byMinute.get(key) ?? { stream, minute, objects: [] };
      found.objects.push(object);
      if (found.objects.length > CHUNK_MINUTE_OBJECTS_MAX) throw tooManyParts(object.name);
      byMinute.set(key, found);
    }
  }
  const steps = [...byMinute.values()].flatMap(({ stream, minute, objects }) => {
    const role = roleOf(stream, minute, rules);
    if (role === undefined) return [];
    const sorted = objects.toSorted((a, b) => compareNames(a.name, b.name));
    return [
      { stream, minute, role, servesSeed: servesSeed(stream, minute, rules), objects: sorted },
    ];
  });
  return {
    steps: steps.toSorted((a, b) => a.minute - b.minute || compareNames(b.stream, a.stream)),
    skipped: { count: skipped.length, first: skipped.toSorted(compareNames)[0] },
  };
}

/** Marks of tools: `.DS_Store`, `_SUCCESS`, `.00-00.csv.crc`. */
function isHidden(name: string): boolean {
  return /(?:^|\/)[._][^/]*$/u.test(name);
}

function tooManyParts(where: string): FlowbarsError {
  return new FlowbarsError('limit', {
    where,
    what: 'objects of one chunk minute',
    found: `more than ${CHUNK_MINUTE_OBJECTS_MAX}`,
    expected: `at most ${CHUNK_MINUTE_OBJECTS_MAX}`,
  });
}

function tooManyChunks(where: string): FlowbarsError {
  return new FlowbarsError('limit', {
    where,
    what: 'objects of a symbol-day',
    found: `more than ${CHUNKS_MAX}`,
    expected: `at most ${CHUNKS_MAX}`,
  });
}

function roleOf(stream: StreamName, minute: number, rules: DayRules): InputRole | undefined {
  const edgeMinutes = edgeOf(rules);
  if (minute >= 0 && minute < DAY_MINUTES) return 'chunk';
  if (minute >= -edgeMinutes && minute < DAY_MINUTES + edgeMinutes) return 'edge';
  return servesSeed(stream, minute, rules) ? 'seed' : undefined;
}

function servesSeed(stream: StreamName, minute: number, rules: DayRules): boolean {
  const seedMinutes = wholeChunks(rules, rules.seedMinutes);
  return stream === 'trades' && minute >= -seedMinutes && minute < edgeOf(rules);
}

function minutesBefore(rules: DayRules): number {
  return wholeChunks(rules, Math.max(rules.edgeMinutes, rules.seedMinutes));
}

function edgeOf(rules: DayRules): number {
  return wholeChunks(rules, rules.edgeMinutes);
}

/** Hours of a day that hold minutes from `from` to `to` (end exclusive). */
function hoursBetween(from: number, to: number): number[] {
  const hours: number[] = [];
  for (let hour = Math.floor(from / 60); hour * 60 < to; hour++) hours.push(hour);
  return hours;
}

/** Drops repeated prefixes: some templates have one prefix for all hours. */
function distinct(listings: readonly Listing[]): Listing[] {
  const byKey = listings.map((listing): [string, Listing] => [
    `${listing.folder.date} ${listing.prefix}`,
    listing,
  ]);
  return [...new Map(byKey).values()];
}
