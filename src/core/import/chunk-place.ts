/** Where a chunk is stored, and whether the aggregation finds a row in it. */
import { chunkName, HOUR_LAYOUT, type RawLayout, wholeChunks } from '../rule/layout.js';
import { DAY_RULES } from '../rule/rule-table.js';
import { defaultRules } from '../rule/rules.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { SymbolName } from '../unit/symbol.js';
import { dateOf, DAY_MS, MINUTE_MS } from '../unit/utc-date.js';
import type { ImportRow } from './import-row.js';

const RULES = defaultRules(DAY_RULES);

/** A chunk, by what its name says. */
export interface ChunkPlace {
  readonly symbol: SymbolName;
  readonly stream: StreamName;
  readonly startMs: number;
}

export interface ChunkSpan {
  readonly minutes: 1 | 60;
  /** Around a day: what arrived then is read for it as well. */
  readonly edgeMinutes: number;
}

export function layoutOf(minutes: 1 | 60): RawLayout {
  const { streamNames, rawLayout } = RULES;
  return { streamNames, rawLayout: minutes === 1 ? rawLayout : HOUR_LAYOUT };
}

export function chunkSpan(minutes: 1 | 60): ChunkSpan {
  return { minutes, edgeMinutes: wholeChunks(layoutOf(minutes), RULES.edgeMinutes) };
}

/** Whether the row's day reads the chunk that begins then, and the row is not late there by its arrival (docs/INPUT.md). */
export function isFoundThere(
  { timeMs, arrivalMs }: Pick<ImportRow, 'timeMs' | 'arrivalMs'>,
  startMs: number,
  { edgeMinutes }: ChunkSpan,
): boolean {
  const dayMs = Math.floor(timeMs / DAY_MS) * DAY_MS;
  const edgeMs = edgeMinutes * MINUTE_MS;
  const isInDay = startMs >= dayMs - edgeMs && startMs < dayMs + DAY_MS + edgeMs;
  return isInDay && arrivalMs >= startMs - edgeMs;
}

/** Below the raw root, not compressed. `part`: empty for none. */
export function nameOfChunk(
  { symbol, stream, startMs }: ChunkPlace,
  minutes: 1 | 60,
  part: string,
): string {
  const minuteOfDay = (startMs % DAY_MS) / MINUTE_MS;
  const name = chunkName(layoutOf(minutes), { symbol, stream, date: dateOf(startMs) }, minuteOfDay);
  return part === '' ? name : name.replace(/\.csv$/, `_${part}.csv`);
}
