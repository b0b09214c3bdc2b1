/** What stands behind and above the lines of each pane: shaded stretches with their names, and the pane's own name. */
import type {
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  Logical,
} from 'lightweight-charts';
import { themeColor } from '#page/style/theme';

export interface DrawnShade {
  readonly title: string;
  readonly isQuiet: boolean;
  /** On the chart, in pixels. */
  readonly left: number;
  readonly right: number;
}

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

/** `shades` is asked at each drawing. */
export function paneDrawing(
  label: PaneLabel,
  shades: (width: number) => readonly DrawnShade[],
): IPanePrimitive {
  const behind = view('bottom', (target) => drawShades(target, shades));
  const above = view('top', (target) => drawLabel(target, label));
  const views = [behind, above];
  return { paneViews: () => views };
}

function view(zOrder: 'bottom' | 'top', draw: (target: Target) => void): IPanePrimitivePaneView {
  const renderer = { draw };
  return { zOrder: () => zOrder, renderer: () => renderer };
}

function drawShades(target: Target, shades: (width: number) => readonly DrawnShade[]): void {
  target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
    context.font = FONT;
    context.textBaseline = 'bottom';
    let labelEnd = Number.NEGATIVE_INFINITY;
    for (const { title, isQuiet, left, right } of shades(width)) {
      context.fillStyle = themeColor(isQuiet ? 'shade-quiet' : 'shade');
      context.fillRect(left, 0, Math.max(WIDTH_LEAST, right - left), height);
      const start = Math.max(left, 0) + 3;
      const end = start + context.measureText(title).width;
      if (start < labelEnd + MARGIN || start > width) continue;
      context.fillStyle = themeColor(isQuiet ? 'quiet' : 'down');
      context.fillText(title, Math.min(start, width - (end - start)), height - 2);
      labelEnd = end;
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
