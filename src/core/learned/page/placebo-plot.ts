/** The AUC of each run of each placebo with its interval, as a drawing, and the model's own AUC across them. */
import { html, type Markup } from '../../page/html.js';
import type { JudgedModel, Placebo } from '../evaluation-shape.js';
import { counted, fixed, mainRange } from '../figure-text.js';
import { isLeak, placeboName, statusWords } from '../verdict-words.js';
import { circle } from './marks.js';
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

const LEFT = 10;
const RIGHT = PLOT_WIDTH - 10;
const TOP = 20;
const TITLE_HEIGHT = 20;
const RUN_HEIGHT = 3;
const STRIP_HEIGHT_MIN = 14;
const NO_SKILL = 0.5;

/** Undefined if no placebo has run. The planted leak is far away from all others, so it is only in the words below. */
export function placeboPlot(model: JudgedModel): Markup | undefined {
  const strips = model.placebos.filter((one) => !isLeak(one) && one.runs.length > 0);
  if (strips.length === 0) return undefined;
  const { auc } = model.pooled;
  const [low, high] = mainRange(auc);
  const known = [
    NO_SKILL,
    ...[auc.value, low, high].filter((value) => value !== null),
    ...strips.flatMap(({ runs }) =>
      runs.flatMap((run) => [run.auc, run.auc_low, run.auc_high].filter((value) => value !== null)),
    ),
  ];
  const scale = scaleOf(known, { from: LEFT, to: RIGHT });
  const heights = strips.map(
    ({ runs }) => TITLE_HEIGHT + Math.max(STRIP_HEIGHT_MIN, runs.length * RUN_HEIGHT),
  );
  const bottom = TOP + heights.reduce((sum, height) => sum + height, 0) + 4;
  const half = placeOf(scale, NO_SKILL);
  return svgOf({
    height: bottom + 20,
    says: `${model.name}: AUC ${fixed(auc.value)} beside ${strips.map((strip) => stripTitle(strip)).join(', ')}`,
    content: [
      axisBelow(scale, { top: TOP, bottom, most: 5 }, (value, ticks) =>
        fixed(value, decimalsOf(ticks)),
      ),
      low === null || high === null
        ? undefined
        : band(placeOf(scale, low), placeOf(scale, high), bottom),
      lineOf('zero', { x1: half, y1: TOP, x2: half, y2: bottom }),
      auc.value === null ? undefined : ownMark(auc.value, scale, bottom),
      strips.map((strip, index) => {
        const y = TOP + heights.slice(0, index).reduce((sum, height) => sum + height, 0);
        return stripMarks(strip, y, heights[index] ?? 0, scale);
      }),
    ],
  });
}

function stripTitle(placebo: Placebo): string {
  return `${placeboName(placebo.kind)}: ${statusWords(placebo)}`;
}

function stripMarks(strip: Placebo, top: number, height: number, scale: Scale): Markup[] {
  const isDirty = strip.status === 'not_clean';
  const title = `${stripTitle(strip)}, ${counted(strip.runs.length, 'run')}`;
  const step = (height - TITLE_HEIGHT) / strip.runs.length;
  const marks = strip.runs.flatMap(({ label, auc, auc_low: low, auc_high: high }, index) => {
    if (auc === null) return [];
    const y = Math.round((top + TITLE_HEIGHT + (index + 0.5) * step) * 10) / 10;
    const says = `${label}: AUC ${fixed(auc)}`;
    const dot = circle(
      isDirty ? 'dirty' : 'placebo',
      { x: placeOf(scale, auc), y, size: 2.2 },
      says,
    );
    if (low === null || high === null) return [dot];
    const name = isDirty ? 'run dirty' : 'run';
    return [lineOf(name, { x1: placeOf(scale, low), y1: y, x2: placeOf(scale, high), y2: y }), dot];
  });
  return [...marks, textOf(isDirty ? 'strip bold' : 'strip', { x: LEFT, y: top + 14 }, title)];
}

/** The interval of the model itself. */
function band(from: number, to: number, bottom: number): Markup {
  const width = Math.round((to - from) * 10) / 10;
  return html`<rect
    class="band"
    x="${from}"
    y="${TOP}"
    width="${width}"
    height="${bottom - TOP}"
  />`;
}

function ownMark(auc: number, scale: Scale, bottom: number): Markup[] {
  const x = placeOf(scale, auc);
  const isRight = x > PLOT_WIDTH / 2;
  return [
    lineOf('own', { x1: x, y1: TOP - 4, x2: x, y2: bottom }),
    textOf(
      isRight ? 'own end' : 'own',
      { x: isRight ? x + 4 : x - 4, y: TOP - 8 },
      `this model: ${fixed(auc)}`,
    ),
  ];
}
