/** Series of the chart as the table of panes declares them, and the points of one stretch for each. */
import type { ColourName, LineForm, PaneSpec, SeriesSpec } from '../../core/view/view-data.js';
import {
  type CandlestickData,
  CandlestickSeries,
  HistogramSeries,
  type HistogramData,
  type IChartApi,
  type ISeriesApi,
  type LineData,
  LineSeries,
  LineStyle,
  type SeriesOptionsCommon,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts';
import { numberText, tickTexts } from '#page/chart/axis-text';
import { themeColor } from '#page/style/theme';

/** Numbers of a column over the rows that the chart holds. */
export interface HeldRows {
  readonly times: readonly UTCTimestamp[];
  number(column: string, index: number): number;
}

export interface DrawnSeries {
  readonly spec: SeriesSpec;
  readonly api: ISeriesApi<'Candlestick'> | ISeriesApi<'Line'> | ISeriesApi<'Histogram'>;
  hold(rows: HeldRows): void;
  recolour(): void;
}

/** Whether any of its rows has a value: a row without one has its time alone. */
export function holdsValue({ api }: DrawnSeries): boolean {
  return api.data().some((item) => 'open' in item || 'value' in item);
}

const FORMS: Readonly<Record<LineForm, LineStyle>> = {
  solid: LineStyle.Solid,
  dotted: LineStyle.Dotted,
  dashed: LineStyle.Dashed,
};

/** Where one pane has an axis of its own to the left. */
const LEFT = 'left';

interface SeriesPlace {
  readonly chart: IChartApi;
  readonly paneIndex: number;
  /** Of prices and of quantities. */
  readonly decimals: Readonly<Record<PaneSpec['unit'], number>>;
}

export function addPaneSeries(
  { series, unit }: PaneSpec,
  { chart, paneIndex, decimals }: SeriesPlace,
): DrawnSeries[] {
  const place = { chart, paneIndex, priceFormat: formatOf(unit, paneIndex, decimals[unit]) };
  return series.map((spec) => {
    if (spec.kind === 'candles') return candles(spec, place);
    return spec.kind === 'line' ? line(spec, place) : histogram(spec, place);
  });
}

/** As the line looks: colours alone do not tell lines apart for everybody. */
const FORM_SIGNS: Readonly<Record<LineForm, string>> = {
  solid: '—',
  dotted: '···',
  dashed: '- -',
};

/** How a pane names it. */
export function seriesLabel(spec: SeriesSpec): {
  readonly title: string;
  readonly colour: ColourName;
} {
  return { title: labelTitle(spec), colour: labelColour(spec) };
}

function labelTitle(spec: SeriesSpec): string {
  if (spec.title === '' || spec.kind === 'candles') return spec.title;
  return `${spec.kind === 'line' ? FORM_SIGNS[spec.form] : '▮'} ${spec.title}`;
}

function labelColour(spec: SeriesSpec): ColourName {
  if (spec.kind === 'candles') return 'ink';
  return spec.kind === 'line' ? spec.colour : spec.colours[0];
}

type Whitespace = WhitespaceData<UTCTimestamp>;

interface OnePlace extends Pick<SeriesPlace, 'chart' | 'paneIndex'> {
  readonly priceFormat: PriceFormat;
}

const QUIET = {
  priceLineVisible: false,
  lastValueVisible: false,
  // A line over a mark would take the mouse from it: further away than none can be, nothing is hit.
  hitTestTolerance: -1_000,
} as const;

function candles(
  spec: SeriesSpec & { readonly kind: 'candles' },
  { chart, paneIndex, priceFormat }: OnePlace,
): DrawnSeries {
  const api = chart.addSeries(CandlestickSeries, { ...QUIET, priceFormat }, paneIndex);
  const [open, high, low, close] = spec.columns;
  return {
    spec,
    api,
    hold: (rows) => {
      api.setData(
        rows.times.map((time, index): CandlestickData<UTCTimestamp> | Whitespace => {
          const bar = {
            open: rows.number(open, index),
            high: rows.number(high, index),
            low: rows.number(low, index),
            close: rows.number(close, index),
          };
          return Number.isNaN(bar.close) ? { time } : { time, ...bar };
        }),
      );
    },
    recolour: () => {
      const [up, down] = [themeColor('up'), themeColor('down')];
      api.applyOptions({
        upColor: themeColor('ground'),
        borderUpColor: up,
        wickUpColor: up,
        downColor: down,
        borderDownColor: down,
        wickDownColor: down,
      });
    },
  };
}

function line(
  spec: SeriesSpec & { readonly kind: 'line' },
  { chart, paneIndex, priceFormat }: OnePlace,
): DrawnSeries {
  const options = {
    ...QUIET,
    lineStyle: FORMS[spec.form],
    lineWidth: spec.isBold === true ? 2 : 1,
    crosshairMarkerVisible: false,
    priceFormat,
    ...(spec.isLeft === true ? { priceScaleId: LEFT } : {}),
  } as const;
  const api = chart.addSeries(LineSeries, options, paneIndex);
  const sign = spec.isNegated === true ? -1 : 1;
  return {
    spec,
    api,
    hold: (rows) => {
      api.setData(
        rows.times.map((time, index): LineData<UTCTimestamp> | Whitespace => {
          const value = rows.number(spec.column, index);
          if (Number.isNaN(value)) return { time };
          const isLast = Number.isNaN(rows.number(spec.column, index + 1));
          // A line would run on to the next value, over rows that have none.
          return { time, value: sign * value, ...(isLast ? { color: 'transparent' } : {}) };
        }),
      );
    },
    recolour: () => api.applyOptions({ color: themeColor(spec.colour) }),
  };
}

function histogram(
  spec: SeriesSpec & { readonly kind: 'columns' },
  { chart, paneIndex, priceFormat }: OnePlace,
): DrawnSeries {
  const options = { ...QUIET, priceFormat };
  const api = chart.addSeries(HistogramSeries, options, paneIndex);
  const sign = spec.isNegated === true ? -1 : 1;
  const [above, below] = spec.colours;
  let held: HeldRows | undefined;
  const draw = (): void => {
    if (held === undefined) return;
    const rows = held;
    const colours = { above: themeColor(above), below: themeColor(below) };
    api.setData(
      rows.times.map((time, index): HistogramData<UTCTimestamp> | Whitespace => {
        const value = rows.number(spec.column, index);
        if (Number.isNaN(value)) return { time };
        return { time, value: sign * value, color: value < 0 ? colours.below : colours.above };
      }),
    );
  };
  return {
    spec,
    api,
    hold: (rows) => {
      held = rows;
      draw();
    },
    // The colour is that of each point, which says its sign.
    recolour: draw,
  };
}

type PriceFormat = NonNullable<SeriesOptionsCommon['priceFormat']>;

function formatOf(unit: PaneSpec['unit'], paneIndex: number, decimals: number): PriceFormat {
  const minMove = 10 ** -decimals;
  if (paneIndex === 0) return { type: 'price', precision: decimals, minMove };
  // A mean spread lies between ticks.
  return {
    type: 'custom',
    minMove: unit === 'price' ? minMove / 10 : minMove,
    formatter: numberText,
    tickmarksFormatter: tickTexts,
  };
}
