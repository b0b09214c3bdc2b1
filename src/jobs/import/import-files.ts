/** Imports files into a raw root: looks at all of them, declares what the root holds, then reads, cuts and stores. */
import { ChunkCutter, type CutChunk } from '../../core/import/chunk-cutter.js';
import { chunkSpan } from '../../core/import/chunk-place.js';
import type { ImportRow, RecordReader } from '../../core/import/import-row.js';
import { fileNotes, type ReadFile } from '../../core/import/kind/file-notes.js';
import { sourceNotes } from '../../core/import/kind/source-notes.js';
import { frameReader } from '../../core/import/record/frame-rows.js';
import { objectReader } from '../../core/import/record/object-rows.js';
import { tableReader } from '../../core/import/record/table-rows.js';
import { lineCutter, objectCutter } from '../../core/import/record-cutter.js';
import { assert, FlowbarsError, unreachable } from '../../core/unit/errors.js';
import type { DatasetFields } from '../recorded/declare-dataset.js';
import type { ImportEffects, ImportRequest } from './import-request.js';
import { type ImportPlan, planImport } from './plan-import.js';
import type { PlannedFile } from './planned-file.js';
import { ChunkShelf } from './store-chunks.js';
import { StreamTally, type StreamTotals } from './stream-tally.js';

export interface ImportSummary {
  readonly files: readonly ImportedFile[];
  readonly streams: readonly StreamTotals[];
  /** What the sources cannot give. */
  readonly notes: readonly string[];
  readonly dataset: DatasetFields;
}

export interface ImportedFile extends ReadFile {
  readonly source: string;
  readonly rows: number;
  /** Records that became no row, by what they are. */
  readonly leftOut: ReadonlyMap<string, number>;
}

export async function importFiles(
  request: ImportRequest,
  effects: ImportEffects,
): Promise<ImportSummary> {
  const plan = await planImport(request, effects);
  const { chunkMinutes } = request;
  const tally = new StreamTally();
  const shelf = new ChunkShelf({ ...request, root: { ...plan, chunkMinutes } }, effects, tally);
  const cutter = new ChunkCutter(chunkSpan(chunkMinutes));
  try {
    const files = await readAll(plan, { cutter, shelf, tally }, effects);
    for (const chunk of cutter.end()) await shelf.put(chunk);
    await shelf.end();
    const { dataset, isWidened } = shelf.declared ?? refuseNothing(files);
    const leftOut = new Map(files.flatMap((file) => [...file.leftOut]));
    const facts = { ...plan, sources: plan.facts, leftOut, isWidened };
    const notes = [...sourceNotes(facts), ...fileNotes(files)];
    return { files, streams: tally.totals(), notes, dataset };
  } finally {
    // What is on its way gets there whole; what is open is not written, so that a second run finds nothing cut short.
    await shelf.settle();
  }
}

interface Pipe {
  readonly cutter: ChunkCutter;
  readonly shelf: ChunkShelf;
  readonly tally: StreamTally;
}

async function readAll(
  { files }: ImportPlan,
  pipe: Pipe,
  effects: ImportEffects,
): Promise<ImportedFile[]> {
  const imported: ImportedFile[] = [];
  const sizeBytes = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  let doneBytes = 0;
  for (const planned of files) {
    const { path } = planned.file;
    const onRead = (readBytes: number): void => {
      const { rows, chunks } = pipe.tally;
      const read = doneBytes + readBytes;
      effects.onProgress({ step: 'import', path, readBytes: read, sizeBytes, rows, chunks });
    };
    imported.push(await readFile(planned, pipe, effects, onRead));
    doneBytes += planned.file.sizeBytes;
  }
  return imported;
}

async function readFile(
  planned: PlannedFile,
  { cutter, shelf, tally }: Pipe,
  effects: ImportEffects,
  onRead: (readBytes: number) => void,
): Promise<ImportedFile> {
  const { file, recognised } = planned;
  const { path } = file;
  const records = recognised.is === 'objects' ? objectCutter(path) : lineCutter(path);
  const reader = readerOf(planned, effects);
  const headerLine = recognised.is === 'csv' ? recognised.headerLine : undefined;
  const rowsBefore = tally.rows;
  let closed: CutChunk[] = [];
  let atLine = 0;
  const where = (): string => `${path} line ${atLine}`;
  const take = (record: string, line: number): void => {
    atLine = line;
    const row = reader.read(record, where);
    if (row !== undefined) closed.push(...addRow(row, cutter, tally, where));
    else if (record === headerLine) cutter.repeatHeader();
  };
  cutter.beginFile();
  let last = '';
  for await (const { text, readBytes } of file.pieces()) {
    last = text.at(-1) ?? last;
    records.push(text, take);
    for (const chunk of closed) await shelf.put(chunk);
    closed = [];
    onRead(readBytes);
  }
  records.end(take);
  for (const chunk of closed) await shelf.put(chunk);
  const rows = tally.rows - rowsBefore;
  const isTable = recognised.is === 'csv';
  return {
    path,
    source: recognised.source,
    rows,
    leftOut: reader.leftOut,
    assumedColumns: isTable ? recognised.assumedColumns : undefined,
    endsInRow: isTable && rows > 0 && last !== '\n',
  };
}

function addRow(
  row: ImportRow,
  cutter: ChunkCutter,
  tally: StreamTally,
  where: () => string,
): readonly CutChunk[] {
  const chunk = cutter.add(row, where);
  tally.addRow(row);
  return chunk === undefined ? NONE : [chunk];
}

const NONE: readonly CutChunk[] = [];

function readerOf(
  { recognised, scanned }: PlannedFile,
  { splitLine }: ImportEffects,
): RecordReader {
  switch (recognised.is) {
    case 'csv':
      return tableReader(recognised.fields, { ...recognised, splitLine });
    case 'frames':
      assert(scanned !== undefined, 'frames were scanned');
      return frameReader(scanned);
    case 'objects':
      return objectReader(recognised.symbol);
    default:
      return unreachable(recognised);
  }
}

function refuseNothing(files: readonly ImportedFile[]): never {
  const counts = files.flatMap(({ leftOut }) =>
    [...leftOut].map(([what, count]) => `${count} ${what}`),
  );
  throw new FlowbarsError('data', {
    where: files
      .map(({ path }) => path)
      .slice(0, 3)
      .join(', '),
    what: 'rows',
    found: counts.length === 0 ? 'none' : `none (${counts.join(', ')})`,
    expected: 'trades or snapshots of the book',
  });
}
