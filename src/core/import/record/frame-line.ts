/** A line of recorded frames: the frame, and the receive time in front of it. */
import { isEpoch, nanosecondsOfSeconds } from '../epoch.js';

export interface FrameLine {
  /** Epoch digits of the recorder's clock; empty if the line has none. */
  readonly receiveTime: string;
  readonly json: string;
}

export interface SkippedLine {
  readonly skipped: string;
}

/** What cryptofeed writes between the frames. */
const SKIPPED: readonly (readonly [pattern: RegExp, skipped: string])[] = [
  [/^configuration: /, 'line of the configuration'],
  [/^wss?:\/\/\S+ <-> /, 'line of a connection'],
  [/^https?:\/\/\S+ -> /, 'answer to a request'],
];

const SECONDS_PATTERN = /^(\d{10})(?:\.(\d+))?: *$/;

/** `<digits> {…}` (hftbacktest), `<seconds.fraction>: {…}` (cryptofeed) or `{…}`; undefined for any other line. */
export function frameLine(line: string): FrameLine | SkippedLine | undefined {
  const at = line.indexOf('{');
  if (at === 0) return { receiveTime: '', json: line };
  const skipped = SKIPPED.find(([pattern]) => pattern.test(line));
  if (skipped !== undefined) return { skipped: skipped[1] };
  if (at < 0) return undefined;
  const json = line.slice(at);
  const head = line.slice(0, at);
  const digits = head.trimEnd();
  if (isEpoch(digits)) return { receiveTime: digits, json };
  const [isSeconds, seconds = '', decimals = ''] = SECONDS_PATTERN.exec(head) ?? [];
  if (isSeconds === undefined) return undefined;
  return { receiveTime: nanosecondsOfSeconds(seconds, decimals), json };
}
