/** Checks one stored file of bars or signals, alone and against the files checked before it. */
import { plainPrice } from '../../core/check/bar-file-checks.js';
import { BAR_ROW_CHECKS } from '../../core/check/bar-row-checks.js';
import { checkListedRows, type ListedGrid } from '../../core/check/day-files.js';
import {
  checkingFile,
  type FileChecks,
  type FileExpectation,
  type RowChecks,
} from '../../core/check/file-checks.js';
import { checkingPlainBytes, checkingQuickly } from '../../core/check/quick-check.js';
import type { QuickRow } from '../../core/check/quick-row.js';
import { signalRowChecks } from '../../core/check/signal-row-checks.js';
import { BARS } from '../../core/column/bar-table.js';
import { SIGNALS } from '../../core/column/signal-table.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { type Progress, readFile, restingCheck, unreadableTable } from './read-file.js';
import { verifyTyped } from './verify-typed.js';
import { EXACT, type GridKind, QUICK, type SeenFile, SeenRows } from './seen-rows.js';

export async function verifyGrid(
  kind: GridKind,
  { artifact, resolution }: ListedGrid,
  progress: Progress,
  effects: Effects,
): Promise<void> {
  const { checks, rows, symbolDay } = progress;
  if (kind === 'bars') rows.bars = undefined;
  const bytes = await readFile(artifact, progress, effects);
  if (bytes === undefined) return;
  const table = kind === 'bars' ? BARS : SIGNALS;
  const file: SeenFile = { kind, table, resolution, name: artifact.name, date: symbolDay.date };
  const checked = await checkFile(bytes, file, progress, effects);
  if ('unreadable' in checked) {
    checks.push(...unreadableTable(artifact.name, checked.unreadable));
    return;
  }
  const { result, compared } = checked;
  checks.push(...result.checks, ...checkListedRows(artifact, result.rows), ...compared);
  await verifyTyped(kind, artifact, bytes, progress, effects);
  if (kind !== 'bars' || !result.isWhole) return;
  progress.lastPrice ??= result.carried === '' ? undefined : result.carried;
}

type CheckedFile =
  | { readonly result: FileChecks; readonly compared: readonly CheckResult[] }
  | { readonly unreadable: string };

/** Checks in doubles first, as most files are right; else again in big integers, which say what is wrong. */
async function checkFile(
  bytes: Uint8Array,
  file: SeenFile,
  progress: Progress,
  effects: Effects,
): Promise<CheckedFile> {
  const { name, kind } = file;
  const rowChecks = rowChecksOf(file, progress.report);
  const expected = expectationOf(file, progress.report);
  const { tables } = effects;
  try {
    const quick = new SeenRows(file, progress.rows, QUICK);
    const see = (row: QuickRow): boolean => quick.take(row);
    // Signals are long, so the library reads only those that are in doubt.
    const checking =
      kind === 'signals'
        ? checkingPlainBytes(bytes, rowChecks, expected, see)
        : checkingQuickly(tables.records(bytes, name), rowChecks, expected, see);
    const result = await restingCheck(checking, progress, effects);
    if (result !== undefined) return { result, compared: quick.finish() };
    const exact = new SeenRows(file, progress.rows, EXACT);
    const again = tables.records(bytes, name);
    const checkingAgain = checkingFile(again, rowChecks, expected, (values) => exact.take(values));
    const found = await restingCheck(checkingAgain, progress, effects);
    return { result: found, compared: found.isWhole ? exact.finish() : [] };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return { unreadable: error.parts.found };
  }
}

function rowChecksOf({ kind, resolution }: SeenFile, { options }: PublishedReport): RowChecks {
  if (kind === 'bars') return BAR_ROW_CHECKS;
  return signalRowChecks({ resolution, hasBook: options.streams === 'both' });
}

function expectationOf(
  { kind, name, date, resolution }: SeenFile,
  { seed }: PublishedReport,
): FileExpectation {
  const carried = kind === 'bars' && seed !== null ? plainPrice(seed.price) : '';
  return { name, date, resolution, carried };
}
