/**
 * Which rows the chart holds. A day of seconds is never loaded at once: the chart holds the rows around what is
 * seen, and takes finer or coarser ones as one zooms. Seconds are counted from the start of the first day, over the
 * days of the page as if each followed the other. Nothing here knows the chart.
 */
import type { Level } from '../../core/view/view-data.js';

/** Seconds on the page's own clock; end exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Rows of a level; end exclusive. */
export interface Stretch {
  readonly level: Level;
  readonly fromRow: number;
  readonly toRow: number;
}

/** A level with more rows is held in parts. */
export const WHOLE_ROWS_MAX = 25_000;
/** Rows of such a part. */
export const PART_ROWS = 7_200;
/** Rows seen at once of any but the coarsest level. */
export const SEEN_ROWS_MAX = 1_800;
/** A level that is drawn stays for so much longer a span, so that it does not flicker. */
const STAY_FACTOR = 1.5;
/** Share of a part that may be left beside what is seen before other rows are taken. */
const EDGE_SHARE = 0.1;

/** `levels`: finest first, at least one. `totalSeconds`: of all days. */
export function stretchFor(
  seen: Span,
  levels: readonly Level[],
  totalSeconds: number,
  current: Stretch | undefined,
): Stretch | undefined {
  const length = seen.to - seen.from;
  const level =
    levels.find(({ name, seconds }) => {
      const factor = name === current?.level.name ? STAY_FACTOR : 1;
      return length / seconds <= SEEN_ROWS_MAX * factor;
    }) ?? levels.at(-1);
  if (level === undefined) return undefined;
  const rows = totalSeconds / level.seconds;
  if (rows <= WHOLE_ROWS_MAX) return { level, fromRow: 0, toRow: rows };
  if (current?.level.name === level.name && isWellInside(seen, current, rows)) return current;
  const middle = (seen.from + seen.to) / 2 / level.seconds;
  const fromRow = Math.max(0, Math.min(rows - PART_ROWS, Math.round(middle - PART_ROWS / 2)));
  return { level, fromRow, toRow: fromRow + PART_ROWS };
}

export function isSameStretch(one: Stretch, other: Stretch | undefined): boolean {
  return (
    one.level.name === other?.level.name &&
    one.fromRow === other.fromRow &&
    one.toRow === other.toRow
  );
}

function isWellInside(
  { from, to }: Span,
  { level, fromRow, toRow }: Stretch,
  rows: number,
): boolean {
  const margin = (toRow - fromRow) * EDGE_SHARE;
  const isLeft = fromRow === 0 || from / level.seconds >= fromRow + margin;
  const isRight = toRow === rows || to / level.seconds <= toRow - margin;
  // What is longer than the part has no better one.
  return (isLeft && isRight) || (to - from) / level.seconds >= toRow - fromRow - 2 * margin;
}
