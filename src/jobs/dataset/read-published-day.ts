/** Reads a published symbol-day as the seconds that features and labels are made from. */
import type { DatasetDay } from '../../core/dataset/card-shape.js';
import {
  type DayEntry,
  type InputFile,
  unusedDay,
  usableDay,
} from '../../core/dataset/day-inputs.js';
import { readSecondDay } from '../../core/minute/read-second-day.js';
import type { SecondDay } from '../../core/minute/second-day.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import { readListed, readReport } from '../pattern/listed-file.js';
import type { DatasetEffects } from './dataset-effects.js';

/** What the manifest of a day says of it. */
export interface Listing {
  /** Undefined: it lists nothing of the symbol. */
  readonly entry: DayEntry | undefined;
  readonly isUnreadable: boolean;
}

export interface ReadDay {
  readonly seconds: SecondDay;
  readonly files: readonly InputFile[];
}

/** The seconds of a day, or why it is not used: a day that is damaged is not. Throws what the store throws. */
export async function readUsableDay(
  day: SymbolDay,
  { entry, isUnreadable }: Listing,
  effects: Pick<DatasetEffects, 'out' | 'codec'>,
): Promise<ReadDay | DatasetDay> {
  const usable = usableDay(day, entry, isUnreadable);
  if ('state' in usable) return usable;
  const { files } = usable;
  try {
    const { reportSha256 = '' } = entry ?? {};
    return { files, seconds: await readPublishedDay({ ...day, files, reportSha256 }, effects) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    return unusedDay(day, 'damaged', error.message);
  }
}

interface DayToRead extends SymbolDay {
  /** In the order of INPUT_FILES. */
  readonly files: readonly InputFile[];
  readonly reportSha256: string;
}

/** Throws a FlowbarsError of kind `data` if a file, or the report, is not stored as the manifest lists it. */
async function readPublishedDay(
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
