/** What the drawings of an evaluation share: a scale, its ticks, and the frame of a drawing as SVG. */
import { html, type Content, type Markup } from '../../page/html.js';

/** Units of a drawing's width; one is a pixel where it has the room. */
export const PLOT_WIDTH = 360;

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Places of both ends. */
  readonly from: number;
  readonly to: number;
}

/** A scale that holds all values, with some room at its ends. */
export function scaleOf(
  values: readonly number[],
  { from, to, room = 0.06 }: { readonly from: number; readonly to: number; readonly room?: number },
): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // One value alone gets a scale around it.
  const half = most > least ? 0 : Math.max(Math.abs(most), 1) / 20;
  const [low, high] = [least - half, most + half];
  const span = high - low;
  return { low: low - span * room, high: high + span * room, from, to };
}

/** Place of a value, to a tenth; what lies outside is put at the end. */
export function placeOf({ low, high, from, to }: Scale, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return Math.round((from + share * (to - from)) * 10) / 10;
}

const STEPS = [1, 2, 5, 10];

/** Round values within the scale, at most so many. */
export function ticksOf({ low, high }: Scale, most: number): readonly number[] {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = (STEPS.find((one) => one * power >= least) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  // Without the noise of doubles.
  return Array.from({ length: count }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Decimals that tell the ticks apart, of values times `factor`. */
export function decimalsOf(ticks: readonly number[], factor = 1): number {
  const [first = 0, second = 1] = ticks;
  return Math.max(0, Math.ceil(-Math.log10(Math.abs(second - first) * factor) - 1e-9));
}

export interface Drawing {
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly says: string;
  readonly content: Content;
}

export function svgOf({ height, says, content }: Drawing): Markup {
  return html`<svg viewBox="0 0 ${PLOT_WIDTH} ${height}" role="img" aria-label="${says}">
    ${content}
  </svg>`;
}

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export function lineOf(name: string, { x1, y1, x2, y2 }: Line): Markup {
  return html`<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" />`;
}

export function textOf(
  name: string,
  { x, y }: { readonly x: number; readonly y: number },
  text: string,
): Markup {
  return html`<text class="${name}" x="${x}" y="${y}">${text}</text>`;
}

/** Ticks below, each with a line up to `top`. */
export function axisBelow(
  scale: Scale,
  {
    top,
    bottom,
    most = 5,
  }: { readonly top: number; readonly bottom: number; readonly most?: number },
  textOfTick: (value: number, ticks: readonly number[]) => string,
): Markup[] {
  const ticks = ticksOf(scale, most);
  return ticks.flatMap((value) => {
    const x = placeOf(scale, value);
    return [
      lineOf('grid', { x1: x, y1: top, x2: x, y2: bottom }),
      textOf('tick middle', { x, y: bottom + 14 }, textOfTick(value, ticks)),
    ];
  });
}

/** Ticks at the left, each with a line to the right end. */
export function axisLeft(
  scale: Scale,
  {
    left,
    right,
    most = 5,
  }: { readonly left: number; readonly right: number; readonly most?: number },
  textOfTick: (value: number, ticks: readonly number[]) => string,
): Markup[] {
  const ticks = ticksOf(scale, most);
  return ticks.flatMap((value) => {
    const y = placeOf(scale, value);
    return [
      lineOf('grid', { x1: left, y1: y, x2: right, y2: y }),
      textOf('tick end', { x: left - 5, y: y + 4 }, textOfTick(value, ticks)),
    ];
  });
}

/** A drawing with what it shows below its title. */
export function figureOf(title: string, drawing: Content, below?: Content): Markup {
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${drawing} ${below}
  </figure>`;
}
