/** Reads a bar file as the minutes of its day: 1m bars directly, 1s bars rolled up exactly. */
import { checkBars } from '../check/bar-file-checks.js';
import type { RowValues } from '../check/cell-values.js';
import { RollUp } from '../across/roll-up-check.js';
import { type BarColumn, BARS } from '../column/bar-table.js';
import { barFileShape } from '../inspect/grid-file-shape.js';
import type { CheckResult } from '../stored/manifest.js';
import { FlowbarsError } from '../unit/errors.js';
import type { Resolution } from '../unit/resolution.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { MinuteFigures } from './minute-figures.js';

const MINUTE_SECONDS = 60;
/** The checks that a comparison needs. Other faults show in the comparison or in `inspect`. */
const NEEDED_CHECKS: readonly string[] = ['columns', 'row_count', 'time_steps', 'number_format'];

export interface MinuteBars {
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** One per minute of the day. */
  readonly minutes: readonly MinuteFigures[];
}

/** `table`: every record of the bar file. Any resolution but 1s and 1m is a usage error. */
export function minuteBars(table: readonly (readonly string[])[], where: string): MinuteBars {
  const { date, resolution, carriedPrice } = barFileShape(table, where);
  if (resolution.seconds !== MINUTE_SECONDS && resolution.seconds !== 1) {
    const found = `bars of ${resolution.name}`;
    throw new FlowbarsError('usage', { where, what: 'resolution', found, expected: '1m or 1s' });
  }
  const expectation = { name: where, date, resolution, seedPrice: carriedPrice };
  const rollUp = new RollUp(BARS, MINUTE_SECONDS / resolution.seconds);
  const { checks } = checkBars(table, expectation, (values) => rollUp.take(values));
  refuseBroken(checks, { where, kind: 'bar' });
  return { date, resolution, minutes: rollUp.rolled.map(figuresOf) };
}

/** Throws a FlowbarsError of kind `data` if a check that a comparison needs is broken. */
export function refuseBroken(
  checks: readonly CheckResult[],
  { where, kind }: { readonly where: string; readonly kind: 'bar' | 'signals' },
): void {
  const broken = checks.find(({ check, ok }) => !ok && NEEDED_CHECKS.includes(check));
  if (broken === undefined) return;
  throw new FlowbarsError('data', {
    where,
    what: `check ${broken.check}`,
    found: broken.detail,
    expected: `a ${kind} file of flowbars`,
  });
}

function figuresOf(values: RowValues): MinuteFigures {
  const cell = (column: BarColumn): bigint | undefined => values[BARS.at(column)];
  return {
    open: cell('open'),
    high: cell('high'),
    low: cell('low'),
    close: cell('close'),
    volume: cell('vol_total'),
    taker_buy_volume: cell('vol_buy'),
    count: cell('trade_count'),
    quote_volume: undefined,
    taker_buy_quote_volume: undefined,
  };
}
