/**
 * What a recorder knew of one hour, declared once: `_recorder/{date}/{HH}_{part}.json` below a raw root (docs/INPUT.md).
 * The quality report reads it to name the cause of an outage.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';

/** Folder of sidecars below a raw root; no symbol begins with `_`. */
export const SIDECAR_FOLDER = '_recorder';
/** Stretches, connections and doubts that a sidecar names; more are counted. */
export const SIDECAR_LIST_MAX = 1_000;

export function sidecarName(date: string, hour: number, part: string): string {
  return `${SIDECAR_FOLDER}/${date}/${String(hour).padStart(2, '0')}_${part}.json`;
}

const SIDECAR_PARTS = {
  sidecar_stream: {
    is: 'object',
    about: 'One stream of one symbol.',
    fields: {
      symbol: { is: 'name', about: 'Its symbol.' },
      stream: { is: 'word', of: ['trades', 'depth'], about: 'Its stream.' },
      line: { is: 'count', about: 'Index of its line.' },
      frames: { is: 'count', about: 'Frames received: rows and duplicates.' },
      rows: { is: 'count', about: 'Rows in chunks.' },
      duplicates: {
        is: 'count',
        about: 'Frames that another connection of the same recorder had delivered before.',
      },
      first_id: { is: 'text', orNull: true, about: 'Id of the first row; null without rows.' },
      last_id: { is: 'text', orNull: true, about: 'Id of the last row; null without rows.' },
      first_at: { is: 'instant', orNull: true, about: 'Arrival of the first row.' },
      last_at: { is: 'instant', orNull: true, about: 'Arrival of the last row.' },
    },
  },
  sidecar_line: {
    is: 'object',
    about: 'One subscription: a stream of some symbols, on one connection at a time.',
    fields: {
      stream: { is: 'word', of: ['trades', 'depth'], about: 'Its stream.' },
      symbols: { is: 'list', of: { is: 'name' }, max: 200, about: 'Its symbols.' },
    },
  },
  sidecar_connection: {
    is: 'object',
    about: 'One connection.',
    fields: {
      line: { is: 'count', about: 'Index of its line.' },
      route: { is: 'text', about: 'Path of the address, such as /public.' },
      why: { is: 'text', about: 'Why it was opened.' },
      opened: { is: 'instant', about: 'When it was acknowledged.' },
      closed: { is: 'instant', orNull: true, about: 'When it ended; null if it went on.' },
      closed_why: { is: 'text', orNull: true, about: 'Why it ended; null if it went on.' },
    },
  },
  sidecar_stretch: {
    is: 'object',
    about:
      'A stretch of more than two seconds in which a line delivered no row, of any of its symbols.',
    fields: {
      line: { is: 'count', about: 'Index of the line.' },
      from: {
        is: 'instant',
        about: 'Arrival of the last row before it, or where the hour begins.',
      },
      to: { is: 'instant', about: 'Arrival of the first row after it, or where the hour ends.' },
      state: {
        is: 'word',
        of: ['disconnected', 'silent', 'stalled'],
        about:
          'disconnected: no connection of the line was open for most of it. silent: one was open, and nothing came. stalled: the recorder read nothing for most of it.',
      },
    },
  },
  sidecar_doubt: {
    is: 'object',
    about: 'What a watchdog found.',
    fields: {
      line: { is: 'count', about: 'Index of the line.' },
      at: { is: 'instant', about: 'When it was found.' },
      found: {
        is: 'word',
        of: ['silent', 'idle', 'frozen', 'refused'],
        about:
          'silent: no row of the line came. idle: no row of the symbol. frozen: its snapshots stood still. refused: the exchange refused to subscribe it.',
      },
      symbol: { is: 'text', orNull: true, about: 'The symbol; null for the whole line.' },
      since: { is: 'instant', about: 'Since when.' },
    },
  },
  sidecar: {
    is: 'object',
    about: 'What one recorder knew of one hour of its clock.',
    fields: {
      sidecar_version: { is: 'positive', about: 'Version of this shape: 1.' },
      recorder: { is: 'name', about: 'The part in the names of its chunks.' },
      market: { is: 'text', about: 'The market, as in _dataset.json.' },
      endpoint: { is: 'text', about: 'Where it connected.' },
      from: { is: 'instant', about: 'Since when it ran in this hour.' },
      to: { is: 'instant', about: 'Until when it ran in this hour, end exclusive.' },
      ended: {
        is: 'word',
        of: ['running', 'stopped', 'lost'],
        about:
          'running: it went on after this hour. stopped: it was told to. lost: it was killed or crashed, and `to` is the last that its spool says.',
      },
      clock_offset_ms: {
        is: 'integer',
        orNull: true,
        about:
          "Estimate of the recorder's clock minus the exchange's: the least time from sending to arrival, minus half of the shortest round trip of a ping. Null without rows.",
      },
      lag_ms_max: {
        is: 'integer',
        orNull: true,
        about:
          'The longest time from sending (event_time) to arrival, by these two clocks; null without rows.',
      },
      round_trip_ms: {
        is: 'amount',
        orNull: true,
        about: 'The shortest round trip of a ping; null if none was answered.',
      },
      spool_bytes_max: { is: 'count', about: 'Most bytes in the spool.' },
      frames_broken: { is: 'count', about: 'Frames that were none.' },
      lines: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_line' },
        max: 1_000,
        about: 'Its lines.',
      },
      streams: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_stream' },
        max: 10_000,
        about: 'Its streams.',
      },
      connections: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_connection' },
        max: 1_000,
        about: 'Connections that were open in this hour, the first 1,000.',
      },
      connections_omitted: { is: 'count', about: 'Further ones.' },
      stretches: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_stretch' },
        max: 1_000,
        about:
          'Stretches without rows, by their start and then by line, the first 1,000: up to the start of the last one those of all lines are told.',
      },
      stretches_omitted: { is: 'count', about: 'Further ones.' },
      doubts: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_doubt' },
        max: 1_000,
        about: 'What watchdogs found, the first 1,000.',
      },
      doubts_omitted: { is: 'count', about: 'Further ones.' },
    },
  },
} as const;

type Named = typeof SIDECAR_PARTS;

export const SIDECAR_SHAPES: Named = SIDECAR_PARTS;

export type Sidecar = ValueOf<Named['sidecar'], Named>;
export type SidecarStretch = ValueOf<Named['sidecar_stretch'], Named>;

export const isSidecar: Guard<Sidecar> = guardOf('sidecar', SIDECAR_SHAPES);
