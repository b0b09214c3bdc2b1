/** The rows of a patterns file, one for each event (docs/SIGNALS.md). */
import { PATTERN_EVENTS } from '../column/pattern-table.js';
import { fileRows } from '../encode/file-rows.js';
import { type Decimal, formatDecimal } from '../unit/decimal.js';
import { isoStamp } from '../unit/utc-date.js';
import { plainText } from './condition.js';
import type { PatternEvent } from './day-patterns.js';
import { type Move, OUTCOME_DECIMALS } from './known-rows.js';

/** One array of fields per row. `events` are in the order of the file. */
export function patternRows(events: readonly PatternEvent[]): Iterable<string[]> {
  const cell =
    (textOf: (event: PatternEvent) => string | undefined) =>
    (row: number): string | undefined => {
      const event = events[row];
      return event === undefined ? undefined : textOf(event);
    };
  return fileRows(
    PATTERN_EVENTS,
    {
      confirmed: cell(({ confirmedMs }) => isoStamp(confirmedMs)),
      pattern: cell(({ pattern }) => pattern),
      direction: cell(({ direction }) => direction),
      from: cell(({ fromMs }) => isoStamp(fromMs)),
      price: cell(({ doublePrice }) => halfText(doublePrice)),
      strength: cell(({ strength }) => plainText(strength)),
      threshold: cell(({ threshold }) => plainText(threshold)),
      outcome_10s_bps: cell(({ outcomes }) => outcomeText(outcomes.get(10))),
      outcome_60s_bps: cell(({ outcomes }) => outcomeText(outcomes.get(60))),
      outcome_300s_bps: cell(({ outcomes }) => outcomeText(outcomes.get(300))),
    },
    { rows: events.length, carried: undefined },
  );
}

/** A half is five tenths. */
function halfText({ mantissa, decimals }: Decimal): string {
  return formatDecimal(mantissa * 5n, decimals + 1);
}

function outcomeText(move: Move | undefined): string | undefined {
  return move === undefined ? undefined : formatDecimal(move.rounded, OUTCOME_DECIMALS);
}
