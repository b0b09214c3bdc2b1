/**
 * The oracle's table of errors of docs/EVIDENCE.md: what makes a published day untrustworthy, by brute
 * force over all rows.
 */
import { oneE18, parseDecimalE18 } from './decimal.js';
import type { Stretch } from './evidence.js';
import type { Judged, Outcome } from './outcomes.js';
import { duplicateKey } from './outcomes.js';
import type { QuoteFigures } from './quote-rule.js';
import { dayMs, isWellFormed, minuteMs } from './reading.js';
import type { Placed, ReadObject, WellFormedRow } from './reading.js';

export interface DoubtInput {
  day: Stretch;
  edgeMinutes: number;
  /** In read order. */
  trades: Judged[];
  /** Undefined if depth is not recorded. */
  depth: Judged[] | undefined;
  quotes: QuoteFigures;
  hasOverlap: boolean;
  /** What chunks say in their column of the symbol. */
  symbols: string[];
  usableMin: number;
  sideMin: number;
}

/** Codes of findings, each once, in the order of the alphabet. */
export function doubtsOf(input: DoubtInput): string[] {
  const streams = [input.trades, ...(input.depth === undefined ? [] : [input.depth])];
  const usable = streams.map((judged) => judged.filter(isUsable).length);
  const isSilent = usable.some((count) => count === 0) && usable.some((count) => count > 0);
  const { above, aboveBuyers, below, belowSellers, clockTrades, clockAgree } = input.quotes;
  const isSideDoubtful =
    above + below >= 1000 &&
    (isLess(aboveBuyers, above, input.sideMin) || isLess(belowSellers, below, input.sideMin));
  return [
    ...(clockTrades >= 200 && 2 * clockAgree < clockTrades ? ['clocks_doubtful'] : []),
    ...(input.hasOverlap ? ['overlap_unresolved'] : []),
    ...(hasStrays(input, streams) ? ['rows_elsewhere'] : []),
    ...(streams.some((judged) => isUnusable(judged, input.usableMin)) ? ['rows_unusable'] : []),
    ...(isSideDoubtful ? ['side_doubtful'] : []),
    ...(isSilent ? ['stream_silent'] : []),
    ...(areMixed(input.symbols.map(plainSymbol)) ? ['symbols_mixed'] : []),
  ];
}

/** One of two symbols may go on behind the other. */
function areMixed(symbols: string[]): boolean {
  return symbols.some((one) =>
    symbols.some((other) => {
      const length = Math.min(one.length, other.length);
      return one.slice(0, length) !== other.slice(0, length);
    }),
  );
}

/** Its letters and digits. */
function plainSymbol(text: string): string {
  return [...text.toUpperCase()].filter((letter) => /[\p{L}\p{Nd}]/u.test(letter)).join('');
}

/** A share of nothing is 0 %. */
function isLess(part: number, whole: number, share: number): boolean {
  const shareE18 = parseDecimalE18(share.toString());
  if (shareE18 === undefined) throw new RangeError(`no share: ${share}`);
  if (whole === 0) return shareE18 > 0n;
  return BigInt(part) * oneE18 < shareE18 * BigInt(whole);
}

function isUsable({ outcome }: Judged): boolean {
  return outcome === 'used' || outcome === 'short';
}

function isUnusable(judged: Judged[], usableMin: number): boolean {
  const ofDay = judged.filter(({ outcome }) => outcome !== 'malformed' && outcome !== 'neighbour');
  const counted = ofDay.filter((each, index) => {
    const earlier = ofDay.slice(0, index);
    return !repeatsAnotherObject(each, earlier) || reusesAnId(each, ofDay);
  });
  if (counted.length === 0) return false;
  return isLess(counted.filter(isUsable).length, counted.length, usableMin);
}

function repeatsAnotherObject({ placed, outcome }: Judged, earlier: Judged[]): boolean {
  if (outcome !== 'duplicate' || !isWellFormed(placed)) return false;
  const key = duplicateKey(placed.row);
  return earlier.some(
    (before) =>
      !never.includes(before.outcome) &&
      isWellFormed(before.placed) &&
      duplicateKey(before.placed.row) === key &&
      before.placed.object !== placed.object,
  );
}

const never: Outcome[] = ['excluded', 'malformed', 'neighbour'];

/** A repeated row whose id is no id of the trades of its time. */
function reusesAnId({ placed }: Judged, ofDay: Judged[]): boolean {
  if (!isWellFormed(placed) || placed.row.kind !== 'trade') return false;
  const { id, timeMs } = placed.row;
  if (idNumber(id) === undefined) {
    const first = ofDay.find((other) => isWellFormed(other.placed) && other.placed.row.id === id);
    const firstMs = first !== undefined && isWellFormed(first.placed) ? first.placed.row.timeMs : 0;
    return Math.abs(Math.floor(timeMs / 1000) - Math.floor(firstMs / 1000)) > 1;
  }
  const second = Math.floor(timeMs / 1000);
  const repeated = ofDay.flatMap((other, index) =>
    repeatsAnotherObject(other, ofDay.slice(0, index)) ? numbersOf(other, second, 0) : [],
  );
  const fresh = ofDay.flatMap((other) => (isUsable(other) ? numbersOf(other, second, 1) : []));
  const isBelow = repeated.some((number) => fresh.every((other) => other > number));
  const isAbove = repeated.some((number) => fresh.every((other) => other < number));
  return isBelow || isAbove;
}

/** The number of the row, if it has one and lies so near. */
function numbersOf({ placed }: Judged, second: number, seconds: number): bigint[] {
  if (!isWellFormed(placed)) return [];
  const number = idNumber(placed.row.id);
  const isNear = Math.abs(Math.floor(placed.row.timeMs / 1000) - second) <= seconds;
  return isNear && number !== undefined ? [number] : [];
}

/** Ids that are numbers as written. */
function idNumber(id: string | undefined): bigint | undefined {
  const isNumber = id !== undefined && /^(?:0|[1-9][0-9]{0,15})$/.test(id);
  return isNumber && BigInt(id) < 2n ** 53n ? BigInt(id) : undefined;
}

function hasStrays({ day, edgeMinutes }: DoubtInput, streams: Judged[][]): boolean {
  const rows = streams
    .flat()
    .map(({ placed }) => placed)
    .filter(isWellFormed)
    .filter(({ object }) => isWithin(object.chunkMinuteMs, day.fromMs, day.toMs));
  const edgeMs = edgeMinutes * minuteMs;
  const strays = rows.filter(({ object: { chunkMinuteMs }, row: { timeMs } }) => {
    if (isWithin(timeMs, day.fromMs, day.toMs)) return false;
    const isOfDayBefore = isWithin(timeMs, day.fromMs - dayMs, day.fromMs);
    const isOfDayAfter = isWithin(timeMs, day.toMs, day.toMs + dayMs);
    if (isOfDayBefore && chunkMinuteMs < day.fromMs + edgeMs) return false;
    return !(isOfDayAfter && chunkMinuteMs >= day.toMs - edgeMs);
  });
  return strays.length * 100 > rows.length;
}

function isWithin(timeMs: number, fromMs: number, toMs: number): boolean {
  return timeMs >= fromMs && timeMs < toMs;
}

/**
 * Chunk minutes in which two readable objects have rows of the day and any of these rows lacks its id;
 * each is named by its first object.
 */
export function unresolvedMinutes(objects: ReadObject[], day: Stretch): ReadObject[] {
  const sharing = Map.groupBy(
    objects.filter((object) => rowsOfDay(object, day).length > 0),
    ({ chunkMinuteMs }) => chunkMinuteMs,
  );
  return [...sharing.values()].flatMap((together) => {
    const rows = together.flatMap((object) => rowsOfDay(object, day));
    const isUnresolved = together.length > 1 && rows.some(({ row }) => row.id === undefined);
    return isUnresolved ? together.slice(0, 1) : [];
  });
}

function rowsOfDay(object: ReadObject, day: Stretch): Placed<WellFormedRow>[] {
  return (object.rows ?? [])
    .map((row) => ({ object, row }))
    .filter(isWellFormed)
    .filter(({ row }) => isWithin(row.timeMs, day.fromMs, day.toMs));
}
