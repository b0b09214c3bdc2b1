/** What a recorder says of one symbol in one hour: of a sidecar only what the causes of outages need, as a sidecar can be large. */
import type { StreamName } from '../rule/symbol-day.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { timeOfHour } from '../sidecar/wanted-sidecars.js';
import { HOUR_MS, type TimeRange } from '../unit/utc-date.js';
import { difference, intersection, joined } from './outages.js';

/** Times by exchange clock; each lies within the one before it. Disjoint and in time order. */
export interface Heard {
  /** A recorder of the stream ran. */
  readonly up: readonly TimeRange[];
  /** The stream's line had an open connection. */
  readonly open: readonly TimeRange[];
  /** The line delivered rows, of other symbols. */
  readonly heard: readonly TimeRange[];
}

export interface HourHeard extends Readonly<Record<StreamName, Heard>> {
  /** The hour that the sidecar is about, and the margin of clocks. */
  readonly hour: TimeRange;
}

type Stretch = Sidecar['stretches'][number];
type Connection = Sidecar['connections'][number];

export function heardIn(sidecar: Sidecar, symbol: string): HourHeard {
  const stretches = Map.groupBy(sidecar.stretches, ({ line }) => line);
  const connections = Map.groupBy(sidecar.connections, ({ line }) => line);
  const heardOn = (stream: StreamName): Heard =>
    heardByAny(
      sidecar.lines.flatMap((line, index) =>
        line.stream === stream && line.symbols.includes(symbol)
          ? [
              heardOnLine(sidecar, {
                isAlone: line.symbols.length === 1,
                stretches: stretches.get(index) ?? [],
                connections: connections.get(index) ?? [],
              }),
            ]
          : [],
      ),
    );
  const fromMs = Math.floor(Date.parse(sidecar.from) / HOUR_MS) * HOUR_MS;
  return { hour: timeOfHour(fromMs), trades: heardOn('trades'), depth: heardOn('depth') };
}

/** The best that any of them says. */
export function heardByAny(parts: readonly Heard[]): Heard {
  const union = (list: keyof Heard): TimeRange[] =>
    joined(byStart(parts.flatMap((part) => part[list])));
  return { up: union('up'), open: union('open'), heard: union('heard') };
}

interface LineFacts {
  /** It has no other symbol. */
  readonly isAlone: boolean;
  readonly stretches: readonly Stretch[];
  readonly connections: readonly Connection[];
}

function heardOnLine(sidecar: Sidecar, { isAlone, stretches, connections }: LineFacts): Heard {
  const offsetMs = sidecar.clock_offset_ms ?? 0;
  const rangeOf = (from: string, to: string): TimeRange => ({
    fromMs: Date.parse(from) - offsetMs,
    toMs: Date.parse(to) - offsetMs,
  });
  const silenceOf = (some: readonly Stretch[]): TimeRange[] =>
    byStart(some.map(({ from, to }) => rangeOf(from, to)).filter(isRange));
  // A recorder that itself read nothing was as good as down.
  const stalled = silenceOf(stretches.filter(({ state }) => state === 'stalled'));
  const up = difference([rangeOf(sidecar.from, sidecar.to)].filter(isRange), stalled);
  const connected = connections
    .map(({ opened, closed }) => rangeOf(opened, closed ?? sidecar.to))
    .filter(isRange);
  // Without the whole list of connections only stretches tell when none was open.
  const open =
    sidecar.connections_omitted === 0
      ? intersection(up, joined(byStart(connected)))
      : difference(up, silenceOf(stretches.filter(({ state }) => state === 'disconnected')));
  if (isAlone) return { up, open, heard: [] };
  // What a cut list leaves out begins no earlier than its last one: from there on a silent line looks like a lively one.
  const last = sidecar.stretches_omitted === 0 ? undefined : sidecar.stretches.at(-1);
  const endMs = last === undefined ? Infinity : Date.parse(last.from) - offsetMs;
  const told = open.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, endMs) }));
  return { up, open, heard: difference(told.filter(isRange), silenceOf(stretches)) };
}

export function byStart(ranges: readonly TimeRange[]): TimeRange[] {
  return ranges.toSorted((a, b) => a.fromMs - b.fromMs);
}

function isRange({ fromMs, toMs }: TimeRange): boolean {
  return fromMs < toMs;
}
