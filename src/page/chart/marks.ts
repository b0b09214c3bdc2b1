/** Events of patterns as marks on the chart, and what is said of one: rule, strength, threshold, outcomes. */
import type { Mark, ViewData } from '../../core/view/view-data.js';
import {
  createSeriesMarkers,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { chartTime, type DayClock } from '#page/row/day-clock';
import type { DayChart } from '#page/chart/day-chart';
import { themeColor } from '#page/style/theme';

/** More arrows in sight would cover each other. */
const ARROWS_MOST = 60;
/** Dots in their place, each with the number of its events. */
const DOTS_MOST = 40;
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

  constructor(data: ViewData, chart: DayChart, clock: DayClock) {
    this.data = data;
    this.chart = chart;
    this.clock = clock;
    const [main] = chart.series[0] ?? [];
    this.plugin = main === undefined ? undefined : createSeriesMarkers<Time>(main.api, []);
  }

  toggle(pattern: string, isShown: boolean): void {
    if (isShown) this.hidden.delete(pattern);
    else this.hidden.add(pattern);
    this.draw();
  }

  /** Those on the rows that the chart holds: where many are in sight, one dot stands for those beside it that point where it does. */
  draw(): void {
    const { stretch, seen } = this.chart;
    if (stretch === undefined || seen === undefined) return;
    const { level, fromRow, toRow } = stretch;
    const placed = this.data.marks.flatMap((mark, index): Placed[] => {
      const row = Math.floor(this.lastSecond(mark) / level.seconds);
      return this.isShown(mark) && row >= fromRow && row < toRow ? [{ mark, index, row }] : [];
    });
    const inSight = placed.filter(
      ({ row }) => row * level.seconds >= seen.from && row * level.seconds < seen.to,
    );
    const isSparse = inSight.length <= ARROWS_MOST;
    const rowsSeen = (seen.to - seen.from) / level.seconds;
    const groups = isSparse
      ? placed.map((one) => [one])
      : together(placed, Math.max(1, Math.ceil(rowsSeen / DOTS_MOST)));
    this.plugin?.setMarkers(
      groups.flatMap((group) => this.markerOf(group, level.seconds, isSparse)),
    );
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

  /** Lines to show of one, or of several in short. */
  linesOfAll(marks: readonly Mark[]): string[] {
    const [first, ...more] = marks;
    if (first === undefined) return [];
    if (more.length === 0) return this.lines(first);
    const shown = marks.slice(0, LISTED_MOST).map((mark) => this.lines(mark)[0] ?? '');
    const rest = marks.length - shown.length;
    return rest > 0 ? [...shown, `and ${rest} more: zoom in`] : shown;
  }

  /** Lines to show of it. */
  lines(mark: Mark): string[] {
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

  private markerOf(
    group: readonly Placed[],
    seconds: number,
    isSparse: boolean,
  ): SeriesMarker<Time>[] {
    const first = group[group.length >> 1];
    if (first === undefined) return [];
    const isUp = first.mark.direction === 'up';
    const marker = {
      id: group.map(({ index }) => index).join(' '),
      time: chartTime(this.clock.timeMs(first.row * seconds)),
      position: isUp ? 'belowBar' : 'aboveBar',
      color: themeColor(isUp ? 'up' : 'down'),
    } as const;
    if (!isSparse) return [{ ...marker, shape: 'circle', text: String(group.length) }];
    const text = this.data.patterns[first.mark.pattern].letter;
    return [{ ...marker, shape: isUp ? 'arrowUp' : 'arrowDown', text }];
  }

  private isShown({ pattern }: Mark): boolean {
    return !this.hidden.has(pattern);
  }
}

/** In order of time, as the chart wants them. */
function together(placed: readonly Placed[], rows: number): Placed[][] {
  const keyOf = ({ row, mark }: Placed): string => `${Math.floor(row / rows)} ${mark.direction}`;
  const middle = (group: readonly Placed[]): number => group[group.length >> 1]?.row ?? 0;
  return [...Map.groupBy(placed, keyOf).values()].toSorted(
    (one, other) => middle(one) - middle(other),
  );
}
