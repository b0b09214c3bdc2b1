/** Buttons and keys of the chart: both do the same things. */
import type { Level, Mark, ViewData } from '../../core/view/view-data.js';
import type { Cells } from '#page/around/cells';
import type { DayChart, Place } from '#page/chart/day-chart';
import type { DayClock } from '#page/row/day-clock';
import { buttonsWith, elementOf } from '#page/style/elements';
import type { Marks } from '#page/chart/marks';
import { SEEN_ROWS_MAX, type Span } from '#page/row/stretch';
import type { Tip } from '#page/around/tip';

const ZOOM = 1.6;
const STEPS_FAST = 10;
/** Rows of a second that a button of rows shows. */
const ROWS_SHOWN = 900;
/** Seconds around an event. */
const EVENT_SPAN = 600;
/** Seconds around a minute of the strip. */
const GO_SPAN = 1_200;
/** Seconds beside events that are zoomed to, and their share of the events' own time. */
const BESIDE_LEAST = 20;
const BESIDE_SHARE = 0.2;
/** Less would be no bar. */
const SPAN_LEAST = 3;

interface Parts {
  readonly data: ViewData;
  readonly chart: DayChart;
  readonly clock: DayClock;
  readonly cells: Cells;
  readonly marks: Marks;
  readonly tip: Tip;
}

export class Controls {
  private readonly parts: Parts;
  /** Where the crosshair is, by mouse or by keys. */
  private place: Place | undefined;
  /** The last one that was stepped to. */
  private event: Mark | undefined;
  private isByKeys = false;

  constructor(parts: Parts) {
    this.parts = parts;
    for (const button of buttonsWith('span')) {
      button.addEventListener('click', () => void this.showSpan(button.dataset['span'] ?? ''));
    }
    for (const button of buttonsWith('level')) {
      const level = parts.data.levels.find(({ name }) => name === button.dataset['level']);
      if (level !== undefined) button.addEventListener('click', () => void this.showLevel(level));
    }
    for (const button of buttonsWith('event')) {
      const step = button.dataset['event'] === '1' ? 1 : -1;
      button.addEventListener('click', () => void this.stepEvent(step));
    }
    for (const box of document.querySelectorAll<HTMLInputElement>('input[data-pattern]')) {
      box.addEventListener('change', () =>
        parts.marks.toggle(box.dataset['pattern'] ?? '', box.checked),
      );
    }
    for (const button of buttonsWith('keys')) button.addEventListener('click', toggleKeys);
  }

  /** Whether keys have put the crosshair where it is. */
  get isKeyed(): boolean {
    return this.isByKeys;
  }

  get pointed(): Place | undefined {
    return this.place;
  }

  /** The whole of the page's time, or of what was expected of it. */
  whole(): Span {
    const { data, clock } = this.parts;
    const from = clock.secondsOf(data.beginMs);
    return { from, to: Math.max(from + 60, clock.secondsOf(data.endMs)) };
  }

  /** By the mouse. */
  point(place: Place): void {
    this.isByKeys = false;
    this.take(place);
  }

  private take(place: Place): void {
    this.place = place;
    this.parts.cells.show(place, this.parts.chart.timeMs(place));
  }

  /** After other rows were taken, the crosshair stands on the one that holds its moment. */
  repoint(): void {
    const { stretch } = this.parts.chart;
    if (this.place === undefined || stretch === undefined || !this.isSeen()) return;
    const row = Math.floor(this.pointedSecond() / stretch.level.seconds);
    this.pointAt({ level: stretch.level, row });
  }

  /** Twenty minutes around a second, and the crosshair on it. */
  async goTo(second: number): Promise<void> {
    const { chart } = this.parts;
    await chart.show({ from: second - GO_SPAN / 2, to: second + GO_SPAN / 2 });
    const { stretch } = chart;
    if (stretch === undefined) return;
    this.pointAt({ level: stretch.level, row: Math.floor(second / stretch.level.seconds) });
  }

  /** So close that these events come apart, or as far as that goes. */
  async zoomTo(events: readonly Mark[]): Promise<void> {
    const { chart, marks } = this.parts;
    const seconds = marks.secondsOf(events);
    const [from, to] = [Math.min(...seconds), Math.max(...seconds)];
    const beside = Math.max(BESIDE_LEAST, (to - from) * BESIDE_SHARE);
    await chart.show({ from: from - beside, to: to + beside });
    this.repoint();
  }

  /** The crosshair stays on its bar when the chart moves, and goes when the bar does. */
  restore(): void {
    const { chart } = this.parts;
    if (this.place !== undefined && this.isSeen()) chart.cross(this.place);
    else chart.api.clearCrosshairPosition();
  }

  /** True if the key was one of the chart's. */
  press({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
    const action = this.actionOf(key, shiftKey);
    action?.();
    return action !== undefined;
  }

  private actionOf(key: string, isFast: boolean): (() => void) | undefined {
    const { data } = this.parts;
    const step = isFast ? STEPS_FAST : 1;
    switch (key) {
      case 'ArrowLeft':
        return () => this.move(-step);
      case 'ArrowRight':
        return () => this.move(step);
      case 'Home':
        return () => this.move(Number.NEGATIVE_INFINITY);
      case 'End':
        return () => this.move(Number.POSITIVE_INFINITY);
      case '+':
      case '=':
        return () => void this.zoom(1 / ZOOM);
      case '-':
        return () => void this.zoom(ZOOM);
      case '0':
        return () => void this.showWhole();
      case 'p':
        return () => void this.stepEvent(1);
      case 'P':
        return () => void this.stepEvent(-1);
      case 'Escape':
        return () => this.leave();
      case '?':
        return toggleKeys;
      default: {
        const level = data.levels[Number(key) - 1];
        return level === undefined ? undefined : () => void this.showLevel(level);
      }
    }
  }

  private leave(): void {
    const { chart, tip } = this.parts;
    chart.api.clearCrosshairPosition();
    tip.say([]);
  }

  private move(rows: number): void {
    const { chart } = this.parts;
    const { stretch } = chart;
    if (stretch === undefined) return;
    const { level, fromRow, toRow } = stretch;
    const start = this.rowAt(level);
    const row = Math.max(fromRow, Math.min(toRow - 1, start + rows));
    this.pointAt({ level, row });
  }

  /** The row of the crosshair, or the middle of what is seen. */
  private rowAt(level: Level): number {
    const { seen } = this.parts.chart;
    const middle = seen === undefined ? 0 : (seen.from + seen.to) / 2;
    const second = this.isSeen() ? this.pointedSecond() : middle;
    return Math.floor(second / level.seconds);
  }

  private pointedSecond(): number {
    return this.place === undefined ? 0 : this.place.row * this.place.level.seconds;
  }

  private isSeen(): boolean {
    const { seen } = this.parts.chart;
    if (this.place === undefined || seen === undefined) return false;
    const second = this.pointedSecond();
    return second + this.place.level.seconds > seen.from && second < seen.to;
  }

  private pointAt(place: Place): void {
    this.isByKeys = true;
    this.take(place);
    this.parts.chart.point(place);
  }

  private async zoom(factor: number): Promise<void> {
    const { chart, clock } = this.parts;
    const { seen } = chart;
    if (seen === undefined) return;
    const middle = this.isSeen()
      ? this.pointedSecond() + (this.place?.level.seconds ?? 0) / 2
      : (seen.from + seen.to) / 2;
    const length = seen.to - seen.from;
    const wanted = Math.max(SPAN_LEAST, Math.min(clock.totalSeconds, length * factor));
    const from = middle - (middle - seen.from) * (wanted / length);
    await chart.show({ from, to: from + wanted });
    this.repoint();
  }

  private async showSpan(seconds: string): Promise<void> {
    if (seconds === '') await this.showWhole();
    else await this.showAround(Number(seconds));
  }

  private async showWhole(): Promise<void> {
    await this.parts.chart.show(this.whole());
    this.repoint();
  }

  /** As much as has these rows drawn: of the coarsest all of it. */
  private async showLevel({ name, seconds }: Level): Promise<void> {
    const { chart, data } = this.parts;
    if (chart.stretch?.level.name === name) return;
    const index = data.levels.findIndex((level) => level.name === name);
    const finer = data.levels[index - 1];
    if (finer === undefined) {
      await this.showAround(seconds * ROWS_SHOWN);
      return;
    }
    const { from, to } = this.whole();
    const least = finer.seconds * SEEN_ROWS_MAX * 2;
    const isCoarsest = index === data.levels.length - 1;
    await (isCoarsest && to - from > least ? this.showWhole() : this.showAround(least));
  }

  private async showAround(length: number): Promise<void> {
    const { chart, clock } = this.parts;
    const { seen } = chart;
    const middle = this.isSeen()
      ? this.pointedSecond()
      : ((seen?.from ?? 0) + (seen?.to ?? clock.totalSeconds)) / 2;
    const from = Math.max(0, Math.min(clock.totalSeconds - length, middle - length / 2));
    await chart.show({ from, to: from + length });
    this.repoint();
  }

  private async stepEvent(step: 1 | -1): Promise<void> {
    const { chart, marks, tip } = this.parts;
    const second = this.place === undefined ? -1 : this.pointedSecond();
    const isThere = this.event !== undefined && this.holds(marks.lastSecond(this.event));
    const mark = marks.next(second, step, isThere ? this.event : undefined);
    if (mark === undefined) {
      tip.say([`no ${step > 0 ? 'later' : 'earlier'} event`]);
      return;
    }
    const last = marks.lastSecond(mark);
    await chart.show({ from: last - EVENT_SPAN / 2, to: last + EVENT_SPAN / 2 });
    const { stretch } = chart;
    if (stretch === undefined) return;
    this.pointAt({ level: stretch.level, row: Math.floor(last / stretch.level.seconds) });
    this.event = mark;
    tip.say(marks.told([mark]), [last]);
  }

  /** Whether the second is that of the crosshair's row. */
  private holds(second: number): boolean {
    const from = this.pointedSecond();
    return this.place !== undefined && second >= from && second < from + this.place.level.seconds;
  }
}

function toggleKeys(): void {
  const keys = elementOf('keys', HTMLDetailsElement);
  keys.open = !keys.open;
  if (keys.open) keys.scrollIntoView({ block: 'nearest' });
}
