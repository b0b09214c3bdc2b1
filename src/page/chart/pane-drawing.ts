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
    const drawn = shades(width);
    for (const { isQuiet, left, right } of drawn) {
      context.fillStyle = themeColor(isQuiet ? 'shade-quiet' : 'shade');
      context.fillRect(left, 0, Math.max(WIDTH_LEAST, right - left), height);
    }
    const taken: Written[] = [];
    const lines = height >= TALL ? LINES : LINES.slice(0, 1);
    // The longest are named first, the others where there is room.
    for (const shade of drawn.toSorted((one, other) => lengthOf(other) - lengthOf(one))) {
      const length = context.measureText(shade.title).width;
      const from = Math.max(3, Math.min(shade.left + 3, width - length - 3));
      const line = lines.find((one) =>
        taken.every((other) => other.line !== one || from > other.to || from + length < other.from),
      );
      if (line === undefined) continue;
      taken.push({ line, from: from - MARGIN, to: from + length + MARGIN });
      context.fillStyle = themeColor(shade.isQuiet ? 'quiet' : 'down');
      context.fillText(shade.title, from, height - 2 - line * LINE);
    }
  });
}

/** Lines of names from below. */
const LINES = [0, 1, 2];
/** A lower pane has room for one. */
const TALL = 200;

interface Written {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

function lengthOf({ left, right }: DrawnShade): number {
  return right - left;
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
