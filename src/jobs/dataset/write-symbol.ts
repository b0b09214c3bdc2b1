/** Writes the files of one symbol, each a row group a day, and says what became of its days and minutes. */
import type {
  DatasetCard,
  DatasetDay,
  DatasetFile,
  DatasetReasons,
} from '../../core/dataset/card-shape.js';
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
import { type Listing, readUsableDay } from './read-published-day.js';
import { type DayRows, type SampleRule, symbolSamples } from './symbol-samples.js';

/** Bytes of a symbol's files, which are in memory until they are written: some two years of samples. */
export const DATASET_BYTES_MAX = 1_073_741_824;

export interface SymbolRequest {
  readonly symbol: SymbolName;
  readonly listingOf: (date: UtcDate) => Listing;
  readonly rule: Omit<SampleRule, 'columns'>;
  readonly features: DatasetCard['features'];
  readonly seed: number;
  readonly onDay: () => void;
  /** By default DATASET_BYTES_MAX. */
  readonly bytesMax?: number | undefined;
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
    const listing = request.listingOf(date);
    const read = await readUsableDay({ symbol, date }, listing, effects);
    if ('state' in read) {
      days.push(read);
      return undefined;
    }
    const { files, seconds } = read;
    const coverage = listing.entry?.coverage ?? null;
    days.push({ symbol, date, state: 'used', detail: '', coverage, files });
    return dayParts(seconds, request.seed);
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
