/** Writes the files of one symbol, each a row group a day, and says what became of its days and minutes. */
import type {
  DatasetCard,
  DatasetDay,
  DatasetFile,
  DatasetReasons,
} from '../../core/dataset/card-shape.js';
import type { DayEntry, InputFile } from '../../core/dataset/day-inputs.js';
import {
  CLOSE_COLUMNS,
  type SampleColumn,
  sampleColumns,
  sampleFacts,
} from '../../core/dataset/sample-table.js';
import { countReasons, noReasons } from '../../core/label/day-labels.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { TypedWriter } from '../ports.js';
import type { DatasetEffects } from './dataset-effects.js';
import { dayParts, type DayParts } from './day-parts.js';
import { readPublishedDay } from './read-published-day.js';
import { type DayRows, type SampleRule, symbolSamples } from './symbol-samples.js';

/** Bytes of a symbol's files, which are in memory until they are written: some two years of samples. */
export const DATASET_BYTES_MAX = 1_073_741_824;

/** A day to use, or one that is not. */
export type PlannedDay =
  | DatasetDay
  | {
      readonly date: UtcDate;
      readonly files: readonly InputFile[];
      readonly entry: DayEntry | undefined;
    };

export interface SymbolRequest {
  readonly symbol: SymbolName;
  /** One for each of the rule's dates. */
  readonly days: readonly PlannedDay[];
  readonly rule: Omit<SampleRule, 'columns'>;
  readonly features: DatasetCard['features'];
  readonly seed: number;
  readonly onDay: () => void;
  /** By default DATASET_BYTES_MAX. */
  readonly bytesMax?: number;
}

export interface WrittenSymbol {
  readonly days: readonly DatasetDay[];
  readonly files: readonly DatasetFile[];
  readonly reasons: DatasetReasons;
}

/** Throws what the stores throw, and an error of kind `limit` for files that grow too large. */
export async function writeSymbol(
  request: SymbolRequest,
  effects: DatasetEffects,
): Promise<WrittenSymbol> {
  const { symbol, features } = request;
  const columns = sampleColumns(features);
  const growing = [
    growingFile('samples', columns, effects),
    growingFile('martingale', columns, effects),
    growingFile('closes', CLOSE_COLUMNS, effects),
  ];
  const days: DatasetDay[] = [];
  const partsOf = async (date: UtcDate): Promise<DayParts | undefined> => {
    const { day, parts } = await readDay(request, date, effects);
    days.push(day);
    return parts;
  };
  const reasons = noReasons();
  for await (const day of symbolSamples({ ...request.rule, columns }, partsOf)) {
    countReasons(day.labels, reasons);
    for (const file of growing) file.add(day);
    refuseLarge(growing, request);
    request.onDay();
  }
  const files: DatasetFile[] = [];
  for (const file of growing) files.push(await writeFile(file, symbol, effects));
  return { days, files, reasons: { symbol, ...reasons } };
}

/** A day that is damaged is not used. */
async function readDay(
  { symbol, days, seed }: SymbolRequest,
  date: UtcDate,
  effects: DatasetEffects,
): Promise<{ readonly day: DatasetDay; readonly parts: DayParts | undefined }> {
  const planned = days.find((day) => day.date === date);
  if (planned === undefined || 'state' in planned) {
    if (planned === undefined) throw new Error('every date has a planned day');
    return { day: planned, parts: undefined };
  }
  const { files, entry } = planned;
  const day = { symbol, date, detail: '', coverage: entry?.coverage ?? null, files };
  try {
    const { reportSha256 = '' } = entry ?? {};
    const read = await readPublishedDay({ symbol, date, files, reportSha256 }, effects);
    return { day: { ...day, state: 'used' }, parts: dayParts(read, seed) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    const damaged = { ...day, state: 'damaged', detail: error.message } as const;
    return { day: { ...damaged, coverage: null, files: [] }, parts: undefined };
  }
}

/** A file that grows day by day. */
interface GrowingFile {
  readonly kind: DatasetFile['kind'];
  readonly columns: readonly SampleColumn[];
  readonly writer: TypedWriter;
  rows: number;
  add(day: DayRows): void;
}

function growingFile(
  kind: DatasetFile['kind'],
  columns: readonly SampleColumn[],
  { tables }: DatasetEffects,
): GrowingFile {
  const writer = tables.typed.create(columns.map(({ field }) => field));
  return {
    kind,
    columns,
    writer,
    rows: 0,
    add(day) {
      const [first] = day[kind];
      if (first === undefined) return;
      writer.add(day[kind]);
      this.rows += 'codes' in first ? first.codes.length : first.numbers.length;
    },
  };
}

async function writeFile(
  { kind, columns, writer, rows }: GrowingFile,
  symbol: SymbolName,
  { into, codec }: DatasetEffects,
): Promise<DatasetFile> {
  const name = `${kind}-${symbol}.parquet`;
  const bytes = writer.finish(sampleFacts(kind, symbol, columns));
  await into.write(name, bytes, 'anything');
  return { kind, symbol, name, rows, bytes: bytes.length, sha256: codec.sha256(bytes) };
}

function refuseLarge(
  growing: readonly GrowingFile[],
  { symbol, bytesMax = DATASET_BYTES_MAX }: SymbolRequest,
): void {
  const sizeBytes = growing.reduce((sum, { writer }) => sum + writer.sizeBytes(), 0);
  if (sizeBytes <= bytesMax) return;
  throw new FlowbarsError('limit', {
    where: `samples of ${symbol}`,
    what: 'bytes',
    found: `more than ${bytesMax}`,
    expected: `at most ${bytesMax} (narrow --from and --to)`,
  });
}
