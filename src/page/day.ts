/** Begins the page of a day: draws the chart from the coarser rows, then unpacks the finer ones. */
import type { ViewData } from '../core/view/view-data.js';
import type { MouseEventParams } from 'lightweight-charts';
import { Cells } from '#page/around/cells';
import { Controls } from '#page/around/controls';
import { DayChart } from '#page/chart/day-chart';
import { DayClock } from '#page/row/day-clock';
import { elementOf } from '#page/style/elements';
import { Marks } from '#page/chart/marks';
import { setHook } from '#page/around/page-hook';
import { Rows } from '#page/row/rows';
import { stretchFor } from '#page/row/stretch';
import { watchStrips } from '#page/around/strip';
import {
  currentTheme,
  keepTheme,
  keptTheme,
  setTheme,
  type Theme,
  THEMES,
} from '#page/style/theme';
import { Tip } from '#page/around/tip';

const data = viewData();
setTheme(keptTheme());
if (data.days.length > 0) await begin();

async function begin(): Promise<void> {
  const box = elementOf('chart', HTMLElement);
  const rows = new Rows(data);
  const clock = new DayClock(data.days);
  const whole = { from: 0, to: clock.totalSeconds };
  const first = stretchFor(whole, data.levels, clock.totalSeconds, undefined);
  if (first === undefined) return;
  await rows.load(first);
  const chart = new DayChart(box, { data, rows, clock });
  const marks = new Marks(data, chart, clock);
  const cells = new Cells(rows, data.symbol);
  const tip = new Tip(box);
  const controls = new Controls({ data, chart, clock, cells, marks, tip });
  chart.onHeld = () => {
    marks.draw();
    markLevel(chart.stretch?.level.name);
  };
  watchMouse(chart, { marks, tip, controls });
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 't') changeTheme(nextTheme(), chart);
    else if (!controls.press(event)) return;
    event.preventDefault();
  });
  watchTheme(chart);
  watchPrint(chart);
  watchStrips(data, clock, (second) => void controls.goTo(second));
  const last = Math.ceil(controls.whole().to / first.level.seconds) - 1;
  controls.point({ level: first.level, row: last });
  const shown = chart.show(controls.whole());
  const hook = setHook(chart, controls, marks);
  // Finer rows take their time: what is drawn comes first.
  await new Promise((settle) => requestAnimationFrame(() => setTimeout(settle)));
  await shown;
  controls.repoint();
  for (const level of data.levels) {
    await rows.load({ level, fromRow: 0, toRow: clock.totalSeconds / level.seconds });
  }
  hook.rowsAtMs = performance.now();
}

/** The page and its scripts come from one build, so a look at its shape is enough. */
function viewData(): ViewData {
  const found: unknown = JSON.parse(document.querySelector('#view-data')?.textContent ?? 'null');
  if (isViewData(found)) return found;
  throw new Error('invariant broken: the page has no data');
}

function isViewData(value: unknown): value is ViewData {
  return typeof value === 'object' && value !== null && 'levels' in value && 'panes' in value;
}

function watchMouse(
  chart: DayChart,
  { marks, tip, controls }: { marks: Marks; tip: Tip; controls: Controls },
): void {
  let last: unknown;
  let x: number | undefined;
  const pointThere = (): void => {
    const place = x === undefined || chart.isMoving ? undefined : chart.placeAt(x);
    if (place !== undefined) controls.point(place);
  };
  // Another bar may have slid under a mouse that stands still.
  chart.onSettled = () => {
    if (controls.isKeyed) controls.restore();
    else pointThere();
  };
  chart.api.subscribeCrosshairMove((event: MouseEventParams) => {
    x = event.point?.x;
    // The same under a crosshair that keys have set is no move.
    if (event.sourceEvent !== undefined || !controls.isKeyed) pointThere();
    const id = event.hoveredInfo?.objectId;
    const some = marks.byId(id);
    const isOver = some.length > 0 && event.point !== undefined;
    if (!isOver && last === undefined) return;
    last = isOver ? id : undefined;
    tip.hoverAt(isOver ? event.point : undefined, marks.linesOfAll(some));
  });
  chart.api.subscribeClick((event: MouseEventParams) => {
    const some = marks.byId(event.hoveredInfo?.objectId);
    if (some.length > 1) void controls.zoomTo(some);
    if (some.length > 0) tip.say(marks.told(some), marks.secondsOf(some));
  });
  const onStill = later(() => {
    marks.draw();
    if (chart.seen !== undefined) tip.keepWithin(chart.seen);
  });
  chart.api.timeScale().subscribeVisibleLogicalRangeChange(onStill);
}

/** Once things are still. */
function later(action: () => void): () => void {
  let waiting: number | undefined;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(action, 60);
  };
}

function markLevel(name: string | undefined): void {
  for (const button of document.querySelectorAll<HTMLElement>('button[data-level]')) {
    button.setAttribute('aria-pressed', String(button.dataset['level'] === name));
  }
}

function nextTheme(): Theme {
  const next = THEMES.indexOf(currentTheme()) + 1;
  return THEMES[next % THEMES.length] ?? 'auto';
}

function changeTheme(theme: Theme, chart: DayChart): void {
  setTheme(theme);
  keepTheme(theme);
  elementOf('theme', HTMLSelectElement).value = theme;
  chart.recolour();
}

function watchTheme(chart: DayChart): void {
  const choice = elementOf('theme', HTMLSelectElement);
  choice.value = currentTheme();
  choice.addEventListener('change', () => {
    changeTheme(THEMES.find((theme) => theme === choice.value) ?? 'auto', chart);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart.recolour());
}

/** Paper takes a picture of the chart in light colours: a canvas keeps the width of the screen. */
function watchPrint(chart: DayChart): void {
  let before: Theme = 'auto';
  addEventListener('beforeprint', () => {
    before = currentTheme();
    setTheme('light');
    chart.recolour();
    const picture = chart.api.takeScreenshot(true);
    elementOf('printed', HTMLImageElement).src = picture.toDataURL('image/png');
  });
  addEventListener('afterprint', () => {
    setTheme(before);
    chart.recolour();
  });
}
