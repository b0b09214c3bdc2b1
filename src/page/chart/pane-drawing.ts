/** What stands behind and above the lines of each pane: shaded stretches with their names, and the pane's own name. */
import type {
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  Logical,
} from 'lightweight-charts';
import { type DrawnShade, placeNames } from '#page/chart/shade-names';
import { themeColor } from '#page/style/theme';

export interface PaneLabel {
  readonly name: string;
  readonly series: readonly { readonly title: string; readonly colour: string }[];
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

const FONT = '11px system-ui, sans-serif';
const BOLD = '600 11px system-ui, sans-serif';
const MARGIN = 6;
const LINE = 14;
/** A shorter stretch would not be seen. */
const WIDTH_LEAST = 1.5;
const SHADE_ALPHA = 0.25;
const GROUND_ALPHA = 0.95;
/** Of a name, in the colour of its shade, and the room behind it. */
const EDGE = 3;
const GAP = 3;
/** Lines of names: a lower pane has room for one. */
const LINES_TALL = 3;
const TALL = 200;

/** `shades` is asked at each drawing. */
export function paneDrawing(
  label: PaneLabel,
  shades: (width: number) => readonly DrawnShade[],
): IPanePrimitive {
  const behind = view('bottom', (target) => drawShades(target, shades));
  const above = view('top', (target) => {
    drawNames(target, shades);
    drawLabel(target, label);
  });
  const views = [behind, above];
  return { paneViews: () => views };
}

function view(zOrder: 'bottom' | 'top', draw: (target: Target) => void): IPanePrimitivePaneView {
  const renderer = { draw };
  return { zOrder: () => zOrder, renderer: () => renderer };
}

function drawShades(target: Target, shades: (width: number) => readonly DrawnShade[]): void {
  target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
    context.globalAlpha = SHADE_ALPHA;
    for (const { kind, left, right } of shades(width)) {
      context.fillStyle = themeColor(`minute-${kind}`);
      context.fillRect(left, 0, Math.max(WIDTH_LEAST, right - left), height);
    }
    context.globalAlpha = 1;
  });
}

/** On a ground of their own, so that they can be read over bars, with an edge in the colour of the shade. */
function drawNames(target: Target, shades: (width: number) => readonly DrawnShade[]): void {
  target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
    context.font = FONT;
    context.textBaseline = 'top';
    const names = placeNames(shades(width), {
      width,
      lines: height >= TALL ? LINES_TALL : 1,
      measure: (text) => context.measureText(text).width + EDGE + GAP,
    });
    for (const { shade, x, width: length, line } of names) {
      const y = height - (line + 1) * (LINE + 1);
      context.fillStyle = themeColor('ground');
      context.globalAlpha = GROUND_ALPHA;
      context.fillRect(x, y, length, LINE);
      context.globalAlpha = 1;
      context.fillStyle = themeColor(`minute-${shade.kind}`);
      context.fillRect(x, y, EDGE, LINE);
      context.fillStyle = themeColor('ink');
      context.fillText(shade.title, x + EDGE + GAP, y + 2);
    }
  });
}

function drawLabel(target: Target, { name, series }: PaneLabel): void {
  target.useMediaCoordinateSpace(({ context, mediaSize: { width } }) => {
    context.textBaseline = 'top';
    let [x, y] = [MARGIN, 4];
    const write = (text: string, colour: string, font: string): void => {
      context.font = font;
      const length = context.measureText(text).width;
      if (x > MARGIN && x + length > width) [x, y] = [MARGIN, y + LINE];
      context.fillStyle = themeColor('ground');
      context.globalAlpha = 0.7;
      context.fillRect(x - 2, y - 1, length + 4, LINE);
      context.globalAlpha = 1;
      context.fillStyle = themeColor(colour);
      context.fillText(text, x, y);
      x += length + 8;
    };
    write(name, 'ink', BOLD);
    for (const { title, colour } of series) if (title !== '') write(title, colour, FONT);
  });
}

export function logical(index: number): Logical {
  if (!isLogical(index)) throw new Error(`invariant broken: no place ${index} on the chart`);
  return index;
}

function isLogical(index: number): index is Logical {
  return Number.isFinite(index);
}
