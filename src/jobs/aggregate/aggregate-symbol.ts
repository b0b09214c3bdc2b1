/**
 * Aggregates the days of one symbol in this process, one after the other. If storage or network fails
 * for a day, the other days are still computed, unless they would fail alike; a bug ends everything.
 */
import { finding } from '../../core/finding/finding-list.js';
import { recordName } from '../../core/stored/output-names.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { unfinishedRecord } from '../../core/run/unfinished-record.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { aggregateSymbolDay, type ListDay } from './aggregate-symbol-day.js';
import { ListingAhead } from './listing-ahead.js';
import type { ComputeEffects, Effects } from '../ports.js';

/** Computes one symbol-day; a parameter, so that a test can make storage fail. */
export type AggregateDay = typeof aggregateSymbolDay;

/** One record per day, in order; those with outcome `error` are left undone, and all days after a full disk or a missing right. */
export async function aggregateSymbol(
  symbol: SymbolName,
  dates: readonly UtcDate[],
  options: AggregateOptions,
  effects: ComputeEffects,
  aggregateDay: AggregateDay = aggregateSymbolDay,
): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  const listing = new ListingAhead(options.rules, effects.raw);
  for (const [index, date] of dates.entries()) {
    const next = dates[index + 1];
    const list: ListDay = async (day) =>
      await listing.take(day, next === undefined ? undefined : { symbol, date: next });
    const startedMs = effects.clock.nowMs();
    try {
      records.push(await aggregateDay({ symbol, date }, options, effects, list));
    } catch (error) {
      if (!(error instanceof FlowbarsError) || error.kind === 'usage') throw error;
      const seconds = (effects.clock.nowMs() - startedMs) / 1_000;
      const record = errorRecord({ symbol, date }, error, options.runId, seconds);
      effects.log.event('ERROR', 'error', { symbol, date, ...error.parts, kind: error.kind });
      effects.log.event('ERROR', 'symbol_day', { ...record });
      await storeIfPossible(record, { symbol, date }, effects);
      records.push(record);
      if (error.kind === 'blocked') return records;
    }
  }
  return records;
}

/** True if this symbol-day needs no second start. */
export function isStored(record: RunRecord): boolean {
  return record.outcome !== 'error';
}

function errorRecord(
  symbolDay: SymbolDay,
  { parts }: FlowbarsError,
  runId: string,
  seconds: number,
): RunRecord {
  const detail = `${parts.what}: found ${parts.found}, expected ${parts.expected}`;
  const failure = finding('world_failed', parts.where, detail);
  return { ...unfinishedRecord(runId, symbolDay, failure), seconds };
}

/**
 * Records in the run's folder why the symbol-day is missing. Replaces nothing, since the record of an
 * earlier attempt may describe stored files. Storage has already failed, so this write may fail too.
 */
async function storeIfPossible(
  record: RunRecord,
  symbolDay: SymbolDay,
  { out, codec }: Effects,
): Promise<void> {
  const bytes = codec.encode(storedJson(record));
  try {
    await out.write(recordName(record.run_id, symbolDay), bytes, 'nothing');
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
  }
}
