/** Log-loss skill of each fold, and of all, with its interval, as a drawing on a scale that all models share. */
import type { Markup } from '../../page/html.js';
import type { Interval, JudgedModel } from '../evaluation-shape.js';
import { mainRange, signedPercent } from '../figure-text.js';
import { circle, diamond } from './marks.js';
import {
  axisBelow,
  decimalsOf,
  lineOf,
  placeOf,
  PLOT_WIDTH,
  type Scale,
  scaleOf,
  svgOf,
  textOf,
} from './plot.js';

const LEFT = 118;
const TOP = 6;
const ROW_HEIGHT = 22;

interface FoldRow {
  readonly label: string;
  readonly isAll: boolean;
  readonly skill: Interval | undefined;
}

/** The scale that holds the folds of all models, and 0. */
export function foldScale(models: readonly JudgedModel[]): Scale {
  const values = models.flatMap((model) =>
    rowsOf(model).flatMap(({ skill }) => {
      if (skill === undefined) return [];
      return [skill.value, ...mainRange(skill)].filter((value) => value !== null);
    }),
  );
  return scaleOf([0, ...values], { from: LEFT, to: PLOT_WIDTH - 12 });
}

export function foldPlot(model: JudgedModel, scale: Scale): Markup {
  const rows = rowsOf(model);
  const bottom = TOP + rows.length * ROW_HEIGHT;
  const zero = placeOf(scale, 0);
  return svgOf({
    height: bottom + 22,
    says: `${model.name}: log-loss skill, ${rows.map(({ label, skill }) => `${label} ${signedPercent(skill?.value ?? null)}`).join(', ')}`,
    content: [
      axisBelow(scale, { top: TOP, bottom, most: 5 }, (value, ticks) =>
        signedPercent(value, decimalsOf(ticks, 100)),
      ),
      lineOf('zero', { x1: zero, y1: TOP, x2: zero, y2: bottom }),
      rows.map((row, index) => rowMarks(row, TOP + (index + 0.5) * ROW_HEIGHT, scale)),
    ],
  });
}

function rowsOf({ folds, pooled }: JudgedModel): FoldRow[] {
  return [
    ...folds.map(({ fold, from, to, metrics }) => ({
      label: `${fold}: ${from.slice(5)} to ${to.slice(5)}`,
      isAll: false,
      skill: metrics?.log_loss_skill,
    })),
    { label: 'all folds', isAll: true, skill: pooled.log_loss_skill },
  ];
}

function rowMarks({ label, isAll, skill }: FoldRow, y: number, scale: Scale): Markup[] {
  const name = textOf(isAll ? 'end bold' : 'end', { x: LEFT - 8, y: y + 4 }, label);
  if (skill === undefined || skill.value === null) {
    return [
      name,
      textOf('quiet', { x: LEFT + 6, y: y + 4 }, skill === undefined ? 'not judged' : '–'),
    ];
  }
  const [low, high] = mainRange(skill);
  const x = placeOf(scale, skill.value);
  const whisker =
    low === null || high === null
      ? []
      : [
          lineOf(isAll ? 'whisker all' : 'whisker', {
            x1: placeOf(scale, low),
            y1: y,
            x2: placeOf(scale, high),
            y2: y,
          }),
        ];
  return [name, ...whisker, markOf(x, y, isAll)];
}

/** A dot for a fold, a diamond for all. */
function markOf(x: number, y: number, isAll: boolean): Markup {
  return isAll ? diamond('real', { x, y, size: 5.5 }) : circle('real', { x, y, size: 4 });
}
