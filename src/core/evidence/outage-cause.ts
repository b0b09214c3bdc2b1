/**
 * Names the causes of outages from what recorders knew (docs/EVIDENCE.md): at each instant the best that any recorder says
 * counts. It knows sidecars alone, and no row.
 */
import type { StreamName } from '../rule/symbol-day.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { SIDECAR_MARGIN_MS } from '../sidecar/wanted-sidecars.js';
import type { OutageKind } from '../stored/quality-report.js';
import { HOUR_MS, type TimeRange } from '../unit/utc-date.js';
import { type CausedTime, difference, intersection, joined, type OutageRange } from './outages.js';

const STREAMS_OF: Readonly<Record<OutageKind, readonly StreamName[]>> = {
  feed_down: ['trades', 'depth'],
  trades_missing: ['trades'],
  depth_missing: ['depth'],
};

/** From the recorder outwards: of two causes with the same time the first counts. */
const CAUSES = ['recorder_down', 'disconnected', 'socket_silent', 'exchange_halt'] as const;

/** Times by exchange clock; each lies within the one before it. Disjoint and in time order. */
interface Heard {
  /** A recorder of the stream ran. */
  readonly up: readonly TimeRange[];
  /** The stream's line had an open connection. */
  readonly open: readonly TimeRange[];
  /** The line delivered rows, of other symbols. */
  readonly heard: readonly TimeRange[];
}

/** The same outages with their causes, the longest first; without any where no sidecar of their hours is known. */
export function withCauses(
  outages: readonly OutageRange[],
  sidecars: readonly Sidecar[],
  symbol: string,
): OutageRange[] {
  const known = joined(byStart(sidecars.map(hourOf)));
  const heardOf: Readonly<Record<StreamName, Heard>> = {
    trades: heardBy(sidecars, 'trades', symbol),
    depth: heardBy(sidecars, 'depth', symbol),
  };
  const knownMs = overlapsMs(outages, known);
  const times = new Map<OutageRange, CausedTime[]>();
  for (const [kind, streams] of Object.entries(STREAMS_OF)) {
    const ofKind = outages.filter((outage) => outage.kind === kind);
    const heard = streams.map((stream) => heardOf[stream]).reduce(agreed);
    for (const [outage, causes] of causesOf(ofKind, heard)) times.set(outage, causes);
  }
  return outages.map((outage, index) => ({
    ...outage,
    causes: (knownMs[index] ?? 0) > 0 ? (times.get(outage) ?? []) : [],
  }));
}

/** The hour that a sidecar is about, and the margin of clocks. */
function hourOf({ from }: Sidecar): TimeRange {
  const fromMs = Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  return { fromMs: fromMs - SIDECAR_MARGIN_MS, toMs: fromMs + HOUR_MS + SIDECAR_MARGIN_MS };
}

/** What all recorders say of one stream of a symbol. */
function heardBy(sidecars: readonly Sidecar[], stream: StreamName, symbol: string): Heard {
  const parts = sidecars.flatMap((sidecar) =>
    sidecar.lines.flatMap((line, index) =>
      line.stream === stream && line.symbols.includes(symbol)
        ? [heardOnLine(sidecar, index, line.symbols.length === 1)]
        : [],
    ),
  );
  const union = (list: keyof Heard): TimeRange[] =>
    joined(byStart(parts.flatMap((part) => part[list])));
  return { up: union('up'), open: union('open'), heard: union('heard') };
}

function heardOnLine(sidecar: Sidecar, line: number, isAlone: boolean): Heard {
  const offsetMs = sidecar.clock_offset_ms ?? 0;
  const rangeOf = (from: string, to: string): TimeRange => ({
    fromMs: Date.parse(from) - offsetMs,
    toMs: Date.parse(to) - offsetMs,
  });
  const stretches = sidecar.stretches.filter((stretch) => stretch.line === line);
  const stalled = stretches.filter(({ state }) => state === 'stalled');
  const up = difference(
    [rangeOf(sidecar.from, sidecar.to)].filter(isRange),
    byStart(stalled.map(({ from, to }) => rangeOf(from, to))),
  );
  const silent = byStart(stretches.map(({ from, to }) => rangeOf(from, to)));
  const connections = sidecar.connections
    .filter((connection) => connection.line === line)
    .map(({ opened, closed }) => rangeOf(opened, closed ?? sidecar.to));
  const disconnected = stretches.flatMap(({ state, from, to }) =>
    state === 'disconnected' ? [rangeOf(from, to)] : [],
  );
  // Without the whole list of connections only stretches tell when none was open.
  const open =
    sidecar.connections_omitted === 0
      ? intersection(up, joined(byStart(connections.filter(isRange))))
      : difference(up, byStart(disconnected));
  if (isAlone) return { up, open, heard: [] };
  // Past the last stretch of a list that was cut nothing tells a silent line from a lively one.
  const last = sidecar.stretches_omitted === 0 ? undefined : sidecar.stretches.at(-1);
  const endMs = last === undefined ? Infinity : Date.parse(last.to) - offsetMs;
  const told = open.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, endMs) }));
  return { up, open, heard: difference(told.filter(isRange), silent) };
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
): [OutageRange, CausedTime[]][] {
  const [upMs, openMs, heardMs] = [up, open, heard].map((ranges) => overlapsMs(outages, ranges));
  return outages.map((outage, index) => {
    const { fromMs, toMs } = outage;
    const reached = [
      toMs - fromMs,
      upMs?.[index] ?? 0,
      openMs?.[index] ?? 0,
      heardMs?.[index] ?? 0,
      0,
    ];
    const causes = CAUSES.map((cause, rank) => ({
      cause,
      ms: (reached[rank] ?? 0) - (reached[rank + 1] ?? 0),
    }));
    return [outage, causes.filter(({ ms }) => ms > 0).toSorted((a, b) => b.ms - a.ms)];
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

function byStart(ranges: readonly TimeRange[]): TimeRange[] {
  return ranges.toSorted((a, b) => a.fromMs - b.fromMs);
}

function isRange({ fromMs, toMs }: TimeRange): boolean {
  return fromMs < toMs;
}
