/** The line of a symbol-day that is worked on: a bar, what is done of it, the rate and the time left. */
import { formatCount, formatDuration, formatMegabytes, formatRate } from './figures.js';
import { cutToWidth, padToWidth, textWidth } from './text-width.js';

export interface ActiveDay {
  readonly key: string;
  readonly startedMs: number;
  /** Chunks are read, rows are verified. */
  readonly noun: 'chunks' | 'rows';
  done: number;
  total: number;
  /** 0 for rows. */
  bytesDone: number;
  bytesTotal: number;
  /** Milliseconds until all was read and only the storing was left; undefined before. */
  readMs: number | undefined;
}

/** The share of a symbol-day's time that goes into reading; the rest is storing. */
export type ReadShare = number;

const BAR_CELLS_MAX = 20;
const BAR_CELLS_MIN = 5;
/** A smaller share done gives no useful estimate of the remaining time. */
export const SHARE_OF_ETA_MIN = 0.02;
/** However long the storing takes, it is not over. */
const STORING_MAX = 0.95;

export function idleDay(key: string, startedMs: number, noun: ActiveDay['noun']): ActiveDay {
  const nothing = { done: 0, total: 0, bytesDone: 0, bytesTotal: 0 };
  return { key, startedMs, noun, ...nothing, readMs: undefined };
}

/** Of the time that the day takes, between 0 and 1. */
export function shareOf(day: ActiveDay, nowMs: number, readShare: ReadShare): number {
  if (day.noun === 'rows') return takenShare(day);
  if (day.readMs === undefined) return takenShare(day) * readShare;
  const expectedMs = (day.readMs * (1 - readShare)) / readShare;
  const storingMs = nowMs - day.startedMs - day.readMs;
  const stored = expectedMs <= 0 ? STORING_MAX : Math.min(STORING_MAX, storingMs / expectedMs);
  return readShare + (1 - readShare) * stored;
}

/** Of its chunks or rows. */
function takenShare(day: ActiveDay): number {
  if (day.bytesTotal > 0) return Math.min(1, day.bytesDone / day.bytesTotal);
  return day.total > 0 ? Math.min(1, day.done / day.total) : 0;
}

interface Place {
  /** Cells of the longest key shown. */
  readonly keyCells: number;
  readonly nowMs: number;
  readonly columns: number;
  readonly readShare: ReadShare;
}

/** At most `columns` wide: first the bar shrinks, then the counts, the bytes and the rate give way. */
export function activeLine(day: ActiveDay, place: Place): string {
  const { keyCells, nowMs, columns } = place;
  const elapsedMs = nowMs - day.startedMs;
  const key = padToWidth(day.key, keyCells, 'left');
  const counts = `${formatCount(day.done)}/${formatCount(day.total)} ${day.noun}`;
  const parts = [
    padToWidth(counts, day.noun === 'rows' ? 20 : 18, 'right'),
    ...(day.noun === 'rows'
      ? []
      : [
          padToWidth(formatMegabytes(day.bytesDone), 8, 'right'),
          padToWidth(formatRate(day.bytesDone, day.readMs ?? elapsedMs), 10, 'right'),
        ]),
    padToWidth(stateOf(day, shareOf(day, nowMs, place.readShare), elapsedMs), 11, 'left'),
  ];
  for (let first = 0; first < parts.length; first += 1) {
    const tail = ` ${parts.slice(first).join(' ')}`;
    const cells = Math.min(BAR_CELLS_MAX, columns - textWidth(key) - textWidth(tail) - 1);
    if (cells >= BAR_CELLS_MIN) return `${key} ${barOf(takenShare(day), cells)}${tail}`.trimEnd();
  }
  return cutToWidth(`${key} ${parts.at(-1) ?? ''}`.trimEnd(), columns);
}

/** What is left to do. Before its first chunk a day is listed, after its last one it is stored. */
function stateOf({ total, readMs }: ActiveDay, share: number, elapsedMs: number): string {
  if (total === 0) return 'listing';
  if (readMs !== undefined) return 'storing';
  if (share < SHARE_OF_ETA_MIN) return 'ETA –';
  return `ETA ${formatDuration((elapsedMs * (1 - share)) / share)}`;
}

function barOf(share: number, cells: number): string {
  const filled = Math.floor(share * cells);
  return '█'.repeat(filled) + '░'.repeat(cells - filled);
}
