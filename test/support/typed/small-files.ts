/** Small text files of each kind that hold every sort of cell; golden Parquet files are made from them. */
import { BARS } from '../../../src/core/column/bar-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { type ExactFile, type TypedDay, typedFile } from '../../../src/jobs/typed/typed-file.js';
import { artifactName } from '../../../src/core/stored/output-names.js';

export const TYPED_DAY: TypedDay = {
  symbol: symbolName('BTCUSDT', 'test'),
  date: utcDate('2025-12-11', 'test'),
  dataset: { exchange: 'binance', market: 'usdm' },
};

/** Empty before the first trade, long, negative and of more than 15 digits. */
const BAR_ROWS = [
  '2025-12-11T00:00:00Z,,,,,,0,0,0,0,0,,',
  '2025-12-11T00:00:01Z,64000.1,64005.7,63994.5,63996.1,63998.75238198,13.896,5.499,8.397,-2.898,194,0.1075,0.41999446',
  '2025-12-11T00:00:02Z,63996.1,63996.1,63996.1,63996.1,63996.1,0,0,0,0,0,0.1,1',
  '2025-12-11T00:00:03Z,0.00001234,12345678901234567.5,0.00001234,90071992.54740993,8.00000001,9007199254740993.1,9007199254740992,1.1,9007199254740990.9,9007199254740991,,0',
];

const SIGNAL_CELLS: Readonly<Record<string, readonly string[]>> = {
  timestamp: ['2025-12-11T00:00:00Z', '2025-12-11T00:01:00Z', '2025-12-11T00:02:00Z'],
  fill_reason: ['traded', 'feed_down', 'traded'],
  depth_missing_ms: ['0', '', '60000'],
  cvd: ['-1.5', '-1.5', '2'],
  delta_min: ['-3.25', '0', '0'],
  ofi_l1: ['-208.916', '', '0'],
  book_count: ['600', '', '599'],
};

function signalRows(): string[] {
  const columns = SIGNALS.columns.map(({ name, kind, nothing }) => {
    const some = kind === 'count' ? '7' : '0.5';
    return SIGNAL_CELLS[name] ?? [some, nothing === 'empty' ? '' : '0', '0'];
  });
  return [0, 1, 2].map((row) => columns.map((cells) => cells[row]).join(','));
}

const PATTERN_LINES = [
  'confirmed,pattern,direction,from,price,strength,threshold,outcome_10s_bps,outcome_60s_bps,outcome_300s_bps',
  '2025-12-11T00:30:42Z,wall_pulled,up,2025-12-11T00:30:41Z,64067.85,48.765,18.763,0.6243,-0.8116,-1.2955',
  '2025-12-11T23:59:58Z,absorption,down,2025-12-11T23:59:43Z,64071.85,-28.812,-25.242,,,',
];

function file(
  kind: ExactFile['kind'],
  resolution: string | null,
  lines: readonly string[],
): ExactFile {
  const identity = { kind, resolution, format: 'csv' } as const;
  const name = artifactName(TYPED_DAY, identity);
  return { ...identity, name, bytes: codec.encode(`${lines.join('\n')}\n`) };
}

export const SMALL_FILES: readonly ExactFile[] = [
  file('bars', '1s', [BARS.header.join(','), ...BAR_ROWS]),
  file('signals', '1m', [SIGNALS.header.join(','), ...signalRows()]),
  file('patterns', null, PATTERN_LINES),
];

/** Of a day without an event: no row, and no row group. */
const NO_EVENTS = file('patterns', null, PATTERN_LINES.slice(0, 1));

/** What is committed as Parquet, by its word in the name. */
export const GOLDEN_FILES: readonly { readonly word: string; readonly exact: ExactFile }[] = [
  ...SMALL_FILES.map((exact) => ({ word: exact.kind, exact })),
  { word: 'no-events', exact: NO_EVENTS },
];

export function smallFile(kind: ExactFile['kind']): ExactFile {
  const found = SMALL_FILES.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no file of ${kind}`);
  return found;
}

export function typedBytes(exact: ExactFile, day: TypedDay = TYPED_DAY): Uint8Array {
  return typedFile(exact, day, csvTables);
}

/** Cells by row, the header first. */
export function cellsOf({ bytes }: Pick<ExactFile, 'bytes'>): string[][] {
  return csvTables.read(bytes, 'test');
}
