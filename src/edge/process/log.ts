/**
 * Logs behind the port: one JSON line per event as Cloud Logging reads it (`severity`, `message` and
 * the fields), and a rate limit for frequent events.
 * See https://cloud.google.com/logging/docs/structured-logging.
 */
import type { ErrorKind, FlowbarsError, FourParts } from '../../core/unit/errors.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import type { Clock, Log, Severity } from '../../jobs/ports.js';

type Fields = Readonly<Record<string, unknown>>;

/** A longer line is replaced: Cloud Logging limits the bytes of an entry (https://cloud.google.com/logging/quotas). */
export const LOG_LINE_CHARACTERS_MAX = 100_000;

/** One JSON line per event; `describe` gives the message that a list of logs shows. */
export function jsonLog(
  write: (text: string) => void,
  describe: (name: string, fields: Fields) => string,
): Log {
  return {
    event: (severity, name, fields) => {
      const head = { severity, message: describe(name, fields), event: name };
      const line = JSON.stringify({ ...head, ...fields, ...head }, replaceBigInt);
      const fits = line.length <= LOG_LINE_CHARACTERS_MAX;
      write(`${fits ? line : JSON.stringify({ ...head, omitted_characters: line.length })}\n`);
    },
  };
}

/** Lets events of these names pass once per interval and symbol-day, one that says that all is done too, and other events always. */
export function slowedLog(
  log: Log,
  names: readonly string[],
  intervalMs: number,
  clock: Clock,
): Log {
  const lastMsByKey = new Map<string, number>();
  return {
    event: (severity, eventName, fields) => {
      const { chunks_done: done, chunks_total: total } = fields;
      const isLast = typeof done === 'number' && done === total;
      if (names.includes(eventName) && !isLast) {
        const key = `${eventName} ${String(fields['symbol'])} ${String(fields['date'])}`;
        const nowMs = clock.nowMs();
        const lastMs = lastMsByKey.get(key);
        if (lastMs !== undefined && nowMs - lastMs < intervalMs) return;
        lastMsByKey.set(key, nowMs);
      }
      log.event(severity, eventName, fields);
    },
  };
}

/** The fields of the event `error`: the same four parts that a person reads. */
export function errorFields(error: FlowbarsError): Record<string, string> {
  const { what, found, expected, where } = error.parts;
  return { kind: error.kind, what, found, expected, where };
}

export interface LoggedEvent {
  readonly severity: Severity;
  readonly name: string;
  readonly fields: Fields;
}

const SEVERITIES: readonly Severity[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR'];

/** Parses a line of jsonLog; undefined for any other line. */
export function parseLogLine(line: string): LoggedEvent | undefined {
  const value = line.startsWith('{') ? readJson(line) : undefined;
  if (!isDictionary(value)) return undefined;
  const { severity: severityText, event, message: _message, ...fields } = value;
  const severity = SEVERITIES.find((known) => known === severityText);
  if (severity === undefined || typeof event !== 'string') return undefined;
  return { severity, name: event, fields };
}

/** The parts of an event `error` that no retry mends; undefined for any other event. */
export function blockedParts({ name, fields }: LoggedEvent): FourParts | undefined {
  const { kind, what, found, expected, where } = fields;
  if (name !== 'error' || kind !== ('blocked' satisfies ErrorKind)) return undefined;
  return {
    what: String(what),
    found: String(found),
    expected: String(expected),
    where: String(where),
  };
}

function replaceBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
