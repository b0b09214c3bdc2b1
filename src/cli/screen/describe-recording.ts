/** The sentences of a recorder's events, for a list of logs and above its live page. */
import { formatCounted, formatMegabytes } from './figures.js';

type Fields = Readonly<Record<string, unknown>>;

/** By event. An event without a sentence shows its plain fields. */
export const RECORDING_SENTENCES: Readonly<Record<string, (fields: Fields) => string>> = {
  metrics_served: ({ host, port }) => `metrics on http://${text(host)}:${text(port)}/metrics`,
  session_begun: ({ endpoint, lines }) => `recording ${list(lines)} from ${text(endpoint)}`,
  clock_put_back: () =>
    'the clock of this machine was put back: a further session begins, with a part of its own',
  session_ended: () => 'all connections are closed',
  connection_opened: ({ line, connection, route, why }) =>
    `${place(line, connection)} open on ${text(route) === '' ? 'the legacy route' : text(route)}: ${text(why)}`,
  connection_delivering: ({ line, connection }) => `${place(line, connection)} delivers`,
  connection_closed: ({ line, connection, why, frames }) =>
    `${place(line, connection)} closed after ${counted(frames, 'frame')}: ${text(why)}`,
  connection_refused: ({ line, connection, why }) =>
    `${place(line, connection)} failed: ${text(why)}`,
  stream_doubtful: ({ line, doubt, symbol, seconds }) =>
    `line ${text(line)}: ${symbol === null ? 'all symbols' : text(symbol)} ${text(doubt)} for ${text(seconds)} s` +
    (doubt === 'idle' ? ' while others come: is the name right?' : ''),
  frame_broken: ({ line, connection, found, expected }) =>
    `${place(line, connection)} sent a frame that cannot be read: found ${text(found)}, expected ${text(expected)}`,
  reception_paused: () => 'the disk is too slow: the sockets are paused',
  reception_resumed: () => 'the sockets are read again',
  recording: (fields) =>
    `${counted(fields['rows'], 'row')}, ${text(fields['lines_silent'])} of ${counted(fields['lines'], 'line')} silent, ` +
    `lag ${text(fields['lag_ms_max'])} ms, spool ${megabytes(fields['spool_bytes'])}, ${counted(fields['uploads_waiting'], 'file')} wait`,
  spool_recovered: ({ segments, hours }) =>
    `finished what an earlier session left: ${counted(segments, 'minute')}, ${counted(hours, 'hour')}`,
  upload_failing: ({ where, what, found, expected }) =>
    `uploads fail and are tried again: ${text(where)} ${text(what)}: found ${text(found)}, expected ${text(expected)}`,
  upload_recovered: ({ failures, seconds }) =>
    `uploads succeed again after ${counted(failures, 'failure')} in ${text(seconds)} s`,
};

function place(line: unknown, connection: unknown): string {
  return `line ${text(line)}: connection ${text(connection)}`;
}

/** A field of an event as text, whatever it is. */
export function text(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(', ') : text(value);
}

export function counted(value: unknown, noun: string): string {
  return typeof value === 'number' ? formatCounted(value, noun) : `– ${noun}s`;
}

export function megabytes(value: unknown): string {
  return typeof value === 'number' ? formatMegabytes(value) : '–';
}
