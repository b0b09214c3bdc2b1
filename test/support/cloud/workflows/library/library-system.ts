/** The standard library on time, environment and log: what looks at the world outside the workflow. */
import { blocking, pure, type Given, type LibraryTable, type LogEntry } from './library.js';
import { wrong } from './library-values.js';
import { isMap, type Value } from '../expression/values.js';
import { notModelled, raised } from '../run/workflow-errors.js';

const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:Z|([+-])(\d\d):(\d\d))$/u;
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
  'sys.sleep': blocking('seconds', async ([seconds = null], { waitMs }) => {
    const isNumber = typeof seconds === 'bigint' || typeof seconds === 'number';
    if (!isNumber) throw wrong('sys.sleep', seconds);
    if (seconds < 0) throw raised('ValueError', 'sys.sleep: a negative number of seconds');
    await waitMs(Number(seconds) * 1000);
    return null;
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
  'time.parse': pure('value', ([value = null]) => {
    if (typeof value !== 'string') throw wrong('time.parse', value);
    return parsed(value);
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

function parsed(text: string): number {
  const match = RFC3339.exec(text);
  const invalid = raised('ValueError', `time.parse: '${text}' is not a time of RFC 3339`);
  if (match === null) throw invalid;
  const [, year, month, day, hour, minute, second, fraction = '', sign, aheadH, aheadM] = match;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  // A day or an hour that does not exist comes back as another one.
  if (y < 100 || date.toISOString().slice(0, 19) !== text.slice(0, 19)) throw invalid;
  const ahead = (Number(aheadH ?? 0) * 60 + Number(aheadM ?? 0)) * (sign === '-' ? -60 : 60);
  return date.getTime() / 1000 - ahead + Number(`0.${fraction === '' ? '0' : fraction}`);
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
