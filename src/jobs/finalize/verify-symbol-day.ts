/**
 * Reads the published files of a symbol-day back and makes every check of docs/OUTPUT.md that concerns
 * this day alone. Writes nothing; the caller decides what a failed check means.
 */
import {
  type BarFileChecks,
  type BarFileExpectation,
  checkingBars,
  checkingBarsQuickly,
} from '../../core/check/bar-file-checks.js';
import {
  checkContent,
  checkListedRows,
  checkReport,
  type FoundContent,
  type ListedGrid,
  listedGrids,
} from '../../core/check/day-files.js';
import { CheckTally, mergeChecks } from '../../core/check/file-tally.js';
import type { RowValues } from '../../core/check/cell-values.js';
import type { QuickRow } from '../../core/check/quick-row.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { CheckResult, ListedFile } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { WantedFile } from '../../core/rule/products.js';
import type { Resolution } from '../../core/unit/resolution.js';
import { readListedReport } from '../stored/read-report.js';
import type { Effects, StoredContent, StoredObject } from '../ports.js';
import { EXACT, QUICK, SeenBars } from './seen-bars.js';

export interface Verification {
  readonly checks: readonly CheckResult[];
  /** Undefined if there is no readable report. */
  readonly report: PublishedReport | undefined;
  /** The files read, as the manifest lists them. */
  readonly files: readonly ListedFile[];
  /** Close of the day's last bar; undefined if it is empty or the bars could not be read. */
  readonly lastPrice: string | undefined;
}

/** State kept between the files of a day, so that only one is in memory at a time. */
interface Progress {
  readonly symbolDay: SymbolDay;
  readonly report: PublishedReport;
  readonly resolutions: readonly Resolution[];
  readonly listing: ReadonlyMap<string, StoredObject>;
  /** Roll-ups of the finer files checked so far, by bar length in seconds. */
  readonly rolled: Map<number, readonly RowValues[]>;
  readonly checks: CheckResult[];
  readonly files: ListedFile[];
  lastPrice: string | undefined;
  rowsDone: number;
  readonly rowsTotal: number;
}

/** `wanted`: the files that the run requests; each has to be listed. */
export async function verifySymbolDay(
  symbolDay: SymbolDay,
  wanted: readonly WantedFile[],
  effects: Effects,
): Promise<Verification> {
  const { symbol, date } = symbolDay;
  const objects = await effects.out.list(`${symbol}/${date}_`);
  const listing = new Map(objects.map((object) => [object.name, object]));
  const name = qualityName(symbolDay);
  const stored = await readListedReport(symbolDay, listing, effects);
  if (stored.state === 'absent') return unreadable(name, 'no object');
  if (stored.state === 'unreadable') return unreadable(name, stored.error.parts.found);
  const { report, content } = stored;
  const bars = listedGrids(report, 'bars');
  const progress: Progress = {
    symbolDay,
    report,
    listing,
    resolutions: bars.map(({ resolution }) => resolution),
    rolled: new Map(),
    checks: checkReport(report, { name, symbolDay, wanted }),
    files: [],
    lastPrice: undefined,
    rowsDone: 0,
    rowsTotal: bars.reduce((sum, { artifact }) => sum + artifact.rows, 0),
  };
  for (const listed of bars) await verifyFile(listed, progress, effects);
  return {
    checks: mergeChecks(progress.checks),
    report,
    files: [...progress.files, reportFile(name, content, report, effects)],
    lastPrice: progress.lastPrice,
  };
}

async function verifyFile(listed: ListedGrid, progress: Progress, effects: Effects): Promise<void> {
  const { artifact, resolution } = listed;
  const { symbolDay, checks, rolled } = progress;
  const content = await readListed(artifact.name, progress.listing, effects);
  const found = content === undefined ? undefined : foundContent(content, effects);
  checks.push(...checkContent(artifact, found));
  if (content === undefined) return;
  progress.files.push(barFile(artifact, content));
  const { name } = artifact;
  const seedPrice = progress.report.seed?.price ?? null;
  const expected = { name, date: symbolDay.date, resolution, seedPrice };
  const checked = await checkFile(content, expected, progress, effects);
  if ('unreadable' in checked) {
    checks.push(...unreadableTable(name, checked.unreadable));
    return;
  }
  const { result, seen } = checked;
  checks.push(...result.checks, ...checkListedRows(artifact, result.rows));
  if (!result.isWhole) return;
  progress.lastPrice ??= result.lastPrice;
  checks.push(...seen.compare(name, symbolDay.date));
  for (const [seconds, rollUp] of seen.rollUps) rolled.set(seconds, rollUp.rolled);
}

type CheckedFile =
  | { readonly result: BarFileChecks; readonly seen: SeenBars<RowValues> | SeenBars<QuickRow> }
  | { readonly unreadable: string };

/** Checks in doubles first, as most files are right; else again in big integers, which say what is wrong. */
async function checkFile(
  { bytes }: StoredContent,
  expected: BarFileExpectation,
  progress: Progress,
  effects: Effects,
): Promise<CheckedFile> {
  const { name, resolution } = expected;
  try {
    const quick = new SeenBars(resolution, progress, QUICK);
    const table = effects.tables.records(bytes, name);
    const checking = checkingBarsQuickly(table, expected, (row) => quick.take(row));
    const result = await restingCheck(checking, progress, effects);
    if (result !== undefined) return { result, seen: quick };
    const seen = new SeenBars(resolution, progress, EXACT);
    const again = effects.tables.records(bytes, name);
    const checkingAgain = checkingBars(again, expected, (values) => seen.take(values));
    return { result: await restingCheck(checkingAgain, progress, effects), seen };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return { unreadable: error.parts.found };
  }
}

/** Runs a check that takes seconds in steps, so that the process can show in between that it goes on. */
async function restingCheck<Result extends BarFileChecks | undefined>(
  checking: Generator<number, Result>,
  progress: Progress,
  { log, clock }: Effects,
): Promise<Result> {
  const { symbolDay, rowsTotal } = progress;
  const rowsBefore = progress.rowsDone;
  const say = (rows: number): void =>
    log.event('DEBUG', 'verifying', { ...symbolDay, rows_done: rows, rows_total: rowsTotal });
  say(rowsBefore);
  for (;;) {
    const step = checking.next();
    if (step.done === true) {
      progress.rowsDone = rowsBefore + (step.value?.rows ?? 0);
      return step.value;
    }
    say(rowsBefore + step.value);
    await clock.waitMs(0);
  }
}

async function readListed(
  name: string,
  listing: ReadonlyMap<string, StoredObject>,
  { out }: Effects,
): Promise<StoredContent | undefined> {
  const listed = listing.get(name);
  return listed === undefined ? undefined : await out.read(name, listed);
}

function unreadable(name: string, found: string): Verification {
  const tally = new CheckTally(name, ['quality_report']);
  const expected = 'a quality report as docs/schema describes it';
  tally.breach('quality_report', { where: '', found, expected });
  return { checks: tally.results(), report: undefined, files: [], lastPrice: undefined };
}

function unreadableTable(name: string, found: string): CheckResult[] {
  const tally = new CheckTally(name, ['columns']);
  tally.breach('columns', { where: '', found, expected: 'a csv file' });
  return tally.results();
}

function foundContent({ bytes, crc32c }: StoredContent, { codec }: Effects): FoundContent {
  return { bytes: bytes.length, sha256: codec.sha256(bytes), crc32c };
}

function barFile(artifact: Artifact, { generation }: StoredContent): ListedFile {
  const { kind, resolution, name, bytes, rows, sha256, crc32c, fingerprint } = artifact;
  const listed = { kind, resolution, name, bytes, rows, sha256, crc32c, fingerprint };
  return { ...listed, generation: generation ?? null };
}

function reportFile(
  name: string,
  content: StoredContent,
  { fingerprint }: PublishedReport,
  effects: Effects,
): ListedFile {
  return {
    kind: 'quality',
    resolution: null,
    name,
    ...foundContent(content, effects),
    rows: null,
    fingerprint,
    generation: content.generation ?? null,
  };
}
