/** Where the names of shaded stretches stand in a pane: each on its shade, none over another. Nothing here draws. */
import type { ShadeKind } from '../../core/view/view-data.js';

export interface DrawnShade {
  readonly title: string;
  readonly kind: ShadeKind;
  /** On the chart, in pixels; either may be out of sight. */
  readonly left: number;
  readonly right: number;
}

export interface PlacedName {
  readonly shade: DrawnShade;
  readonly x: number;
  readonly width: number;
  /** From below. */
  readonly line: number;
}

interface Room {
  /** Of the pane. */
  readonly width: number;
  readonly lines: number;
  readonly measure: (text: string) => number;
}

/** Between two names, and of one to its edges. */
const MARGIN = 6;

/** The longest in sight first, the others where there is room. */
export function placeNames(shades: readonly DrawnShade[], room: Room): PlacedName[] {
  const placed: PlacedName[] = [];
  const inSight = (shade: DrawnShade): number =>
    Math.min(room.width, shade.right) - Math.max(0, shade.left);
  for (const shade of shades.toSorted((one, other) => inSight(other) - inSight(one))) {
    const width = room.measure(shade.title) + MARGIN;
    const x = startOf(shade, width, room.width);
    if (x === undefined) continue;
    const isFree = (line: number): boolean =>
      placed.every(
        (other) =>
          other.line !== line ||
          x >= other.x + other.width + MARGIN ||
          x + width + MARGIN <= other.x,
      );
    const line = Array.from({ length: room.lines }, (_, index) => index).find((one) => isFree(one));
    if (line !== undefined) placed.push({ shade, x, width, line });
  }
  return placed;
}

/** A name longer than its shade stands beside it only if all of the shade is in sight: else it would name what is recorded. */
function startOf(
  { left, right }: DrawnShade,
  width: number,
  paneWidth: number,
): number | undefined {
  const [from, to] = [Math.max(0, left), Math.min(paneWidth, right)];
  if (to - from >= width) return from;
  if (left < 0 || right > paneWidth) return undefined;
  return left + width <= paneWidth ? left : right - width;
}
