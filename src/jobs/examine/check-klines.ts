/** Compares bar files with Binance's official klines, using the signals and the quality reports beside the bars. */
import { compareMinutes, type MinuteComparison } from '../../core/klines/compare-minutes.js';
import type { DayMinutes } from '../../core/klines/coverage.js';
import { klinesByTime, readKlines } from '../../core/klines/kline-table.js';
import { minuteBars } from '../../core/klines/minute-bars.js';
import { withQuotes } from '../../core/klines/minute-quotes.js';
import { type RecordedDay, recordedDay } from '../../core/klines/recorded-day.js';
import { isParquet } from '../../core/decode/foreign-content.js';
import { isSameFile } from '../../core/stored/artifacts.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { type NamedFile, readNamedFile } from './read-named-file.js';
import type { Effects } from '../ports.js';
import { isRecordedReport } from '../../core/stored/stored-shapes.js';
import { readReport } from '../stored/read-report.js';
import { signalsBeside } from './signals-beside.js';

/** A day of 1s bars is about 10 MB, a month of klines 6 MB. */
export const TABLE_BYTES_MAX = 67_108_864;

/** `PK` and two control bytes: Binance serves the klines as zip archives. */
const ZIP_MAGIC: readonly number[] = [0x50, 0x4b, 0x03, 0x04];

export interface CheckRequest {
  /** One for each day, in any order. */
  readonly bars: readonly NamedFile[];
  readonly klines: readonly NamedFile[];
  /** Undefined: from the first minute of the klines, to the end of the last. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

export interface CheckedFile {
  readonly file: string;
  readonly date: UtcDate;
  readonly resolution: string;
  /** Source of the evidence of what was recorded; null if there is none. */
  readonly report: string | null;
  /** The file whose quote volumes were compared; null if none were, and a note says why. */
  readonly signals: string | null;
}

/** The document of `flowbars check --json`. */
export interface KlineCheck extends MinuteComparison {
  readonly bars: readonly CheckedFile[];
  readonly klines: readonly string[];
  /** Notes on how the files were compared. */
  readonly notes: readonly string[];
}

type CheckEffects = Pick<Effects, 'codec' | 'tables'>;

export async function checkKlines(
  { bars, klines, fromMs, toMs }: CheckRequest,
  effects: CheckEffects,
): Promise<KlineCheck> {
  const notes: string[] = [];
  const files: CheckedFile[] = [];
  const days = new Map<UtcDate, DayMinutes>();
  const quoteless: Quoteless[] = [];
  for (const file of bars) {
    const { minutes, resolution, recorded, checked, note } = await readBars(file, effects);
    const { date } = checked;
    if (days.has(date)) {
      const found = `a second file of ${date}`;
      const expected = 'one bar file for each day';
      throw new FlowbarsError('usage', { where: file.uri, what: 'bars', found, expected });
    }
    const beside = { bars: file, date, resolution, report: recorded?.report };
    const found = await signalsBeside(beside, { ...effects, bytesMax: TABLE_BYTES_MAX });
    if (found.file === undefined) quoteless.push({ bars: file.uri, reason: found.reason });
    const figures = found.file === undefined ? minutes : withQuotes(minutes, found.quotes);
    days.set(date, { date, minutes: figures, recorded });
    files.push({ ...checked, signals: found.file ?? null });
    if (note !== undefined) notes.push(note);
  }
  const official = [];
  for (const file of klines) official.push(readKlines(await readTable(file, effects), file.uri));
  const comparison = compareMinutes({
    days: [...days.values()].toSorted((a, b) => compareNames(a.date, b.date)),
    klines: klinesByTime(official),
    fromMs,
    toMs,
  });
  notes.push(...quoteNotes(quoteless));
  const { compared, equal, quote_compared: quoteCompared } = comparison.minutes;
  if (quoteless.length < bars.length && compared > 0 && quoteCompared === 0) {
    notes.push('quote volumes not compared: the klines have no such columns');
  }
  if (compared > 1 && equal === 0) {
    notes.push('no minute is equal; check that the klines are of the same symbol and market');
  }
  return { ...comparison, bars: files, klines: klines.map(({ uri }) => uri), notes };
}

interface Quoteless {
  readonly bars: string;
  readonly reason: string;
}

/** One note for each reason, with the first file that it concerns. */
function quoteNotes(quoteless: readonly Quoteless[]): string[] {
  return [...Map.groupBy(quoteless, ({ reason }) => reason)].map(([reason, files]) => {
    const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
    return `${files[0]?.bars ?? ''}${more}: quote volumes not compared: ${reason}`;
  });
}

interface BarsRead {
  readonly minutes: DayMinutes['minutes'];
  readonly resolution: Resolution;
  readonly recorded: RecordedDay | undefined;
  readonly checked: CheckedFile;
  readonly note: string | undefined;
}

async function readBars(file: NamedFile, effects: CheckEffects): Promise<BarsRead> {
  const content = await readContent(file, effects);
  const { minutes, date, resolution } = minuteBars(
    effects.tables.read(content, file.uri),
    file.uri,
  );
  const checked = {
    file: file.uri,
    date,
    resolution: resolution.name,
    report: null,
    signals: null,
  };
  const read = { minutes, resolution };
  const name = `${date}_quality.json`;
  const where = `${file.store.root}/${name}`;
  const stored = await readReport(
    { store: file.store, name, where },
    isRecordedReport,
    effects.codec,
  );
  const bare = (note: string): BarsRead => ({ ...read, recorded: undefined, checked, note });
  if (stored.state === 'absent') {
    return bare(
      `${file.uri}: no ${name} beside it, so minutes without trades count as not covered`,
    );
  }
  if (stored.state === 'unreadable') return bare(notUsed(file, stored.error));
  const bars = { kind: 'bars', resolution: resolution.name, format: 'csv' } as const;
  const listed = stored.report.artifacts.find((one) => isSameFile(one, bars));
  if (stored.report.date !== date || listed?.sha256 !== effects.codec.sha256(content)) {
    return bare(`${file.uri}: ignored ${name} beside it, which lists other bytes`);
  }
  try {
    const recorded = recordedDay(stored.report, where);
    return { ...read, recorded, checked: { ...checked, report: where }, note: undefined };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return bare(notUsed(file, error));
  }
}

function notUsed({ uri }: NamedFile, { message }: FlowbarsError): string {
  return `${uri}: ignored the report beside it: ${message}`;
}

async function readTable(file: NamedFile, effects: CheckEffects): Promise<string[][]> {
  return effects.tables.read(await readContent(file, effects), file.uri);
}

async function readContent(file: NamedFile, { codec }: CheckEffects): Promise<Uint8Array> {
  const { bytes } = await readNamedFile(file, codec, TABLE_BYTES_MAX);
  if (isParquet(bytes)) throw await parquetError(file);
  if (!ZIP_MAGIC.every((byte, index) => bytes[index] === byte)) return bytes;
  const expected = 'the unpacked csv file';
  const parts = { where: file.uri, what: 'file', found: 'a zip archive', expected };
  throw new FlowbarsError('data', parts);
}

/** The exact form of published rows lies beside them in the same root. */
async function parquetError({ uri, store, name }: NamedFile): Promise<FlowbarsError> {
  const [csvUri, csvName] = [csvNameOf(uri), csvNameOf(name)];
  const listed = csvName === name ? [] : await store.list(csvName);
  const isThere = listed.some((one) => one.name === csvName);
  const expected = isThere ? `csv text: ${csvUri} beside it` : 'csv text, plain or gzip';
  return new FlowbarsError('data', { where: uri, what: 'file', found: 'Parquet', expected });
}

function csvNameOf(name: string): string {
  return name.replace(/\.parquet$/u, '.csv');
}
