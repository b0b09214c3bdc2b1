/** Which events one mark stands for, so that no mark covers another. Nothing here knows the chart. */

/** Events that one mark stands for, in order of time. */
export interface Cluster<Event> {
  readonly events: readonly Event[];
  /** Of the mark: that of the event in the middle. */
  readonly row: number;
}

interface Placed {
  readonly row: number;
}

/** Pixels from the middle of a mark to its edge: a letter, or a number. */
const LETTER_HALF = 7;
const DIGIT_HALF = 4;
/** Events of one bar stand one above the other, as many as can be told apart. */
const STACK_MOST = 4;

/** Of events that point the same way: neighbours whose marks would touch become one. */
export function clustersOf<Event extends Placed>(
  events: readonly Event[],
  pixelsPerRow: number,
): Cluster<Event>[] {
  const clusters: Cluster<Event>[] = [];
  for (const event of events.toSorted((one, other) => one.row - other.row)) {
    let next = clusterOf([event]);
    for (let last = clusters.at(-1); last !== undefined; last = clusters.at(-1)) {
      const room = (next.row - last.row) * pixelsPerRow;
      if (room >= halfOf(last) + halfOf(next)) break;
      clusters.pop();
      next = clusterOf([...last.events, ...next.events]);
    }
    clusters.push(next);
  }
  return clusters;
}

/** A few events of one bar, which are drawn one above the other. */
export function isStack({ events }: Cluster<Placed>): boolean {
  return events.length <= STACK_MOST && events.every(({ row }) => row === events[0]?.row);
}

function clusterOf<Event extends Placed>(events: readonly Event[]): Cluster<Event> {
  return { events, row: events[events.length >> 1]?.row ?? 0 };
}

function halfOf(cluster: Cluster<Placed>): number {
  return isStack(cluster) ? LETTER_HALF : LETTER_HALF + DIGIT_HALF * digits(cluster.events.length);
}

function digits(count: number): number {
  return String(count).length;
}
