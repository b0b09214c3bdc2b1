/** What the page shows, for tests and for whoever tries it in the console: window.flowbars. It changes nothing. */
import type { Controls } from '#page/around/controls';
import type { DayChart } from '#page/chart/day-chart';
import type { Marks } from '#page/chart/marks';
import type { Span } from '#page/row/stretch';

export interface SeriesSeen {
  readonly title: string;
  readonly kind: string;
  /** Points with a value, and all of them. */
  readonly filled: number;
  readonly points: number;
}

export interface PageHook {
  /** Milliseconds since the page was asked for. */
  readonly drawnAtMs: number;
  /** When every row was unpacked; undefined before. */
  rowsAtMs: number | undefined;
  /** Of the rows that the chart holds. */
  level(): string;
  /** Rows that it holds, end exclusive. */
  held(): readonly [number, number];
  seen(): Span | undefined;
  panes(): readonly { readonly height: number; readonly series: readonly SeriesSeen[] }[];
  /** Milliseconds since the epoch of the bar under the crosshair. */
  pointedMs(): number | undefined;
  /** Of each mark: how many events it stands for, and its second. */
  marks(): readonly { readonly count: number; readonly second: number }[];
  /** Pixels from the left of the chart's box to the middle of a bar. */
  pixelOf(seconds: number): number;
}

declare global {
  interface Window {
    flowbars?: PageHook;
  }
}

export function setHook(chart: DayChart, controls: Controls, marks: Marks): PageHook {
  const hook: PageHook = {
    drawnAtMs: performance.now(),
    rowsAtMs: undefined,
    level: () => chart.stretch?.level.name ?? '',
    held: () => [chart.stretch?.fromRow ?? 0, chart.stretch?.toRow ?? 0],
    seen: () => chart.seen,
    panes: () =>
      chart.series.map((pane, index) => ({
        height: chart.api.panes()[index]?.getHeight() ?? 0,
        series: pane.map(({ spec, api }) => {
          const points = api.data();
          const filled = points.filter((point) => 'value' in point || 'close' in point).length;
          return { title: spec.title, kind: spec.kind, filled, points: points.length };
        }),
      })),
    pointedMs: () => (controls.pointed === undefined ? undefined : chart.timeMs(controls.pointed)),
    marks: () => marks.drawn,
    pixelOf: (seconds) => chart.pixelOf(seconds),
  };
  window.flowbars = hook;
  return hook;
}
