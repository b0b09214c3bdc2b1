/** Lists the events of published symbol-days, each with the lines of the stored files that it was read off. */
import type { ArtifactKind } from '../../core/rule/products.js';
import { readEvents, type StoredEvent } from '../../core/pattern/read-events.js';
import type { FileLines, ListedEvent, ListedEvents } from '../../core/score/pattern-documents.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { listedFile } from './listed-file.js';
import type { PatternSearch } from './pool-scoreboards.js';
import { areGood, type FileOfDay, readListedFiles, type ReadFile } from './read-listed.js';

/** So many are in memory at once. */
export const EVENTS_MAX = 500_000;

/** The line of a day's first row: line 1 is the header. */
const FIRST_LINE = 2;

/** Throws a usage error for more than EVENTS_MAX events. */
export async function listEvents(
  { patterns, ...search }: PatternSearch,
  effects: Pick<Effects, 'out' | 'codec' | 'tables'>,
): Promise<ListedEvents> {
  let count = 0;
  const read = (file: ReadFile): ListedEvent[] => {
    const records = effects.tables.read(file.bytes, file.name);
    const stored = readEvents(records, { date: file.day.date, where: file.name });
    const events = stored.flatMap((event, index) =>
      patterns.includes(event.pattern) ? [listedEvent(event, FIRST_LINE + index, file)] : [],
    );
    count += events.length;
    refuseMore(count);
    return events;
  };
  const beside = ['signals', 'bars'] as const;
  const found = await readListedFiles({ ...search, kind: 'patterns', beside, read }, effects);
  return {
    schema_version: SCHEMA_VERSION,
    out: effects.out.root,
    from: search.dates.at(0) ?? '',
    to: search.dates.at(-1) ?? '',
    good: areGood(found),
    unreadable_manifests: found.unreadable,
    symbol_days: found.values.length,
    events: found.values.flat(),
    left_out: found.leftOut,
  };
}

function refuseMore(events: number): void {
  if (events <= EVENTS_MAX) return;
  throw new FlowbarsError('usage', {
    where: '--events',
    what: 'events',
    found: `more than ${EVENTS_MAX}`,
    expected: `at most ${EVENTS_MAX} (narrow --from, --to, --symbols or --pattern)`,
  });
}

function listedEvent(
  { pattern, direction, cells, fromRow, toRow }: StoredEvent,
  line: number,
  { day, name, files }: ReadFile,
): ListedEvent {
  return {
    symbol: day.symbol,
    confirmed: cells.confirmed,
    pattern,
    direction,
    from: cells.from,
    price: cells.price,
    strength: cells.strength,
    threshold: cells.threshold,
    outcome_10s_bps: cellOrNull(cells.outcome_10s_bps),
    outcome_60s_bps: cellOrNull(cells.outcome_60s_bps),
    outcome_300s_bps: cellOrNull(cells.outcome_300s_bps),
    patterns: { file: name, from_line: line, to_line: line },
    signals: linesOf(files, 'signals', fromRow, toRow),
    bars: linesOf(files, 'bars', fromRow, toRow),
  };
}

function cellOrNull(cell: string): string | null {
  return cell === '' ? null : cell;
}

function linesOf(
  files: readonly FileOfDay[],
  kind: ArtifactKind,
  fromRow: number,
  toRow: number,
): FileLines | null {
  const file = listedFile(files, kind);
  if (file === undefined) return null;
  return { file: file.name, from_line: fromRow + FIRST_LINE, to_line: toRow - 1 + FIRST_LINE };
}
