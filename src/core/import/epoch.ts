/** Epoch times as digits: 13 are milliseconds, 16 microseconds, 19 nanoseconds. */
import { FlowbarsError } from '../unit/errors.js';
import { quoted } from '../unit/typed-text.js';
import type { Where } from './import-row.js';

const EPOCH_PATTERN = /^\d{13}(?:\d{3}(?:\d{3})?)?$/;
const MILLISECOND_DIGITS = 13;
const NANOSECOND_DECIMALS = 9;
const SHOWN_CHARACTERS = 40;

export function isEpoch(text: string): boolean {
  return EPOCH_PATTERN.test(text);
}

/** Cut to milliseconds; for a text that is one. */
export function epochMs(text: string): number {
  return Number(text.slice(0, MILLISECOND_DIGITS));
}

/** Throws a data error for a text that is none. `column`: as the source names it. */
export function exchangeTimeMs(text: string, column: string, where: Where): number {
  if (isEpoch(text)) return epochMs(text);
  throw new FlowbarsError('data', {
    where: where(),
    what: `column ${column}`,
    found: quoted(text.slice(0, SHOWN_CHARACTERS)),
    expected:
      'a time as 13, 16 or 19 digits since the epoch (milliseconds, microseconds, nanoseconds)',
  });
}

const ABSENT_PATTERN = /^(?:none|null|nan)?$/i;

/** By the recorder's clock, else, in a row that lacks it, by the exchange time. Throws a data error for what is no time. */
export function arrivalMsOf(
  received: string,
  timeMs: number,
  { column, where }: { readonly column: string; readonly where: Where },
): number {
  return ABSENT_PATTERN.test(received) ? timeMs : exchangeTimeMs(received, column, where);
}

/** Nanoseconds of `1617647797.5963788`, digit by digit. */
export function nanosecondsOfSeconds(seconds: string, decimals: string): string {
  return `${seconds}${decimals.slice(0, NANOSECOND_DECIMALS).padEnd(NANOSECOND_DECIMALS, '0')}`;
}
