/** Sidecars as a recorder writes them, from the few facts that a test is about. */
import {
  type Sidecar,
  type SidecarStretch,
  sidecarName,
} from '../../../src/core/sidecar/sidecar.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';

export interface MadeLine {
  readonly stream: StreamName;
  readonly symbols: readonly string[];
  /** Instants between which a connection was open; all the time by default. */
  readonly open?: readonly (readonly [from: string, to: string | null])[];
  /** Instants between which no row of the line came. */
  readonly silent?: readonly (readonly [from: string, to: string])[];
}

export interface MadeSidecar {
  readonly part?: string;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly MadeLine[];
  readonly clockOffsetMs?: number | null;
  readonly changes?: Partial<Sidecar>;
}

export function madeSidecar({
  part = 'a1',
  from,
  to,
  lines,
  clockOffsetMs = 0,
  changes,
}: MadeSidecar): Sidecar {
  return {
    sidecar_version: 1,
    recorder: part,
    market: 'usdm',
    endpoint: 'wss://example.com',
    from,
    to,
    ended: 'running',
    clock_offset_ms: clockOffsetMs,
    lag_ms_max: null,
    round_trip_ms: null,
    spool_bytes_max: 0,
    frames_broken: 0,
    lines: lines.map(({ stream, symbols }) => ({ stream, symbols })),
    streams: [],
    connections: lines.flatMap(({ open = [[from, null]] }, line) =>
      open.map(([opened, closed]) => ({
        line,
        route: '/public',
        why: 'first',
        opened,
        closed,
        closed_why: closed === null ? null : '1006',
      })),
    ),
    connections_omitted: 0,
    stretches: lines.flatMap(({ silent = [] }, line) =>
      silent.map(([begin, end]): SidecarStretch => ({
        line,
        from: begin,
        to: end,
        state: 'silent',
      })),
    ),
    stretches_omitted: 0,
    doubts: [],
    doubts_omitted: 0,
    ...changes,
  };
}

/** Its name and text below a raw root. */
export function sidecarFile(sidecar: Sidecar): readonly [name: string, text: string] {
  const name = sidecarName(
    sidecar.from.slice(0, 10),
    Number(sidecar.from.slice(11, 13)),
    sidecar.recorder,
  );
  return [name, JSON.stringify(sidecar)];
}
