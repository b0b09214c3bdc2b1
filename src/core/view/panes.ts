/** The panes of a day's chart and what each draws, as data: the page's scripts draw what this table says. */
import type { BarColumn } from '../column/bar-table.js';
import type { SignalColumn } from '../column/signal-table.js';
import { type PaneSpec, type SeriesSpec, SHADE_KINDS, type ShadeKind } from './view-data.js';

type ChartColumn = BarColumn | SignalColumn;

/** The table names columns of the files, which the compiler holds. */
type Drawn<Spec> = Spec extends { readonly column: string }
  ? Spec & { readonly column: ChartColumn }
  : Spec;

interface DrawnPane extends PaneSpec {
  readonly series: readonly Drawn<SeriesSpec>[];
  /** What it takes, for a page that lacks it. */
  readonly needs: string;
}

/** By what is drawn; the pane of prices has lines of both. */
const TRADE_SHADES = SHADE_KINDS.filter((kind) => kind !== 'depth_missing');
const BOOK_SHADES: readonly ShadeKind[] = ['feed_down', 'depth_missing', 'not_expected'];

const BOOK = 'a recorded book';
const BOOK_SIGNALS = 'a recorded book and published signals';
const FULL_BOOK = 'a book of 20 levels a side and published signals';

export const PANES: readonly DrawnPane[] = [
  {
    name: 'price',
    unit: 'price',
    shades: SHADE_KINDS,
    needs: 'trades',
    series: [
      { kind: 'candles', title: 'bar', columns: ['open', 'high', 'low', 'close'] },
      { kind: 'line', title: 'VWAP', column: 'vwap', colour: 'third', form: 'solid' },
      { kind: 'line', title: 'bid', column: 'bid_close', colour: 'up', form: 'dotted' },
      { kind: 'line', title: 'ask', column: 'ask_close', colour: 'down', form: 'dotted' },
    ],
  },
  {
    name: 'volume by aggressor',
    unit: 'quantity',
    shades: TRADE_SHADES,
    needs: 'trades',
    series: [
      { kind: 'columns', title: 'buyers', column: 'vol_buy', colours: ['up', 'up'] },
      {
        kind: 'columns',
        title: 'sellers, below zero',
        column: 'vol_sell',
        colours: ['down', 'down'],
        isNegated: true,
      },
    ],
  },
  {
    name: 'delta and CVD',
    unit: 'quantity',
    shades: TRADE_SHADES,
    needs: 'trades; signals for CVD',
    series: [
      { kind: 'columns', title: 'delta', column: 'vol_delta', colours: ['up', 'down'] },
      {
        kind: 'line',
        title: 'CVD, left',
        column: 'cvd',
        colour: 'third',
        form: 'solid',
        isBold: true,
        isLeft: true,
      },
    ],
  },
  {
    name: 'spread',
    unit: 'price',
    shades: BOOK_SHADES,
    needs: BOOK,
    series: [
      { kind: 'line', title: 'largest', column: 'spread_max', colour: 'down', form: 'dotted' },
      {
        kind: 'line',
        title: 'mean',
        column: 'avg_spread',
        colour: 'up',
        form: 'solid',
        isBold: true,
      },
    ],
  },
  {
    name: 'imbalance',
    unit: 'share',
    shades: BOOK_SHADES,
    needs: BOOK,
    series: [
      { kind: 'line', title: '1 level', column: 'imbalance_l1', colour: 'down', form: 'dotted' },
      { kind: 'line', title: '5 levels', column: 'imbalance_l5', colour: 'third', form: 'dashed' },
      {
        kind: 'line',
        title: '20 levels',
        column: 'imbalance_l20',
        colour: 'up',
        form: 'solid',
        isBold: true,
      },
    ],
  },
  {
    name: 'depth of 20 levels',
    unit: 'quantity',
    shades: BOOK_SHADES,
    needs: FULL_BOOK,
    series: [
      {
        kind: 'line',
        title: 'bids',
        column: 'bid_qty_l20',
        colour: 'up',
        form: 'solid',
        isBold: true,
      },
      {
        kind: 'line',
        title: 'asks',
        column: 'ask_qty_l20',
        colour: 'down',
        form: 'dashed',
        isBold: true,
      },
    ],
  },
  {
    name: 'added, and pulled below zero',
    unit: 'quantity',
    shades: BOOK_SHADES,
    needs: BOOK_SIGNALS,
    series: [
      { kind: 'line', title: 'bids', column: 'bid_added', colour: 'up', form: 'solid' },
      { kind: 'line', title: 'asks', column: 'ask_added', colour: 'down', form: 'dashed' },
      {
        kind: 'line',
        title: '',
        column: 'bid_pulled',
        colour: 'up',
        form: 'solid',
        isNegated: true,
      },
      {
        kind: 'line',
        title: '',
        column: 'ask_pulled',
        colour: 'down',
        form: 'dashed',
        isNegated: true,
      },
    ],
  },
];

export interface ChosenPanes {
  readonly panes: readonly PaneSpec[];
  readonly leftOut: readonly DrawnPane[];
}

/** `filled`: columns with at least one value. Series and panes without any are left out. */
export function choosePanes(filled: ReadonlySet<string>): ChosenPanes {
  const hasData = (spec: SeriesSpec): boolean =>
    spec.kind === 'candles'
      ? spec.columns.every((name) => filled.has(name))
      : filled.has(spec.column);
  const panes = PANES.flatMap(({ name, unit, shades, series }) => {
    const drawn = series.filter(hasData);
    return drawn.length === 0 ? [] : [{ name, unit, shades, series: drawn }];
  });
  const leftOut = PANES.filter(({ series }) => !series.some(hasData));
  return { panes, leftOut };
}
