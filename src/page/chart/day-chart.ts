/** The chart: its panes, the rows that it holds, what is seen of them, and where the crosshair is. */
import type { Level, PaneSpec, ViewData } from '../../core/view/view-data.js';
import { createChart, type IChartApi, type ISeriesApi, type SeriesType } from 'lightweight-charts';
import { addPaneSeries, type DrawnSeries, holdsValue, seriesLabel } from '#page/chart/chart-series';
import { chartTime, clockText, type DayClock } from '#page/row/day-clock';
import { logical, paneDrawing } from '#page/chart/pane-drawing';
import type { DrawnShade } from '#page/chart/shade-names';
import type { Rows } from '#page/row/rows';
import { isSameStretch, type Span, type Stretch, stretchFor } from '#page/row/stretch';
import { themeColor } from '#page/style/theme';

/** Pixels of a pane; the first is that of prices. */
const PANE_HEIGHT = 112;
const PRICE_HEIGHT = 300;
const AXIS_HEIGHT = 30;
/** Below it the second axis would take too much of the chart. */
const LEFT_AXIS_WIDTH_LEAST = 620;

/** Fewer bars are no chart: of hours, ten minutes show three. */
const PLACES_LEAST = 2;

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
  /** Called when it stands where it was told to. */
  onSettled: () => void = () => undefined;
  private readonly data: ViewData;
  private readonly rows: Rows;
  private readonly clock: DayClock;
  private held: Stretch | undefined;
  /** What is to be seen once its rows are there. */
  private wanted: Span | undefined;
  /** Places that the chart was told to show: it does so in its next frame. */
  private moving: Span | undefined;
  private onMovedThere: (() => void) | undefined;
  /** The first series with a value among the rows held: the chart points at no other. */
  private pointing: DrawnSeries | undefined;

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
      rightPriceScale: { minimumWidth: 64, entireTextOnly: true },
      leftPriceScale: { entireTextOnly: true },
      timeScale: {
        lockVisibleTimeRangeOnResize: true,
        minBarSpacing: 0.01,
        timeVisible: true,
        shiftVisibleRangeOnNewBar: false,
        rightOffset: 0,
        // The label of the first bar is drawn whole.
        fixLeftEdge: true,
      },
      localization: {
        locale: 'en-GB',
        timeFormatter: (seconds: number) => clockText(seconds * 1_000),
      },
    });
    this.series = this.addPanes();
    this.recolour();
    new ResizeObserver(() => this.fitAxes(box.clientWidth)).observe(box);
    this.fitAxes(box.clientWidth);
    this.api.timeScale().subscribeVisibleLogicalRangeChange(() => this.onMoved());
  }

  get isMoving(): boolean {
    return this.moving !== undefined;
  }

  get stretch(): Stretch | undefined {
    return this.held;
  }

  /** Undefined while the chart holds nothing. */
  get seen(): Span | undefined {
    const { places } = this;
    if (places === undefined || this.held === undefined) return undefined;
    const { level, fromRow } = this.held;
    return {
      from: (fromRow + places.from) * level.seconds,
      to: (fromRow + places.to + 1) * level.seconds,
    };
  }

  /** Draws this span, with the rows that are right for it: at once if they are unpacked. */
  async show(span: Span): Promise<void> {
    this.wanted = span;
    const stretch = stretchFor(span, this.data.levels, this.clock.totalSeconds, this.held);
    if (stretch === undefined) return;
    if (!this.rows.has(stretch)) {
      // Meanwhile what is there.
      const whole = { from: 0, to: this.clock.totalSeconds };
      const coarse = stretchFor(whole, this.data.levels, whole.to, undefined);
      if (this.held === undefined && coarse !== undefined && this.rows.has(coarse)) {
        this.hold(coarse, span);
      }
      await this.rows.load(stretch);
    }
    if (this.wanted !== span) return;
    this.wanted = undefined;
    this.hold(stretch, span);
  }

  /** The row at so many pixels from the left of the panes; undefined beside the rows. */
  placeAt(x: number): Place | undefined {
    const index = this.api.timeScale().coordinateToLogical(x);
    if (index === null || this.held === undefined) return undefined;
    const { level, fromRow, toRow } = this.held;
    const row = fromRow + Math.round(index);
    return row < fromRow || row >= toRow ? undefined : { level, row };
  }

  get pixelsPerRow(): number {
    const { places } = this;
    if (places === undefined) return 0;
    return this.api.timeScale().width() / (places.to - places.from + 1);
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
  point(place: Place): void {
    const { places } = this;
    if (this.held === undefined || places === undefined) return;
    const index = place.row - this.held.fromRow;
    // Half of its bar is enough.
    if (index < places.from - 0.5 || index > places.to + 0.5) {
      const half = (places.to - places.from) / 2;
      this.move({ from: index - half, to: index + half });
    }
    this.cross(place);
  }

  /** Moves the crosshair alone. */
  cross({ level, row }: Place): void {
    const set = (): void => {
      const api = this.pointing?.api;
      if (api === undefined) return;
      const price = this.pointedPrice(api, { level, row });
      this.api.setCrosshairPosition(price, chartTime(this.timeMs({ level, row })), api);
    };
    // The chart keeps the crosshair where it is on the screen, so the move comes first.
    if (this.moving === undefined) set();
    else this.onMovedThere = set;
  }

  recolour(): void {
    const [ground, line] = [themeColor('ground'), themeColor('line')];
    this.api.applyOptions({
      layout: {
        background: { color: ground },
        textColor: themeColor('ink'),
        panes: { separatorColor: line, separatorHoverColor: themeColor('none') },
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

  /** First and last place that are seen, both with the whole width of their bars; 0 is the first row that the chart holds. */
  private get places(): Span | undefined {
    return this.moving ?? this.api.timeScale().getVisibleLogicalRange() ?? undefined;
  }

  private addPanes(): DrawnSeries[][] {
    const price = Math.max(this.rows.decimals('close'), this.rows.decimals('bid_close'));
    const decimals = { price, quantity: this.rows.decimals('vol_total'), share: 2 };
    return this.data.panes.map((spec, paneIndex) => {
      const place = { chart: this.api, paneIndex, decimals };
      const series = addPaneSeries(spec, place);
      const pane = this.api.panes()[paneIndex];
      pane?.setStretchFactor(paneIndex === 0 ? PRICE_HEIGHT : PANE_HEIGHT);
      const label = {
        name: spec.name,
        series: spec.series.map(seriesLabel),
      };
      pane?.attachPrimitive(paneDrawing(label, (width) => this.drawnShades(spec, width)));
      return series;
    });
  }

  private pointedPrice(api: ISeriesApi<SeriesType>, { level, row }: Place): number {
    const isPrice = api === this.series[0]?.[0]?.api;
    const close = isPrice ? this.rows.number(level, row, 'close') : Number.NaN;
    return Number.isNaN(close) ? (api.coordinateToPrice(PANE_HEIGHT / 2) ?? 0) : close;
  }

  private fitAxes(width: number): void {
    const isWide = width >= LEFT_AXIS_WIDTH_LEAST;
    const hasLeft = this.data.panes.some(({ series }) => series.some((one) => 'isLeft' in one));
    this.api.applyOptions({ leftPriceScale: { visible: isWide && hasLeft, minimumWidth: 56 } });
  }

  private onMoved(): void {
    const { seen } = this;
    if (this.moving !== undefined || seen === undefined) return;
    const stretch = stretchFor(seen, this.data.levels, this.clock.totalSeconds, this.held);
    if (stretch !== undefined && !isSameStretch(stretch, this.held)) void this.show(seen);
  }

  private hold(stretch: Stretch, seen: Span): void {
    const { level, fromRow, toRow } = stretch;
    const [from, to] = [seen.from / level.seconds - fromRow, seen.to / level.seconds - fromRow - 1];
    const places = atLeast(PLACES_LEAST, { from, to });
    this.moving = places;
    if (!isSameStretch(stretch, this.held)) {
      const times = Array.from({ length: toRow - fromRow }, (_, index) =>
        chartTime(this.clock.timeMs((fromRow + index) * level.seconds)),
      );
      const number = (column: string, index: number): number =>
        fromRow + index < toRow ? this.rows.number(level, fromRow + index, column) : Number.NaN;
      this.held = stretch;
      this.api.timeScale().applyOptions({ secondsVisible: level.seconds < 60 });
      for (const pane of this.series) for (const one of pane) one.hold({ times, number });
      this.pointing = this.series.flat().find(holdsValue);
    }
    this.move(places);
    this.onHeld();
  }

  /** In the chart's next frame; until then nothing else moves it. */
  private move(places: Span): void {
    this.moving = places;
    this.api.timeScale().setVisibleLogicalRange(places);
    const settle = (): void => {
      if (this.moving !== places) return;
      this.moving = undefined;
      this.onMovedThere?.();
      this.onMovedThere = undefined;
      this.onSettled();
      // The wheel may have turned on meanwhile.
      this.onMoved();
    };
    requestAnimationFrame(() => requestAnimationFrame(settle));
  }

  /** Those that concern the pane. */
  private drawnShades({ shades }: PaneSpec, width: number): DrawnShade[] {
    const { held } = this;
    if (held === undefined) return [];
    const pixel = (timeMs: number): number =>
      this.pixelAt(this.clock.secondsOf(timeMs) / held.level.seconds - held.fromRow - 0.5);
    return this.data.shades.flatMap(({ title, kind, fromMs, toMs }) => {
      if (!shades.includes(kind)) return [];
      const [left, right] = [pixel(fromMs), pixel(toMs)];
      return right < 1 || left > width - 1 ? [] : [{ title, kind, left, right }];
    });
  }

  /** Of any place, between two rows as well; the chart itself knows only whole ones. */
  private pixelAt(place: number): number {
    const scale = this.api.timeScale();
    const whole = Math.floor(place);
    const left = scale.logicalToCoordinate(logical(whole)) ?? 0;
    const right = scale.logicalToCoordinate(logical(whole + 1)) ?? 0;
    return left + (place - whole) * (right - left);
  }
}

function atLeast(length: number, { from, to }: Span): Span {
  const [middle, half] = [(from + to) / 2, Math.max(to - from, length) / 2];
  return { from: middle - half, to: middle + half };
}
