/** Reads a run's record of a symbol-day. Logs and ignores a record that cannot be read. */
import { recordName } from '../../core/stored/output-names.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { isRunRecord } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects, StoredContent } from '../ports.js';

type RecordEffects = Pick<Effects, 'out' | 'codec' | 'log'>;

/** Undefined if there is no readable record. */
export async function readRecord(
  runId: string,
  symbolDay: SymbolDay,
  effects: RecordEffects,
): Promise<RunRecord | undefined> {
  const name = recordName(runId, symbolDay);
  const content = await effects.out.read(name);
  return content === undefined ? undefined : parseRecord(name, content, effects);
}

export function parseRecord(
  name: string,
  { bytes }: StoredContent,
  { out, codec, log }: RecordEffects,
): RunRecord | undefined {
  try {
    const place = { what: 'run record', where: `${out.root}/${name}` };
    return parseStored(codec.decode(bytes), isRunRecord, place);
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    log.event('ERROR', 'record_unreadable', { ...error.parts });
    return undefined;
  }
}
