/** Mean return by confidence before any cost, as a drawing, with a line for what each cost takes. */
import type { Markup } from '../../page/html.js';
import type { Evaluation, JudgedModel } from '../evaluation-shape.js';
import { signedFixed } from '../figure-text.js';
import { bar } from './marks.js';
import {
  axisLeft,
  decimalsOf,
  lineOf,
  placeOf,
  PLOT_WIDTH,
  scaleOf,
  svgOf,
  textOf,
} from './plot.js';

const LEFT = 40;
const RIGHT = PLOT_WIDTH - 52;
const TOP = 10;
const BOTTOM = 180;
/** Labels of costs closer than this would overlap. */
const LABEL_HEIGHT = 13;

export function decilePlot(
  { name, confidence }: JudgedModel,
  costs: Evaluation['costs'],
): Markup | undefined {
  const [cost] = costs;
  const bars = confidence.flatMap(({ decile, net_bps: [net] }) =>
    cost === undefined || net === undefined || net === null
      ? []
      : [{ decile, gross: net + cost.round_trip_bps }],
  );
  if (bars.length === 0) return undefined;
  const rates = costs.map(({ round_trip_bps: bps }) => bps);
  const scale = scaleOf([0, ...rates, ...bars.map(({ gross }) => gross)], {
    from: BOTTOM,
    to: TOP,
  });
  const step = (RIGHT - LEFT) / bars.length;
  const zero = placeOf(scale, 0);
  return svgOf({
    height: BOTTOM + 36,
    says: `${name}: mean return in basis points by decile of confidence, ${bars.map(({ decile, gross }) => `${decile}: ${signedFixed(gross)}`).join(', ')}`,
    content: [
      axisLeft(scale, { left: LEFT, right: RIGHT, most: 6 }, (value, ticks) =>
        signedFixed(value, decimalsOf(ticks)),
      ),
      bars.map(({ decile, gross }, index) => {
        const y = placeOf(scale, gross);
        const place = {
          x: Math.round((LEFT + (index + 0.2) * step) * 10) / 10,
          y: Math.min(y, zero),
          width: Math.round(step * 6) / 10,
          height: Math.max(1, Math.round(Math.abs(y - zero) * 10) / 10),
        };
        const x = Math.round((LEFT + (index + 0.5) * step) * 10) / 10;
        return [
          bar('real', place, `decile ${decile}: ${signedFixed(gross)} bps before costs`),
          textOf('tick middle', { x, y: BOTTOM + 14 }, String(decile)),
        ];
      }),
      lineOf('axis', { x1: LEFT, y1: zero, x2: RIGHT, y2: zero }),
      costLines(rates, (bps) => placeOf(scale, bps)),
      textOf(
        'quiet middle',
        { x: (LEFT + RIGHT) / 2, y: BOTTOM + 31 },
        'decile of confidence; 10: the surest',
      ),
    ],
  });
}

/** A line per cost; a label that would lie on the one above it is left out, as the table has all. */
function costLines(rates: readonly number[], place: (bps: number) => number): Markup[] {
  let labelled = Infinity;
  return rates
    .toSorted((a, b) => a - b)
    .flatMap((bps) => {
      const y = place(bps);
      const line = lineOf('cost', { x1: LEFT, y1: y, x2: RIGHT, y2: y });
      if (labelled - y < LABEL_HEIGHT) return [line];
      labelled = y;
      return [line, textOf('cost', { x: RIGHT + 5, y: y + 4 }, `${bps} bps`)];
    });
}
