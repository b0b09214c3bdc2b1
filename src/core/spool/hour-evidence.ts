/** The sidecar of an hour from the evidence of its minutes alone. */
import { type Sidecar, SIDECAR_LIST_MAX } from '../sidecar/sidecar.js';
import { assert } from '../unit/errors.js';
import { instant, linePauses, type RanUs, stretchOf } from './line-pauses.js';
import type { Minute, MinuteConnection } from './minute.js';
import { type Slot, slotsOf } from './slots.js';
import { HOUR_MS } from '../unit/utc-date.js';

type Ended = Sidecar['ended'];

/** `minutes`: those of one session in one hour, in order, at least one. `goesOn`: the session has later ones. */
export function sidecarOf(minutes: readonly Minute[], goesOn: boolean): Sidecar {
  const first = minutes[0];
  const last = minutes.at(-1);
  assert(first !== undefined && last !== undefined, 'an hour has minutes');
  const { head } = first;
  const hourEndUs = (Math.floor(head.minuteMs / HOUR_MS) + 1) * HOUR_MS * 1_000;
  const ran = { fromUs: head.fromUs, toUs: goesOn ? hourEndUs : last.lastUs };
  const ended: Ended = goesOn ? 'running' : last.isEnded ? 'stopped' : 'lost';
  const connections = connectionsOf(minutes);
  return {
    sidecar_version: 1,
    recorder: head.part,
    market: head.market,
    endpoint: head.endpoint,
    from: instant(ran.fromUs),
    to: instant(ran.toUs),
    ended,
    ...clocks(minutes),
    spool_bytes_max: Math.max(...minutes.map((minute) => minute.head.spoolBytes)),
    frames_broken: sum(minutes, ({ framesBroken }) => framesBroken),
    lines: head.lines,
    streams: slotsOf(head.lines, head.trades).map((slot) => streamOf(slot, minutes)),
    ...connectionList(connections, minutes),
    ...stretchList(connections, minutes, ran),
    ...doubtList(minutes),
  };
}

function clocks(
  minutes: readonly Minute[],
): Pick<Sidecar, 'clock_offset_ms' | 'lag_ms_max' | 'round_trip_ms'> {
  const lagUsMin = extreme(Math.min, minutes, ({ lagUsMin: lagUs }) => lagUs);
  const lagUsMax = extreme(Math.max, minutes, ({ lagUsMax: lagUs }) => lagUs);
  const roundTripUs = extreme(Math.min, minutes, ({ roundTripUsMin }) => roundTripUsMin);
  return {
    clock_offset_ms: lagUsMin === null ? null : wholeMs(lagUsMin - (roundTripUs ?? 0) / 2),
    lag_ms_max: lagUsMax === null ? null : wholeMs(lagUsMax),
    round_trip_ms: roundTripUs === null ? null : roundTripUs / 1_000,
  };
}

function streamOf(slot: Slot, minutes: readonly Minute[]): Sidecar['streams'][number] {
  const ofSlot = minutes.flatMap((minute) => minute.slots[slot.index] ?? []);
  const withRows = ofSlot.filter(({ rows }) => rows > 0);
  const first = withRows[0];
  const last = withRows.at(-1);
  const rows = sum(ofSlot, (minute) => minute.rows);
  const duplicates = sum(ofSlot, (minute) => minute.duplicates);
  return {
    symbol: slot.symbol,
    stream: slot.stream,
    line: slot.line,
    frames: rows + duplicates,
    rows,
    duplicates,
    first_id: textOrNull(first?.firstId),
    last_id: textOrNull(last?.lastId),
    first_at: instantOrNull(first?.firstUs),
    last_at: instantOrNull(last?.lastUs),
  };
}

/** Each connection once, as the last minute that has it knows it. */
function connectionsOf(minutes: readonly Minute[]): MinuteConnection[] {
  const connections = new Map<number, MinuteConnection>();
  for (const minute of minutes) {
    for (const found of minute.connections) connections.set(found.connection, found);
  }
  return [...connections.values()];
}

function connectionList(
  connections: readonly MinuteConnection[],
  minutes: readonly Minute[],
): Pick<Sidecar, 'connections' | 'connections_omitted'> {
  const all = connections.map(({ line, route, why, openedUs, closedUs, closedWhy }) => ({
    line,
    route,
    why,
    opened: instant(openedUs),
    closed: instantOrNull(closedUs),
    closed_why: closedWhy,
  }));
  const { kept, omitted } = shortened(all);
  const omittedBefore = sum(minutes, ({ connectionsOmitted }) => connectionsOmitted);
  return { connections: kept, connections_omitted: omitted + omittedBefore };
}

function stretchList(
  connections: readonly MinuteConnection[],
  minutes: readonly Minute[],
  ran: RanUs,
): Pick<Sidecar, 'stretches' | 'stretches_omitted'> {
  const lines = minutes[0]?.head.lines ?? [];
  const stalls = minutes.flatMap((minute) => minute.stalls);
  const all = lines.flatMap((_, line) => {
    const ofLine = connections.filter((connection) => connection.line === line);
    return linePauses(line, minutes, ran).map((pause) => ({ line, pause, ofLine }));
  });
  // A reader of a list that was cut knows by its order until when it has the stretches of all lines.
  all.sort((a, b) => a.pause.fromUs - b.pause.fromUs || a.line - b.line);
  const { kept, omitted } = shortened(all);
  const stretches = kept.map(({ line, pause, ofLine }) => stretchOf(line, pause, ofLine, stalls));
  return { stretches, stretches_omitted: omitted };
}

function doubtList(minutes: readonly Minute[]): Pick<Sidecar, 'doubts' | 'doubts_omitted'> {
  const all = minutes
    .flatMap(({ doubts }) => doubts)
    .map(({ line, atUs, doubt, symbol, sinceUs }) => ({
      line,
      at: instant(atUs),
      found: doubt,
      symbol,
      since: instant(sinceUs),
    }));
  const { kept, omitted } = shortened(all);
  const omittedBefore = sum(minutes, ({ doubtsOmitted }) => doubtsOmitted);
  return { doubts: kept, doubts_omitted: omitted + omittedBefore };
}

function shortened<T>(all: readonly T[]): { readonly kept: T[]; readonly omitted: number } {
  const kept = all.slice(0, SIDECAR_LIST_MAX);
  return { kept, omitted: all.length - kept.length };
}

function extreme(
  of: (...values: number[]) => number,
  minutes: readonly Minute[],
  pick: (minute: Minute) => number | null,
): number | null {
  const values = minutes.flatMap((minute) => pick(minute) ?? []);
  return values.length === 0 ? null : of(...values);
}

function sum<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}

/** Without a negative zero. */
function wholeMs(durationUs: number): number {
  return Math.round(durationUs / 1_000) + 0;
}

function textOrNull(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function instantOrNull(atUs: number | null | undefined): string | null {
  return atUs === null || atUs === undefined ? null : instant(atUs);
}
