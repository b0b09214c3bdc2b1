/** Reads back what a run has stored about itself: its records and its summary. */
import { summaryName } from '../../core/stored/output-names.js';
import { isNumber, isText, isTruth, objectOf, parseStored } from '../../core/stored/json-shape.js';
import { isDictionary } from '../../core/unit/json.js';
import type { RunRecord, RunSummary } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/day-rules.js';
import { mapBounded } from '../map-bounded.js';
import type { Codec, Effects, Store } from '../ports.js';
import { readRecord } from './run-record.js';

const READS_AT_ONCE = 16;

interface RunReader {
  readonly out: Store;
  readonly codec: Codec;
}

/** The fields that a caller decides by; the rest is shown or handed on. */
type DecidingFields = Pick<RunSummary, 'schema_version' | 'run_id' | 'good' | 'symbol_days'>;

const hasDecidingFields = objectOf<DecidingFields>({
  schema_version: isNumber,
  run_id: isText,
  good: isTruth,
  symbol_days: isNumber,
});

function isRunSummary(value: unknown): value is RunSummary {
  return hasDecidingFields(value) && 'totals' in value && isDictionary(value.totals);
}

/** Undefined where the run has not come to its end. */
export async function readSummary(
  runId: string,
  { out, codec }: RunReader,
): Promise<RunSummary | undefined> {
  const name = summaryName(runId);
  const content = await out.read(name);
  if (content === undefined) return undefined;
  const where = `${out.root}/${name}`;
  return parseStored(codec.decode(content.bytes), isRunSummary, { what: 'summary', where });
}

/** In the order of the symbol-days; those without a record are left out. */
export async function readRecords(
  runId: string,
  symbolDays: readonly SymbolDay[],
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<RunRecord[]> {
  const found = await mapBounded(symbolDays, READS_AT_ONCE, async (symbolDay) => {
    const record = await readRecord(runId, symbolDay, effects);
    return record === undefined ? [] : [record];
  });
  return found.flat();
}
