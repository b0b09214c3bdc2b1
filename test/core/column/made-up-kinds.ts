/**
 * Two made-up kinds of file: a grid with texts, times and every roll-up rule, and events without a
 * grid. Each is only a table of columns and functions for its cells.
 */
import {
  type FileTable,
  fileTable,
  quotientDecimals,
} from '../../../src/core/column/file-table.js';
import type { CellsOf } from '../../../src/core/encode/file-rows.js';
import { divideHalfUp, formatDecimal, powerOfTen } from '../../../src/core/unit/decimal.js';
import { isoStamp } from '../../../src/core/unit/utc-date.js';

const GRID_COLUMNS = [
  {
    name: 'start',
    kind: 'time',
    meaning: 'open time',
    unit: 'exchange time',
    nothing: 'never',
    rollUp: 'first',
  },
  {
    name: 'reason',
    kind: 'text',
    meaning: 'why',
    values: ['traded', 'outage', 'quiet'],
    nothing: 'never',
    rollUp: 'min',
  },
  {
    name: 'orders',
    kind: 'count',
    meaning: 'orders',
    unit: 'orders',
    nothing: 'zero',
    rollUp: 'sum',
  },
  {
    name: 'order_max',
    kind: 'sum',
    meaning: 'largest',
    unit: 'quote',
    nothing: 'zero',
    rollUp: 'max',
  },
  {
    name: 'cvd',
    kind: 'sum',
    meaning: 'running',
    unit: 'quantity',
    signed: true,
    nothing: 'never',
    rollUp: 'last',
  },
  {
    name: 'delta_min',
    kind: 'sum',
    meaning: 'lowest running delta',
    unit: 'quantity',
    range: { check: 'delta_range', most: 0 },
    nothing: 'zero',
    rollUp: 'recomputed',
  },
  {
    name: 'ofi',
    kind: 'sum',
    meaning: 'flow',
    unit: 'quantity',
    signed: true,
    nothing: 'empty',
    rollUp: 'sum',
  },
  {
    name: 'bid_first',
    kind: 'price',
    meaning: 'first bid',
    unit: 'price',
    nothing: 'empty',
    rollUp: 'first',
  },
  {
    name: 'bid_close',
    kind: 'price',
    meaning: 'last bid',
    unit: 'price',
    nothing: 'empty',
    rollUp: 'last',
  },
  {
    name: 'bid_min',
    kind: 'price',
    meaning: 'lowest bid',
    unit: 'price',
    nothing: 'empty',
    rollUp: 'min',
  },
  {
    name: 'tilt',
    kind: 'quotient',
    meaning: 'mean tilt',
    unit: 'share',
    decimals: 4,
    range: { check: 'tilt_range', least: -1, most: 1 },
    nothing: 'empty',
    rollUp: 'recomputed',
  },
  {
    name: 'seen',
    kind: 'time',
    meaning: 'last snapshot',
    unit: 'exchange time',
    nothing: 'empty',
    rollUp: 'last',
  },
] as const;

export type GridColumn = (typeof GRID_COLUMNS)[number]['name'];
export const GRID: FileTable<GridColumn> = fileTable<GridColumn>({
  kind: 'made-up grid',
  rows: { kind: 'grid', time: 'start' },
  columns: GRID_COLUMNS,
});

/** The content of a stretch of time; `book` only if one was seen. */
export interface Stretch {
  readonly startMs: number;
  readonly reason: string;
  readonly orders: readonly number[];
  readonly cvd: number;
  readonly deltaMin: number;
  readonly book?: {
    readonly bids: readonly number[];
    readonly ofi: number;
    /** Sum and count of tilts. */
    readonly tilt: readonly [bigint, bigint];
    readonly seenMs: number;
  };
}

export function gridCells(stretches: readonly Stretch[]): CellsOf<GridColumn> {
  const tiltDecimals = quotientDecimals(GRID, 'tilt');
  const cell = (text: (stretch: Stretch) => string | number | undefined) => (row: number) => {
    const stretch = stretches[row];
    return stretch === undefined ? undefined : text(stretch)?.toString();
  };
  const tiltText = ([sum, count]: readonly [bigint, bigint]): string =>
    formatDecimal(divideHalfUp(sum * powerOfTen(tiltDecimals), count), tiltDecimals);
  return {
    start: cell(({ startMs }) => isoStamp(startMs)),
    reason: cell(({ reason }) => reason),
    orders: cell(({ orders }) => (orders.length === 0 ? undefined : orders.length)),
    order_max: cell(({ orders }) => (orders.length === 0 ? undefined : Math.max(...orders))),
    cvd: cell(({ cvd }) => cvd),
    delta_min: cell(({ deltaMin }) => (deltaMin === 0 ? undefined : deltaMin)),
    ofi: cell(({ book }) => book?.ofi),
    bid_first: cell(({ book }) => book?.bids[0]),
    bid_close: cell(({ book }) => book?.bids.at(-1)),
    bid_min: cell(({ book }) => (book === undefined ? undefined : Math.min(...book.bids))),
    tilt: cell(({ book }) => (book === undefined ? undefined : tiltText(book.tilt))),
    seen: cell(({ book }) => (book === undefined ? undefined : isoStamp(book.seenMs))),
  };
}

const EVENT_COLUMNS = [
  {
    name: 'confirmed',
    kind: 'time',
    meaning: 'end',
    unit: 'exchange time',
    nothing: 'never',
    rollUp: 'recomputed',
  },
  {
    name: 'pattern',
    kind: 'text',
    meaning: 'which',
    values: ['imbalance', 'whale'],
    nothing: 'never',
    rollUp: 'recomputed',
  },
  {
    name: 'direction',
    kind: 'text',
    meaning: 'where to',
    values: ['down', 'up'],
    nothing: 'never',
    rollUp: 'recomputed',
  },
  {
    name: 'price',
    kind: 'price',
    meaning: 'price',
    unit: 'price',
    nothing: 'never',
    rollUp: 'recomputed',
  },
  {
    name: 'outcome_bps',
    kind: 'quotient',
    meaning: 'what came of it',
    unit: 'basis points',
    signed: true,
    decimals: 4,
    nothing: 'empty',
    rollUp: 'recomputed',
  },
] as const;

export type EventColumn = (typeof EVENT_COLUMNS)[number]['name'];
export const EVENTS: FileTable<EventColumn> = fileTable<EventColumn>({
  kind: 'made-up events',
  rows: { kind: 'events', order: ['confirmed', 'pattern', 'direction'] },
  columns: EVENT_COLUMNS,
});

/** `events`: fields in the order of the columns; `-` is an empty cell. */
export function eventCells(events: readonly string[]): CellsOf<EventColumn> {
  const field = (column: EventColumn) => (row: number) => {
    const text = events[row]?.split(' ')[EVENTS.at(column)];
    return text === '-' ? undefined : text;
  };
  return {
    confirmed: field('confirmed'),
    pattern: field('pattern'),
    direction: field('direction'),
    price: field('price'),
    outcome_bps: field('outcome_bps'),
  };
}
