/** Predicted beside happened, as a drawing: on the diagonal a probability is right. */
import { html, type Markup } from '../../page/html.js';
import type { JudgedModel } from '../evaluation-shape.js';
import { counted, percent } from '../figure-text.js';
import { circle } from './marks.js';
import {
  axisBelow,
  axisLeft,
  decimalsOf,
  lineOf,
  placeOf,
  PLOT_WIDTH,
  scaleOf,
  svgOf,
  textOf,
} from './plot.js';

const LEFT = 48;
const RIGHT = PLOT_WIDTH - 10;
const TOP = 10;
const BOTTOM = 250;
const DOT_MIN = 2.5;
const DOT_MAX = 11;

export function calibrationPlot({ name, calibration }: JudgedModel): Markup {
  const shares = calibration.flatMap(({ p_mean: p, up_share: up }) => [p, up]);
  const across = scaleOf(shares, { from: LEFT, to: RIGHT, room: 0.12 });
  const up = { ...across, from: BOTTOM, to: TOP };
  const most = Math.max(...calibration.map(({ rows }) => rows), 1);
  const points = calibration.map(({ p_mean: p, up_share: share, rows }) => ({
    x: placeOf(across, p),
    y: placeOf(up, share),
    // Its area says how many rows.
    size: Math.round(Math.max(DOT_MIN, DOT_MAX * Math.sqrt(rows / most)) * 10) / 10,
    says: `predicted ${percent(p)}, happened ${percent(share)}, ${counted(rows, 'row')}`,
  }));
  return svgOf({
    height: BOTTOM + 36,
    says: `${name}: ${points.map(({ says }) => says).join('; ')}`,
    content: [
      axisBelow(across, { top: TOP, bottom: BOTTOM, most: 5 }, tickText),
      axisLeft(up, { left: LEFT, right: RIGHT, most: 5 }, tickText),
      lineOf('zero', { x1: LEFT, y1: BOTTOM, x2: RIGHT, y2: TOP }),
      html`<polyline class="path" points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" />`,
      points.map(({ says, ...point }) => circle('real area', point, says)),
      textOf('quiet middle', { x: (LEFT + RIGHT) / 2, y: BOTTOM + 31 }, 'predicted share of UP'),
    ],
  });
}

function tickText(value: number, ticks: readonly number[]): string {
  return percent(value, decimalsOf(ticks, 100));
}
