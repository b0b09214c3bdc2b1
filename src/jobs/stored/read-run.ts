/** Reads the records and the summary of a run. */
import { summaryName } from '../../core/stored/output-names.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import { isRunSummary } from '../../core/stored/stored-shapes.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { mapBounded } from '../map-bounded.js';
import type { Codec, Effects, Store } from '../ports.js';
import { readRecord } from './run-record.js';

const READS_AT_ONCE = 16;

interface RunReader {
  readonly out: Store;
  readonly codec: Codec;
}

/** Undefined until the run has ended. */
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

/** In the order of the symbol-days; leaves out those without a record. */
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
