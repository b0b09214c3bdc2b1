/** Reads the typed form of a stored file back, and compares its columns and each cell with the exact form. */
import { checkListedRows } from '../../core/check/day-files.js';
import { type TabularKind, TABLES } from '../../core/column/kind-tables.js';
import { isSameFile } from '../../core/stored/artifacts.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import {
  checkColumn,
  checkFooter,
  TextColumnReader,
  typedTally,
} from '../../core/typed/typed-check.js';
import { lineCount } from '../../core/typed/typed-rows.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { factsOfDay } from '../typed/typed-file.js';
import { type Progress, readFile } from './read-file.js';

/** Bytes of text that are split into cells at once. */
const SLICE_BYTES = 262_144;
const LF = 10;

/** `exact`: the bytes of the text file, which were checked. Does nothing where no typed form is listed. */
export async function verifyTyped(
  kind: TabularKind,
  { resolution }: Pick<Artifact, 'resolution'>,
  exact: Uint8Array,
  progress: Progress,
  effects: Effects,
): Promise<void> {
  const wanted = { kind, resolution, format: 'parquet' } as const;
  const artifact = progress.report.artifacts.find((one) => isSameFile(one, wanted));
  if (artifact === undefined) return;
  const bytes = await readFile(artifact, progress, effects);
  if (bytes === undefined) return;
  const { symbolDay, report } = progress;
  const table = TABLES[kind];
  const { name } = artifact;
  const tally = typedTally(name);
  try {
    const file = await effects.tables.typed.read(bytes, name);
    const text = await textColumns(kind, exact, effects);
    const facts = factsOfDay(wanted, { ...symbolDay, dataset: report.dataset ?? undefined });
    checkFooter(file, { table, facts, rows: text.rows }, tally);
    progress.checks.push(...checkListedRows(artifact, file.rows));
    for (const [at, column] of table.header.entries()) {
      if (tally.isBroken('typed_columns')) break;
      checkColumn(column, await file.column(column), text.columns[at] ?? [], tally);
      await effects.clock.waitMs(0);
    }
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    const { found, expected } = error.parts;
    tally.breach('typed_columns', { where: '', found, expected });
  }
  progress.checks.push(...tally.results());
}

async function textColumns(
  kind: TabularKind,
  bytes: Uint8Array,
  { tables, codec, clock }: Effects,
): Promise<ReturnType<TextColumnReader['finish']>> {
  const reader = new TextColumnReader(TABLES[kind], lineCount(bytes));
  let start = bytes.indexOf(LF) + 1;
  while (start < bytes.length) {
    const cut = bytes.indexOf(LF, Math.min(start + SLICE_BYTES, bytes.length - 1));
    const end = cut < 0 ? bytes.length : cut;
    for (const line of codec.decode(bytes.subarray(start, end)).split('\n')) {
      if (line !== '') reader.take(tables.splitLine(line) ?? []);
    }
    start = end + 1;
    await clock.waitMs(0);
  }
  return reader.finish();
}
