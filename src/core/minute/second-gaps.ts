/** HOT. What is missing of each second of a day, by its signals as they are written. Quiet time is no gap. */
import { FILL_REASONS, type FillReason, SIGNALS } from '../column/signal-table.js';
import type { StoredFile } from '../pattern/day-cells.js';
import { assert, FlowbarsError } from '../unit/errors.js';
import { DAY_SECONDS } from '../unit/utc-date.js';
import type { SecondCells } from './second-day.js';
import { GAP_NONE, GAP_OUTAGE, GAP_UNPROVEN } from './second-prices.js';

const LF = 10;
const COMMA = 44;
/** Bytes of `2025-12-11T00:00:00Z,`, behind which the reason stands. */
const STAMP_BYTES = 21;

const GAPS: Readonly<Record<FillReason, number>> = {
  traded: GAP_NONE,
  feed_down: GAP_OUTAGE,
  trades_missing: GAP_OUTAGE,
  unproven: GAP_UNPROVEN,
  not_expected: GAP_OUTAGE,
  quiet: GAP_NONE,
};

/** By second, one of the GAP codes. `signals` was read already, so its rows are in order. */
export function secondGaps({ signal }: SecondCells, signals: StoredFile): Uint8Array {
  const gaps = reasonGaps(signals);
  const [trades, depth] = [signal('trades_missing_ms'), signal('depth_missing_ms')];
  for (let row = 0; row < gaps.length; row++) {
    if (trades.sign(row) > 0 || depth.sign(row) > 0) gaps[row] = GAP_OUTAGE;
  }
  return gaps;
}

function reasonGaps({ bytes, name }: StoredFile): Uint8Array {
  assert(SIGNALS.at('fill_reason') === 1, 'the reason stands behind the time');
  const gaps = new Uint8Array(DAY_SECONDS);
  let line = bytes.indexOf(LF) + 1;
  for (let row = 0; row < DAY_SECONDS; row++) {
    const from = line + STAMP_BYTES;
    const end = bytes.indexOf(COMMA, from);
    const reason = FILL_REASONS.find((word) => isWord(word, bytes, from, end));
    if (reason === undefined) {
      throw new FlowbarsError('data', {
        where: `${name} line ${row + 2}`,
        what: 'column fill_reason',
        found: `'${String.fromCharCode(...bytes.subarray(from, Math.min(end, from + STAMP_BYTES)))}'`,
        expected: FILL_REASONS.join(', '),
      });
    }
    gaps[row] = GAPS[reason];
    line = bytes.indexOf(LF, end) + 1;
  }
  return gaps;
}

function isWord(word: string, bytes: Uint8Array, from: number, end: number): boolean {
  if (word.length !== end - from) return false;
  for (let index = 0; index < word.length; index++) {
    if (bytes[from + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}
