/** Reads what is published of a symbol-day, each file with the bytes that the manifest lists. */
import { isSameFile } from '../../core/stored/artifacts.js';
import { readEvents, type StoredEvent } from '../../core/pattern/read-events.js';
import { isScoreboard, type Scoreboard } from '../../core/score/scoreboard-shape.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { ListedFile, PublishedEntry } from '../../core/stored/manifest.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Resolution } from '../../core/unit/resolution.js';
import { DAY_SECONDS } from '../../core/unit/utc-date.js';
import type { TextColumn } from '../../core/view/packed-rows.js';
import type { DayTable, ViewedDay } from '../../core/view/viewed-day.js';
import { isViewedReport, type ViewedReport } from '../../core/view/viewed-report.js';
import { damaged, listedFile, readListed } from '../pattern/listed-file.js';
import type { Effects } from '../ports.js';
import { readReport } from '../stored/read-report.js';

type ReadEffects = Pick<Effects, 'out' | 'codec' | 'tables'>;

/** Throws a FlowbarsError of kind `data` if a file is not the listed one. */
export async function readDay(
  day: SymbolDay,
  entry: PublishedEntry,
  resolutions: readonly Resolution[],
  effects: ReadEffects,
): Promise<ViewedDay> {
  const report = await readViewedReport(day, entry, effects);
  const scoreboard = await readScoreboard(entry, effects);
  const events = await readDayEvents(day, entry, effects);
  const tables: DayTable[] = [];
  for (const resolution of resolutions) {
    const columns = await readTable(entry.files, resolution, effects);
    if (columns.length > 0) tables.push({ resolution, columns });
  }
  return { date: day.date, entry, report, tables, events, scoreboard };
}

async function readViewedReport(
  day: SymbolDay,
  { files }: PublishedEntry,
  { out, codec }: ReadEffects,
): Promise<ViewedReport> {
  const name = qualityName(day);
  const stored = await readReport(
    { store: out, name, where: `${out.root}/${name}` },
    isViewedReport,
    codec,
  );
  if (stored.state === 'unreadable') throw stored.error;
  if (stored.state === 'absent') throw damaged(out, name, 'nothing', 'manifest');
  const listed = files.find(({ kind }) => kind === 'quality');
  if (codec.sha256(stored.content.bytes) === listed?.sha256) return stored.report;
  throw damaged(out, name, 'other content', 'manifest');
}

/** The columns of the bars, then those of the signals; none if neither is listed. */
async function readTable(
  files: readonly ListedFile[],
  { name: resolution, seconds }: Resolution,
  effects: ReadEffects,
): Promise<readonly TextColumn[]> {
  const columns: TextColumn[] = [];
  for (const kind of ['bars', 'signals']) {
    const file = files.find((one) => isSameFile(one, { kind, resolution, format: 'csv' }));
    if (file === undefined) continue;
    const text = effects.codec.decode(await readListed(file, 'manifest', effects));
    columns.push(...columnsOf(text, { where: file.name, seconds }));
  }
  return columns;
}

/** The files have no quotes, and the final step has checked their rows. */
function columnsOf(
  text: string,
  { where, seconds }: { readonly where: string; readonly seconds: number },
): TextColumn[] {
  const lines = text.split('\n');
  const header = (lines[0] ?? '').split(',');
  const expected = DAY_SECONDS / seconds;
  // The last line ends with a line feed.
  const found = lines.length - 2;
  if (found !== expected || header[0] !== 'timestamp') {
    const parts = { what: 'rows', found: String(found), expected: String(expected), where };
    throw new FlowbarsError('data', parts);
  }
  const cells = header.map(() => Array.from({ length: found }, () => ''));
  for (let row = 0; row < found; row += 1) {
    const fields = (lines[row + 1] ?? '').split(',');
    for (const [index, field] of fields.entries()) {
      const column = cells[index];
      if (column !== undefined) column[row] = field;
    }
  }
  // The row says the time.
  return header.flatMap((name, index) =>
    name === 'timestamp' ? [] : [{ name, cells: cells[index] ?? [] }],
  );
}

async function readDayEvents(
  { date }: SymbolDay,
  { files }: PublishedEntry,
  effects: ReadEffects,
): Promise<StoredEvent[] | undefined> {
  const file = listedFile(files, 'patterns');
  if (file === undefined) return undefined;
  const records = effects.tables.read(await readListed(file, 'manifest', effects), file.name);
  return readEvents(records, { date, where: file.name });
}

async function readScoreboard(
  { files }: PublishedEntry,
  effects: ReadEffects,
): Promise<Scoreboard | undefined> {
  const file = listedFile(files, 'scoreboard');
  if (file === undefined) return undefined;
  const text = effects.codec.decode(await readListed(file, 'manifest', effects));
  return parseStored(text, isScoreboard, { what: 'scoreboard', where: file.name });
}
