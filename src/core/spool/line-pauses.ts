/** Stretches without a row of a line, across the minutes of an hour, and whether a connection was open in them. */
import type { SidecarStretch } from '../sidecar/sidecar.js';
import { isoStampMs } from '../unit/utc-date.js';
import type { Minute, MinuteConnection, Pause } from './minute.js';
import { PAUSE_US_MIN } from './minute-fold.js';

export interface RanUs {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Pauses of a line of more than two seconds, in order. */
export function linePauses(line: number, minutes: readonly Minute[], ran: RanUs): Pause[] {
  const pauses: Pause[] = [];
  let lastUs = ran.fromUs;
  const reach = (toUs: number): void => {
    if (toUs - lastUs > PAUSE_US_MIN) pauses.push({ fromUs: lastUs, toUs });
  };
  for (const minute of minutes) {
    const found = minute.lines[line];
    if (found === undefined || found.firstUs === null || found.lastUs === null) continue;
    reach(found.firstUs);
    pauses.push(...found.pauses);
    lastUs = found.lastUs;
  }
  reach(ran.toUs);
  return pauses;
}

/** `connections`: those of the line. `stalls`: when nothing was read. */
export function stretchOf(
  line: number,
  pause: Pause,
  connections: readonly MinuteConnection[],
  stalls: readonly Pause[],
): SidecarStretch {
  const open = connections.map(({ openedUs, closedUs }) => ({
    fromUs: openedUs,
    toUs: closedUs ?? pause.toUs,
  }));
  const isMostly = (spans: readonly Pause[]): boolean =>
    2 * coveredUs(pause, spans) >= pause.toUs - pause.fromUs;
  return {
    line,
    from: instant(pause.fromUs),
    to: instant(pause.toUs),
    state: isMostly(stalls) ? 'stalled' : isMostly(open) ? 'silent' : 'disconnected',
  };
}

/** How much of a pause lies in at least one of the spans. */
function coveredUs({ fromUs, toUs }: Pause, spans: readonly Pause[]): number {
  let sumUs = 0;
  let reachedUs = fromUs;
  for (const span of spans.toSorted((one, other) => one.fromUs - other.fromUs)) {
    const endUs = Math.min(toUs, span.toUs);
    sumUs += Math.max(0, endUs - Math.max(span.fromUs, reachedUs));
    reachedUs = Math.max(reachedUs, endUs);
  }
  return sumUs;
}

export function instant(atUs: number): string {
  return isoStampMs(Math.floor(atUs / 1_000));
}
