/** Inspects one signals file: what it spans, why its bars hold what they hold, and its checks. */
import { CELL_ONE } from '../check/cell-values.js';
import { checkSignals } from '../check/signal-file-checks.js';
import { FILL_REASONS, SIGNALS } from '../column/signal-table.js';
import { gridFileShape } from './grid-file-shape.js';
import type { SignalsInspection } from './inspection.js';

const REASON_AT = SIGNALS.at('fill_reason');
const TRADES_MISSING_AT = SIGNALS.at('trades_missing_ms');
const DEPTH_MISSING_AT = SIGNALS.at('depth_missing_ms');

/** `table`: every record, the header first. Throws a FlowbarsError of kind `data` if it has no day. */
export function inspectSignals(
  table: readonly (readonly string[])[],
  name: string,
): SignalsInspection {
  const { date, resolution } = gridFileShape(SIGNALS, table, name);
  const reasonRows = FILL_REASONS.map(() => 0);
  let tradesMissingMs = 0n;
  let depthMissingMs: bigint | undefined;
  const hasBook = (table[1]?.[DEPTH_MISSING_AT] ?? '') !== '';
  const { checks, rows } = checkSignals(table, { name, date, resolution, hasBook }, (values) => {
    const reason = Number(values[REASON_AT] ?? -1n);
    if (reason >= 0) reasonRows[reason] = (reasonRows[reason] ?? 0) + 1;
    tradesMissingMs += values[TRADES_MISSING_AT] ?? 0n;
    const depthMs = values[DEPTH_MISSING_AT];
    if (depthMs !== undefined) depthMissingMs = (depthMissingMs ?? 0n) + depthMs;
  });
  return {
    kind: 'signals',
    date,
    resolution: resolution.name,
    columns: table[0] ?? [],
    rows,
    first: table[1]?.[0] ?? '',
    last: table.at(-1)?.[0] ?? '',
    fill_reasons: FILL_REASONS.map((reason, place) => ({ reason, rows: reasonRows[place] ?? 0 })),
    trades_missing_ms: wholeOf(tradesMissingMs),
    depth_missing_ms: depthMissingMs === undefined ? null : wholeOf(depthMissingMs),
    good: checks.every(({ ok }) => ok),
    checks,
  };
}

function wholeOf(value: bigint): number {
  return Number(value / CELL_ONE);
}
