/**
 * Hints: which option fits a recording whose report looks as this one does. They are read off a report,
 * change nothing of what is computed, and stand beside a finding for a person to try.
 */
import { type Guard, partGuard } from '../shape/guard.js';
import { type Outage, type QualityReport, REPORT_SHAPES } from '../stored/quality-report.js';
import { dayRange, isoStamp, MINUTE_MS, SECOND_MS, utcDate } from '../unit/utc-date.js';

const FIELDS = ['date', 'options', 'chunk_minutes', 'outages', 'coverage', 'findings'] as const;
type Hinting = Pick<QualityReport, (typeof FIELDS)[number]>;

const isHinting: Guard<Hinting> = partGuard('quality', FIELDS, REPORT_SHAPES);

/** One file an hour leaves at most this many chunk minutes. */
const HOURS = 24;
const HOUR_MS = 60 * MINUTE_MS;
/** Holes from which a regular distance shows that a book was polled. */
const POLLS_MIN = 100;
/** A book that is polled less often than this is no book of order flow. */
const POLL_SECONDS_MAX = 60;
/** Share of the holes that a `--hole-min` has to cover. */
const POLLED_SHARE = 0.9;
/** A hole is as long as the distance of polls, with what the network adds. */
const POLL_MARGIN = 1.5;
/** From this coverage on the recording counts as whole. */
const WHOLE = 0.99;

/** Options to try, each in one sentence that begins with the option; none where nearly all is recorded. */
export function hintsOf(report: unknown): string[] {
  if (!isHinting(report) || report.coverage >= WHOLE) return [];
  return [tradesAlone(report), chunkRhythm(report), polledBook(report), partOfDay(report)].filter(
    (hint) => hint !== undefined,
  );
}

function tradesAlone({ options, chunk_minutes: { trades, depth } }: Hinting): string | undefined {
  if (options.streams !== 'both' || depth.present > 0 || trades.present === 0) return undefined;
  return '--streams trades, if no depth is recorded at all';
}

/** Chunks for a few minutes of a time that is recorded otherwise. */
function chunkRhythm(report: Hinting): string | undefined {
  const { options, chunk_minutes: minutes } = report;
  const { trades, depth } = minutes;
  if (trades.present === 0 || trades.missing * 2 <= trades.expected) return undefined;
  // Without depth a recorder that was off looks like a time without trades.
  if (options.streams === 'trades' && partOfDay(report) !== undefined) return undefined;
  const isOfHours = !options.raw_layout.includes('{minute}');
  const chunkMs = isOfHours ? HOUR_MS : MINUTE_MS;
  const downSeconds = secondsOf(report.outages.filter(({ kind }) => kind === 'feed_down'));
  if (downSeconds * 2 > (trades.expected * chunkMs) / SECOND_MS) return undefined;
  if (!isOfHours && trades.present <= HOURS && depth.present <= HOURS) {
    if (trades.unreadable + depth.unreadable > 0) return undefined;
    const layout = options.raw_layout.replace('{minute}', '00');
    return `--raw-layout '${layout}', if each chunk holds an hour`;
  }
  if (depth.missing * 2 > depth.expected) return undefined;
  const span = isOfHours ? 'an hour' : 'a minute';
  return `--sparse-trades, if no trades chunk is written for ${span} without trades`;
}

function polledBook({ outages }: Hinting): string | undefined {
  const lengths = outages
    .flatMap(({ kind, seconds }) => (kind === 'depth_missing' ? [seconds] : []))
    .toSorted((a, b) => a - b);
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 0;
  if (lengths.length < POLLS_MIN || middle > POLL_SECONDS_MAX) return undefined;
  const holeMin = Math.ceil(middle * POLL_MARGIN);
  const alike = lengths.filter((seconds) => seconds * 2 > middle && seconds <= holeMin);
  if (alike.length < lengths.length * POLLED_SHARE) return undefined;
  const every = Math.round(middle);
  return `--hole-min ${holeMin}, if the book is polled every ${every} s and not streamed`;
}

/** One stretch of the day that is recorded, and nothing before and after it. */
function partOfDay({ date, options, outages, findings }: Hinting): string | undefined {
  if (options.expect !== null) return undefined;
  // Something was recorded and is misnamed: to expect less would hide it.
  if (findings.some(({ code }) => code === 'rows_elsewhere' || code === 'names_skipped')) {
    return undefined;
  }
  const { fromMs, toMs } = dayRange(utcDate(date, 'report'));
  const downKind = options.streams === 'trades' ? 'trades_missing' : 'feed_down';
  const down = outages.filter(({ kind }) => kind === downKind);
  const before = down.find(({ from }) => Date.parse(from) === fromMs);
  const after = down.find(({ to }) => Date.parse(to) === toMs);
  const outside = [before, after].filter((outage) => outage !== undefined);
  if (outside.length === 0 || secondsOf(outside) * 2 < secondsOf(outages)) return undefined;
  const beginMs = before === undefined ? fromMs : Date.parse(before.to);
  const endMs = after === undefined ? toMs : Date.parse(after.from);
  // All of the day is one outage.
  if (beginMs >= endMs) return undefined;
  const begin = Math.floor(beginMs / SECOND_MS) * SECOND_MS;
  const end = Math.ceil(endMs / SECOND_MS) * SECOND_MS;
  return `--expect ${isoStamp(begin)}/${isoStamp(end)}, if the recorder is known to have run only then`;
}

function secondsOf(outages: readonly Outage[]): number {
  return outages.reduce((sum, { seconds }) => sum + seconds, 0);
}
