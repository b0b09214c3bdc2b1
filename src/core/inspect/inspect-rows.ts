/** Inspects a signals or a patterns file: what it spans, and how often each word stands in it. Makes no check. */
import type { FileTable } from '../column/file-table.js';
import { PATTERN_EVENTS } from '../column/pattern-table.js';
import { SIGNALS } from '../column/signal-table.js';
import { FlowbarsError } from '../unit/errors.js';
import { counted } from '../unit/words.js';
import { gridShape } from './bar-file-shape.js';
import type { PatternsInspection, SignalsInspection } from './inspection.js';

type Table = readonly (readonly string[])[];

/** `table`: every record, the header first. Throws a FlowbarsError of kind `data`. */
export function inspectSignals(table: Table, where: string): SignalsInspection {
  refuseOthers(table, SIGNALS, where);
  const { date, resolution } = gridShape(table, where);
  return {
    kind: 'signals',
    date,
    resolution: resolution.name,
    ...spanOf(table),
    fill_reasons: countsOf(table, SIGNALS.at('fill_reason')),
  };
}

/** The same of a file of events, which may have none. */
export function inspectPatterns(table: Table, where: string): PatternsInspection {
  refuseOthers(table, PATTERN_EVENTS, where);
  return {
    kind: 'patterns',
    ...spanOf(table),
    patterns: countsOf(table, PATTERN_EVENTS.at('pattern')),
    directions: countsOf(table, PATTERN_EVENTS.at('direction')),
  };
}

function refuseOthers(table: Table, { kind, header }: FileTable, where: string): void {
  const expected = `the columns of ${kind}: ${header.join(',')}`;
  const found = (table[0] ?? []).join(',');
  if (found !== header.join(',')) throw faulty(where, 'header', found, expected);
  const odd = table.findIndex((row) => row.length !== header.length);
  if (odd < 0) return;
  const cells = counted((table[odd] ?? []).length, 'cell');
  throw faulty(`${where} line ${odd + 1}`, 'row', cells, counted(header.length, 'cell'));
}

/** Both kinds begin with a time. */
function spanOf(table: Table): Pick<SignalsInspection, 'rows' | 'first' | 'last'> {
  const rows = table.length - 1;
  if (rows < 1) return { rows: 0, first: null, last: null };
  return { rows, first: table[1]?.[0] ?? null, last: table.at(-1)?.[0] ?? null };
}

/** How many rows hold each word of a column, the most frequent first. */
function countsOf(table: Table, at: number): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const row of table.slice(1)) {
    const word = row[at] ?? '';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

function faulty(where: string, what: string, found: string, expected: string): FlowbarsError {
  return new FlowbarsError('data', { where, what, found: `'${found.slice(0, 80)}'`, expected });
}
