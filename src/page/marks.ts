/** Events of patterns as marks on the chart, and what is said of one: rule, strength, threshold, outcomes. */
import type { Mark, ViewData } from '../core/view/view-data.js';
import {
  createSeriesMarkers,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { chartTime, type DayClock } from '#page/day-clock';
import type { DayChart } from '#page/day-chart';
import { themeColor } from '#page/theme';

/** Letters beside more marks would cover each other. */
const LETTERS_MOST = 60;
const HORIZONS = ['10 s', '60 s', '300 s'] as const;

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

  /** Those on the rows that the chart holds. */
  draw(): void {
    const { stretch, seen } = this.chart;
    if (stretch === undefined || seen === undefined) return;
    const { level, fromRow, toRow } = stretch;
    const placed = this.data.marks.flatMap((mark, index) => {
      const row = Math.floor(this.lastSecond(mark) / level.seconds);
      return this.isShown(mark) && row >= fromRow && row < toRow ? [{ mark, index, row }] : [];
    });
    const inSight = placed.filter(
      ({ row }) => row * level.seconds >= seen.from && row * level.seconds < seen.to,
    );
    const hasLetters = inSight.length <= LETTERS_MOST;
    this.plugin?.setMarkers(
      placed.map(({ mark, index, row }): SeriesMarker<Time> => {
        const isUp = mark.direction === 'up';
        return {
          id: String(index),
          time: chartTime(this.clock.timeMs(row * level.seconds)),
          position: isUp ? 'belowBar' : 'aboveBar',
          shape: isUp ? 'arrowUp' : 'arrowDown',
          color: themeColor(isUp ? 'up' : 'down'),
          ...(hasLetters ? { text: this.data.patterns[mark.pattern].letter } : {}),
        };
      }),
    );
  }

  /** By its id on the chart. */
  byId(id: unknown): Mark | undefined {
    return typeof id === 'string' ? this.data.marks[Number(id)] : undefined;
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

  private isShown({ pattern }: Mark): boolean {
    return !this.hidden.has(pattern);
  }
}
