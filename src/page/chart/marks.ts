/** Events of patterns as marks on the chart, and what is said of one: rule, strength, threshold, outcomes. */
import type { Mark, ViewData } from '../../core/view/view-data.js';
import {
  createSeriesMarkers,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { chartTime, type DayClock } from '#page/row/day-clock';
import { type Cluster, clustersOf, isStack } from '#page/chart/clusters';
import type { DayChart } from '#page/chart/day-chart';
import { explainEvent } from '#page/around/explain-line';
import { themeColor } from '#page/style/theme';

/** Events named for a dot that stands for more. */
const LISTED_MOST = 6;
const HORIZONS = ['10 s', '60 s', '300 s'] as const;

interface Placed {
  readonly mark: Mark;
  readonly index: number;
  readonly row: number;
}

export class Marks {
  private readonly data: ViewData;
  private readonly chart: DayChart;
  private readonly clock: DayClock;
  private readonly plugin: ISeriesMarkersPluginApi<Time> | undefined;
  private readonly hidden = new Set<string>();
  private clusters: readonly Cluster<Placed>[] = [];

  constructor(data: ViewData, chart: DayChart, clock: DayClock) {
    this.data = data;
    this.chart = chart;
    this.clock = clock;
    const [main] = chart.series[0] ?? [];
    const above = { zOrder: 'top' } as const;
    this.plugin = main === undefined ? undefined : createSeriesMarkers<Time>(main.api, [], above);
  }

  toggle(pattern: string, isShown: boolean): void {
    if (isShown) this.hidden.delete(pattern);
    else this.hidden.add(pattern);
    this.draw();
  }

  /** Those on the rows that the chart holds; one dot stands for those that would cover each other. */
  draw(): void {
    const { stretch, pixelsPerRow } = this.chart;
    if (stretch === undefined) return;
    const { level, fromRow, toRow } = stretch;
    const placed = this.data.marks.flatMap((mark, index): Placed[] => {
      const row = Math.floor(this.lastSecond(mark) / level.seconds);
      return this.isShown(mark) && row >= fromRow && row < toRow ? [{ mark, index, row }] : [];
    });
    const sides = Map.groupBy(placed, ({ mark }) => mark.direction).values();
    this.clusters = [...sides]
      .flatMap((side) => clustersOf(side, pixelsPerRow))
      .toSorted((one, other) => one.row - other.row);
    this.plugin?.setMarkers(
      this.clusters.flatMap((cluster) => this.markersOf(cluster, level.seconds)),
    );
  }

  /** How many events each mark stands for, and its second. */
  get drawn(): readonly { readonly count: number; readonly second: number }[] {
    const seconds = this.chart.stretch?.level.seconds ?? 0;
    return this.clusters.map(({ events, row }) => ({
      count: isStack({ events, row }) ? 1 : events.length,
      second: row * seconds,
    }));
  }

  /** By its id on the chart, which may be that of several. */
  byId(id: unknown): Mark[] {
    const indexes = typeof id === 'string' ? id.split(' ') : [];
    return indexes.flatMap((index) => this.data.marks[Number(index)] ?? []);
  }

  /** The next one shown: after `from` if that is an event, else after the second; or before. */
  next(second: number, step: 1 | -1, from: Mark | undefined): Mark | undefined {
    const shown = this.data.marks.filter((mark) => this.isShown(mark));
    const index = from === undefined ? -1 : shown.indexOf(from);
    if (index >= 0) return shown[index + step];
    return step > 0
      ? shown.find((mark) => this.lastSecond(mark) > second)
      : shown.findLast((mark) => this.lastSecond(mark) < second);
  }

  /** The last second that it uses: it is known at the end of it. */
  lastSecond({ confirmed }: Mark): number {
    const second = this.clock.secondsOf(Date.parse(confirmed) - 1_000);
    return Math.floor(second);
  }

  secondsOf(marks: readonly Mark[]): number[] {
    return marks.map((mark) => this.lastSecond(mark));
  }

  /** Lines to show of one, or of several in short. */
  linesOfAll(marks: readonly Mark[]): string[] {
    const [first, ...more] = marks;
    if (first === undefined) return [];
    if (more.length === 0) return this.lines(first);
    const shown = marks.slice(0, LISTED_MOST).map((mark) => this.lines(mark)[0] ?? '');
    const rest = marks.length - shown.length;
    return rest > 0 ? [...shown, `and ${rest} more: zoom in`] : shown;
  }

  /** The same, and the command that explains it if it is one. */
  told(marks: readonly Mark[]): string[] {
    const [only, ...others] = marks;
    if (only === undefined || others.length > 0) return this.linesOfAll(marks);
    return [...this.lines(only), explainEvent(this.data.symbol, only.confirmed)];
  }

  /** Lines to show of it. */
  private lines(mark: Mark): string[] {
    const words = this.data.patterns[mark.pattern];
    const outcomes = HORIZONS.map((horizon, index) => {
      const outcome = mark.outcomes[index] ?? '';
      return `${horizon}: ${outcome === '' ? 'not known' : outcome}`;
    });
    return [
      `${mark.pattern}, ${mark.direction}: known at ${mark.confirmed}, from ${mark.from}, price ${mark.price}`,
      `rule: ${words[mark.direction]}`,
      `strength ${mark.strength} (${words.strength}), threshold ${mark.threshold} (${words.threshold})`,
      `outcome in bps, plus where it points: ${outcomes.join(', ')}`,
    ];
  }

  private markersOf(cluster: Cluster<Placed>, seconds: number): SeriesMarker<Time>[] {
    const { events, row } = cluster;
    if (isStack(cluster)) return events.map((event) => this.markerOf([event], row * seconds));
    return [this.markerOf(events, row * seconds)];
  }

  /** One is an arrow with the letter of its pattern, several are a dot with their number. */
  private markerOf(events: readonly Placed[], second: number): SeriesMarker<Time> {
    const isUp = events[0]?.mark.direction === 'up';
    const marker = {
      id: events.map(({ index }) => index).join(' '),
      time: chartTime(this.clock.timeMs(second)),
      position: isUp ? 'belowBar' : 'aboveBar',
      color: themeColor(isUp ? 'up' : 'down'),
    } as const;
    const [only, ...others] = events;
    if (only === undefined || others.length > 0) {
      return { ...marker, shape: 'circle', text: String(events.length) };
    }
    const text = this.data.patterns[only.mark.pattern].letter;
    return { ...marker, shape: isUp ? 'arrowUp' : 'arrowDown', text };
  }

  private isShown({ pattern }: Mark): boolean {
    return !this.hidden.has(pattern);
  }
}
