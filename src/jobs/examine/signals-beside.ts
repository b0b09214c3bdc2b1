/**
 * The quote volumes of a day from the signals file beside its bars: the one whose name is that of the bars
 * with `_signals` behind it.
 */
import { isSameFile } from '../../core/stored/artifacts.js';
import { minuteQuotes, type MinuteQuotes } from '../../core/klines/minute-quotes.js';
import type { RecordedReport } from '../../core/stored/stored-shapes.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Effects } from '../ports.js';
import { type NamedFile, readNamedFileIfThere } from './read-named-file.js';

/** The word of `_dataset.json` for futures whose quantities are contracts. */
const COIN_M = 'coinm';

/** The bars, and what is known of them. */
export interface BarsBeside {
  readonly bars: NamedFile;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** The report that lists the bars; undefined without one. */
  readonly report: RecordedReport | undefined;
}

export type QuotesBeside =
  | { readonly file: string; readonly quotes: readonly MinuteQuotes[] }
  /** Why there is nothing to compare; the same words for every day with the same reason. */
  | { readonly file: undefined; readonly reason: string };

/** Throws a FlowbarsError if the file is there but is no signals file of that day and resolution. */
export async function signalsBeside(
  { bars, date, resolution, report }: BarsBeside,
  { codec, tables, bytesMax }: Pick<Effects, 'codec' | 'tables'> & { readonly bytesMax: number },
): Promise<QuotesBeside> {
  if (report?.dataset?.['market'] === COIN_M) {
    return nothing('on COIN-M a kline has no quote volumes in these columns');
  }
  const file = { ...bars, uri: signalsNameOf(bars.uri), name: signalsNameOf(bars.name) };
  const content =
    file.name === bars.name ? undefined : await readNamedFileIfThere(file, codec, bytesMax);
  if (content === undefined) return nothing('no signals file (…_signals.csv) beside the bars');
  const signals = { kind: 'signals', resolution: resolution.name, format: 'csv' } as const;
  const listed = report?.artifacts.find((artifact) => isSameFile(artifact, signals));
  if (report !== undefined && listed?.sha256 !== codec.sha256(content.bytes)) {
    return nothing('the quality report lists no signals of these bytes');
  }
  const records = tables.records(content.bytes, file.uri);
  return { file: file.uri, quotes: minuteQuotes(records, file.uri, { date, resolution }) };
}

/** Unchanged if the name is not that of a CSV file. */
function signalsNameOf(name: string): string {
  return name.replace(/(?=\.csv(?:\.gz)?$)/, '_signals');
}

function nothing(reason: string): QuotesBeside {
  return { file: undefined, reason };
}
