/**
 * Names the causes of outages from what recorders knew (docs/EVIDENCE.md): at each instant the best that any recorder says
 * counts. It knows no row.
 */
import type { StreamName } from '../rule/symbol-day.js';
import type { OutageKind } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';
import { byStart, type Heard, heardByAny, type HourHeard } from './heard.js';
import {
  type CausedTime,
  intersection,
  joined,
  type OutageRange,
  type Silence,
} from './outages.js';

const STREAMS_OF: Readonly<Record<OutageKind, readonly StreamName[]>> = {
  feed_down: ['trades', 'depth'],
  trades_missing: ['trades'],
  depth_missing: ['depth'],
};

/** From the recorder outwards: of two causes with the same time the first counts. */
const CAUSES = [
  'recorder_down',
  'disconnected',
  'socket_silent',
  'symbol_silent',
  'exchange_halt',
] as const;

/**
 * The same outages with their causes, the longest first; without any where no sidecar of their hours is known. `unread`:
 * times of sidecars that could not be read. What only these could tell has no cause.
 */
export function withCauses(
  { outages, untraded }: Pick<Silence, 'outages' | 'untraded'>,
  hours: readonly HourHeard[],
  unread: readonly TimeRange[],
): OutageRange[] {
  const known = joined(byStart(hours.map(({ hour }) => hour)));
  const heardOf: Readonly<Record<StreamName, Heard>> = {
    trades: heardBy(hours, 'trades'),
    depth: heardBy(hours, 'depth'),
  };
  const knownMs = overlapsMs(outages, known);
  const times = new Map<OutageRange, CausedTime[]>();
  for (const [kind, streams] of Object.entries(STREAMS_OF)) {
    const ofKind = outages.filter((outage) => outage.kind === kind);
    const heard = streams.map((stream) => heardOf[stream]).reduce(agreed);
    // A book that goes on says that the exchange does.
    const halted = kind === 'trades_missing' ? [] : intersection(heard.heard, untraded);
    for (const [outage, causes] of causesOf(ofKind, heard, { halted, unread })) {
      times.set(outage, causes);
    }
  }
  return outages.map((outage, index) => ({
    ...outage,
    causes: (knownMs[index] ?? 0) > 0 ? (times.get(outage) ?? []) : [],
  }));
}

/** What all recorders say of one stream of a symbol. */
function heardBy(hours: readonly HourHeard[], stream: StreamName): Heard {
  return heardByAny(hours.map((hour) => hour[stream]));
}

/** What both streams say: a cause outside of the recorder needs both. */
function agreed(one: Heard, other: Heard): Heard {
  return {
    up: intersection(one.up, other.up),
    open: intersection(one.open, other.open),
    heard: intersection(one.heard, other.heard),
  };
}

/** `outages`: of one kind, disjoint and in time order. */
function causesOf(
  outages: readonly OutageRange[],
  { up, open, heard }: Heard,
  { halted, unread }: Record<'halted' | 'unread', readonly TimeRange[]>,
): [OutageRange, CausedTime[]][] {
  const notDown = joined(byStart([...up, ...unread]));
  const [notDownMs, upMs, openMs, heardMs, haltedMs] = [notDown, up, open, heard, halted].map(
    (ranges) => overlapsMs(outages, ranges),
  );
  return outages.map((outage, index) => {
    const { fromMs, toMs } = outage;
    const downMs = toMs - fromMs - (notDownMs?.[index] ?? 0);
    const reached = [upMs, openMs, heardMs, haltedMs].map((sums) => sums?.[index] ?? 0);
    const steps = reached.map((ms, rank) => ms - (reached[rank + 1] ?? 0));
    const causes = [downMs, ...steps].map((ms, rank) => ({ cause: CAUSES[rank], ms }));
    const caused = causes.flatMap(({ cause, ms }) =>
      cause === undefined || ms <= 0 ? [] : [{ cause, ms }],
    );
    return [outage, caused.toSorted((a, b) => b.ms - a.ms)];
  });
}

/** How much of each outage the ranges cover; both disjoint and in time order. */
function overlapsMs(outages: readonly TimeRange[], ranges: readonly TimeRange[]): number[] {
  let first = 0;
  return outages.map(({ fromMs, toMs }) => {
    while ((ranges[first]?.toMs ?? Infinity) <= fromMs) first += 1;
    let sumMs = 0;
    for (let at = first; (ranges[at]?.fromMs ?? toMs) < toMs; at += 1) {
      const range = ranges[at];
      if (range === undefined) break;
      sumMs += Math.min(toMs, range.toMs) - Math.max(fromMs, range.fromMs);
    }
    return sumMs;
  });
}
