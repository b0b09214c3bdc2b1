/** The chart: its panes, the rows that it holds, what is seen of them, and where the crosshair is. */
import type { Level, ViewData } from '../core/view/view-data.js';
import {
  createChart,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
  type SeriesType,
} from 'lightweight-charts';
import { addPaneSeries, type DrawnSeries, labelColour } from '#page/chart-series';
import { chartTime, clockText, type DayClock } from '#page/day-clock';
import { type DrawnShade, logical, paneDrawing } from '#page/pane-drawing';
import type { Rows } from '#page/rows';
import { isSameStretch, type Span, type Stretch, stretchFor } from '#page/stretch';
import { themeColor } from '#page/theme';

/** Pixels of a pane; the first is that of prices. */
const PANE_HEIGHT = 112;
const PRICE_HEIGHT = 300;
const AXIS_HEIGHT = 30;
/** Below it the second axis would take too much of the chart. */
const LEFT_AXIS_WIDTH_LEAST = 620;

/** A row of a level, counted over all days. */
export interface Place {
  readonly level: Level;
  readonly row: number;
}

export class DayChart {
  readonly api: IChartApi;
  readonly series: readonly (readonly DrawnSeries[])[];
  /** Called when the chart holds other rows or other colours. */
  onHeld: () => void = () => undefined;
  private readonly data: ViewData;
  private readonly rows: Rows;
  private readonly clock: DayClock;
  private held: Stretch | undefined;
  /** What is to be seen once its rows are there. */
  private wanted: Span | undefined;
  private isMoving = false;

  constructor(
    box: HTMLElement,
    { data, rows, clock }: { data: ViewData; rows: Rows; clock: DayClock },
  ) {
    this.data = data;
    this.rows = rows;
    this.clock = clock;
    const height = PRICE_HEIGHT + PANE_HEIGHT * (data.panes.length - 1) + AXIS_HEIGHT;
    document.documentElement.style.setProperty('--chart-height', `${height}px`);
    this.api = createChart(box, {
      autoSize: true,
      layout: { attributionLogo: true, fontSize: 11 },
      handleScroll: { vertTouchDrag: false },
      crosshair: { mode: 0 },
      rightPriceScale: { minimumWidth: 64 },
      timeScale: {
        minBarSpacing: 0.01,
        timeVisible: true,
        shiftVisibleRangeOnNewBar: false,
        rightOffset: 0,
      },
      localization: {
        locale: 'en-GB',
        timeFormatter: (seconds: number) => clockText(seconds * 1_000),
      },
    });
    this.series = this.addPanes(rows.decimals('close'));
    this.recolour();
    new ResizeObserver(() => this.fitAxes(box.clientWidth)).observe(box);
    this.fitAxes(box.clientWidth);
    this.api.timeScale().subscribeVisibleLogicalRangeChange(() => this.onMoved());
  }

  get stretch(): Stretch | undefined {
    return this.held;
  }

  /** Undefined while the chart holds nothing. */
  get seen(): Span | undefined {
    const range = this.api.timeScale().getVisibleLogicalRange();
    if (range === null || this.held === undefined) return undefined;
    const { level, fromRow } = this.held;
    // A bar reaches half a place to both sides of its own.
    return {
      from: (fromRow + range.from + 0.5) * level.seconds,
      to: (fromRow + range.to + 0.5) * level.seconds,
    };
  }

  /** Draws this span, with the rows that are right for it: at once if they are unpacked. */
  async show(span: Span): Promise<void> {
    this.wanted = span;
    const stretch = stretchFor(span, this.data.levels, this.clock.totalSeconds, this.held);
    if (stretch === undefined) return;
    if (!this.rows.has(stretch)) await this.rows.load(stretch);
    if (this.wanted !== span) return;
    this.wanted = undefined;
    this.hold(stretch, span);
  }

  /** The row under the crosshair; undefined beside the rows. */
  placeOf({ logical: index }: MouseEventParams): Place | undefined {
    if (index === undefined || this.held === undefined) return undefined;
    const { level, fromRow, toRow } = this.held;
    const row = fromRow + Math.round(index);
    return row < fromRow || row >= toRow ? undefined : { level, row };
  }

  timeMs({ level, row }: Place): number {
    return this.clock.timeMs(row * level.seconds);
  }

  /** Of the middle of the bar that holds this second, from the left of the chart's box. */
  pixelOf(seconds: number): number {
    if (this.held === undefined) return 0;
    const index = Math.floor(seconds / this.held.level.seconds) - this.held.fromRow;
    const left = this.api.priceScale('left').width();
    return left + (this.api.timeScale().logicalToCoordinate(logical(index)) ?? 0);
  }

  /** Moves the crosshair to a row that the chart holds, and what is seen with it. */
  point({ level, row }: Place): void {
    const [main] = this.series[0] ?? [];
    const range = this.api.timeScale().getVisibleLogicalRange();
    if (main === undefined || this.held === undefined || range === null) return;
    const index = row - this.held.fromRow;
    if (index < range.from || index > range.to) {
      const half = (range.to - range.from) / 2;
      this.api.timeScale().setVisibleLogicalRange({ from: index - half, to: index + half });
    }
    const { api } = main;
    const price = this.pointedPrice(api, { level, row });
    this.api.setCrosshairPosition(price, chartTime(this.timeMs({ level, row })), api);
  }

  recolour(): void {
    const [ground, line] = [themeColor('ground'), themeColor('line')];
    this.api.applyOptions({
      layout: {
        background: { color: ground },
        textColor: themeColor('ink'),
        panes: { separatorColor: line, separatorHoverColor: themeColor('shade-quiet') },
      },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      crosshair: {
        vertLine: { color: themeColor('quiet'), labelBackgroundColor: themeColor('quiet') },
        horzLine: { color: themeColor('quiet'), labelBackgroundColor: themeColor('quiet') },
      },
      rightPriceScale: { borderColor: line },
      leftPriceScale: { borderColor: line },
      timeScale: { borderColor: line },
    });
    for (const pane of this.series) for (const one of pane) one.recolour();
    this.onHeld();
  }

  private addPanes(priceDecimals: number): DrawnSeries[][] {
    const shades = (width: number): DrawnShade[] => this.drawnShades(width);
    return this.data.panes.map((spec, paneIndex) => {
      const place = { chart: this.api, paneIndex, priceDecimals };
      const series = addPaneSeries(spec, place);
      const pane = this.api.panes()[paneIndex];
      pane?.setStretchFactor(paneIndex === 0 ? PRICE_HEIGHT : PANE_HEIGHT);
      const label = {
        name: spec.name,
        series: spec.series.map((one) => ({ title: one.title, colour: labelColour(one) })),
      };
      pane?.attachPrimitive(paneDrawing(label, shades));
      return series;
    });
  }

  private pointedPrice(api: ISeriesApi<SeriesType>, { level, row }: Place): number {
    const close = this.rows.number(level, row, 'close');
    return Number.isNaN(close) ? (api.coordinateToPrice(PRICE_HEIGHT / 2) ?? 0) : close;
  }

  private fitAxes(width: number): void {
    const isWide = width >= LEFT_AXIS_WIDTH_LEAST;
    const hasLeft = this.data.panes.some(({ series }) => series.some((one) => 'isLeft' in one));
    this.api.applyOptions({ leftPriceScale: { visible: isWide && hasLeft, minimumWidth: 56 } });
  }

  private onMoved(): void {
    const { seen } = this;
    if (this.isMoving || seen === undefined) return;
    const stretch = stretchFor(seen, this.data.levels, this.clock.totalSeconds, this.held);
    if (stretch !== undefined && !isSameStretch(stretch, this.held)) void this.show(seen);
  }

  private hold(stretch: Stretch, seen: Span): void {
    this.isMoving = true;
    const { level, fromRow, toRow } = stretch;
    if (!isSameStretch(stretch, this.held)) {
      const times = Array.from({ length: toRow - fromRow }, (_, index) =>
        chartTime(this.clock.timeMs((fromRow + index) * level.seconds)),
      );
      const number = (column: string, index: number): number =>
        this.rows.number(level, fromRow + index, column);
      this.held = stretch;
      this.api.timeScale().applyOptions({ secondsVisible: level.seconds < 60 });
      for (const pane of this.series) for (const one of pane) one.hold({ times, number });
    }
    const from = seen.from / level.seconds - fromRow - 0.5;
    const to = seen.to / level.seconds - fromRow - 0.5;
    this.api.timeScale().setVisibleLogicalRange({ from, to });
    this.onHeld();
    // The chart tells of the range in its next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => (this.isMoving = false)));
  }

  private drawnShades(width: number): DrawnShade[] {
    const { held } = this;
    if (held === undefined) return [];
    const scale = this.api.timeScale();
    const pixel = (timeMs: number): number => {
      const index = this.clock.secondsOf(timeMs) / held.level.seconds - held.fromRow - 0.5;
      return scale.logicalToCoordinate(logical(index)) ?? 0;
    };
    return this.data.shades.flatMap(({ title, kind, fromMs, toMs }) => {
      const [left, right] = [pixel(fromMs), pixel(toMs)];
      if (right < 0 || left > width) return [];
      return [{ title, isQuiet: kind === 'not_expected' || kind === 'unproven', left, right }];
    });
  }
}
