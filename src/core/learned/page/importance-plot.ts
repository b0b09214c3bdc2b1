/** What each feature contributes, as a drawing: the largest first. */
import type { Markup } from '../../page/html.js';
import type { JudgedModel } from '../evaluation-shape.js';
import { percent } from '../figure-text.js';
import { bar } from './marks.js';
import { placeOf, PLOT_WIDTH, scaleOf, svgOf, textOf } from './plot.js';

/** Features in the drawing; evaluation.json has all. */
export const IMPORTANCE_ROWS_MAX = 15;
const LEFT = 190;
const RIGHT = PLOT_WIDTH - 46;
const ROW_HEIGHT = 18;
/** Characters of a name that fit. */
const NAME_CHARACTERS_MAX = 31;

/** Undefined if the model has none. */
export function importancePlot({ name, importance }: JudgedModel): Markup | undefined {
  const shown = importance.toSorted((a, b) => b.share - a.share).slice(0, IMPORTANCE_ROWS_MAX);
  const [largest] = shown;
  if (largest === undefined) return undefined;
  const scale = scaleOf([0, Math.max(largest.share, Number.EPSILON)], {
    from: LEFT,
    to: RIGHT,
    room: 0,
  });
  return svgOf({
    height: shown.length * ROW_HEIGHT + 4,
    says: `${name}: ${shown.map(({ feature, share }) => `${feature} ${percent(share)}`).join(', ')}`,
    content: shown.map(({ feature, share }, index) => {
      const y = index * ROW_HEIGHT;
      const x = placeOf(scale, share);
      const isLong = feature.length > NAME_CHARACTERS_MAX;
      const text = isLong ? `${feature.slice(0, NAME_CHARACTERS_MAX - 1)}…` : feature;
      const width = Math.max(0.5, Math.round((x - LEFT) * 10) / 10);
      return [
        textOf('end', { x: LEFT - 6, y: y + 14 }, text),
        bar(
          'real',
          { x: LEFT, y: y + 4, width, height: ROW_HEIGHT - 6 },
          `${feature}: ${percent(share)}`,
        ),
        textOf('tick', { x: x + 5, y: y + 14 }, percent(share)),
      ];
    }),
  });
}
