/** The standard library on time, environment and log: what looks at the world outside the workflow. */
import { blocking, pure, type Given, type LibraryTable, type LogEntry } from './library.js';
import { wrong } from './library-values.js';
import { isMap, type Value } from '../expression/values.js';
import { notModelled, raised } from '../run/workflow-errors.js';

const SEVERITIES = [
  'DEFAULT',
  'DEBUG',
  'INFO',
  'NOTICE',
  'WARNING',
  'ERROR',
  'CRITICAL',
  'ALERT',
  'EMERGENCY',
];

export const SYSTEM_FUNCTIONS: LibraryTable = {
  'sys.now': pure('', (_given, { nowMs }) => nowMs() / 1000),
  'sys.get_env': pure('name, default?', ([name = null, preset], { environment }) => {
    if (typeof name !== 'string') throw wrong('sys.get_env', name);
    if (preset !== undefined && typeof preset !== 'string') throw wrong('sys.get_env', preset);
    const value = environment.get(name) ?? preset;
    if (value !== undefined) return value;
    throw notModelled(`sys.get_env of '${name}', which is not set and has no default`);
  }),
  'sys.log': blocking('data?, severity?, text?, json?', (given, { log }) => {
    log(logEntry(given));
    return null;
  }),
  'time.format': pure('seconds, timezone?', ([seconds = null, zone = '']) => {
    if (typeof zone !== 'string') throw wrong('time.format', zone);
    if (zone !== '' && zone !== 'UTC') throw notModelled(`time.format in the zone '${zone}'`);
    if (typeof seconds !== 'bigint' && typeof seconds !== 'number') {
      throw wrong('time.format', seconds);
    }
    return formatted(Number(seconds));
  }),
};

/** Always six decimals. */
function formatted(seconds: number): string {
  const microseconds = Math.floor(seconds * 1e6);
  const date = new Date(Math.floor(microseconds / 1000));
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw raised('ValueError', 'time.format: year out of range');
  const below = microseconds - Math.floor(microseconds / 1000) * 1000;
  return date.toISOString().replace('Z', `${String(below).padStart(3, '0')}Z`);
}

function logEntry([data, severity = 'DEFAULT', text, json]: readonly Given[]): LogEntry {
  const payloads = [data, text, json].filter((payload) => payload !== undefined);
  if (payloads.length !== 1) {
    throw raised('TypeError', 'sys.log: exactly one of data, text and json is given');
  }
  if (typeof severity !== 'string' || !SEVERITIES.includes(severity)) {
    throw raised('ValueError', `sys.log: the severity is one of ${SEVERITIES.join(', ')}`);
  }
  if (json !== undefined && !isMap(json)) throw wrong('sys.log', json);
  const payload: Value = payloads[0] ?? null;
  return { severity, payload };
}
