/** Refuses a column of a bar whose file is not published: nothing would be compared. */
import { BARS } from '../../core/column/bar-table.js';
import { SIGNALS } from '../../core/column/signal-table.js';
import { OUTPUTS } from '../../core/rule/products.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import type { PublishedBar } from './published-bar.js';

export interface AskedColumn {
  /** Undefined: all. */
  readonly column: string | undefined;
  /** The command that publishes a day by these rules, as typed. */
  readonly publishCommand: (day: SymbolDay, rules: DayRules) => string;
}

/** Throws a usage error. */
export function refuseUnpublished(
  day: SymbolDay,
  { column, publishCommand }: AskedColumn,
  { report, resolution, rows }: PublishedBar,
): void {
  if (column === undefined) return;
  const files = [
    { kind: 'bars' as const, table: BARS },
    { kind: 'signals' as const, table: SIGNALS },
  ].filter(({ table }) => table.header.some((name) => name === column));
  const [lacking] = files;
  if (lacking === undefined || files.some(({ kind }) => rows[kind] !== undefined)) return;
  const rules = publishedRules(report);
  const outputs = OUTPUTS.filter((one) => one === lacking.kind || rules.outputs.includes(one));
  refuse(
    '--column',
    'column',
    `${quoted(column)} of ${lacking.kind}, which are not published at ${resolution.name} for ${day.symbol} ${day.date}`,
    `a column of a published file; to publish them: ${publishCommand(day, { ...rules, outputs })}`,
  );
}
