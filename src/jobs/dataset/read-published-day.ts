/** Reads a published symbol-day as the seconds that features and labels are made from. */
import type { InputFile } from '../../core/dataset/day-inputs.js';
import { readSecondDay } from '../../core/minute/read-second-day.js';
import type { SecondDay } from '../../core/minute/second-day.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { assert } from '../../core/unit/errors.js';
import { readListed, readReport } from '../pattern/listed-file.js';
import type { DatasetEffects } from './dataset-effects.js';

export interface DayToRead extends SymbolDay {
  /** In the order of INPUT_FILES. */
  readonly files: readonly InputFile[];
  readonly reportSha256: string;
}

/** Throws a FlowbarsError of kind `data` if a file, or the report, is not stored as the manifest lists it. */
export async function readPublishedDay(
  { files, ...day }: DayToRead,
  effects: Pick<DatasetEffects, 'out' | 'codec'>,
): Promise<SecondDay> {
  const { symbol, date } = day;
  const { options } = await readReport(day, effects);
  const [bars, signals, minuteBars] = await Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: await readListed(file, 'manifest', effects),
    })),
  );
  assert(
    bars !== undefined && signals !== undefined && minuteBars !== undefined,
    'a day that is used has each of the input files',
  );
  return readSecondDay({ symbol, date, streams: options.streams, bars, signals, minuteBars });
}
