/**
 * Reads the published files of a symbol-day back and makes every check of docs/OUTPUT.md that concerns
 * this day alone. Writes nothing; the caller decides what a failed check means.
 */
import { checkReport, type ListedGrid, listedGrids } from '../../core/check/day-files.js';
import { CheckTally, mergeChecks } from '../../core/check/file-tally.js';
import { exactFormat, outputOf, type WantedFile } from '../../core/rule/products.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { CheckResult, ListedFile } from '../../core/stored/manifest.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import type { Effects, StoredContent } from '../ports.js';
import { readListedReport } from '../stored/read-report.js';
import { foundContent, type Progress } from './read-file.js';
import { type GridKind, RowsOfDay } from './seen-rows.js';
import { verifyGrid } from './verify-grid.js';

export interface Verification {
  readonly checks: readonly CheckResult[];
  /** Undefined if there is no readable report. */
  readonly report: PublishedReport | undefined;
  /** The files read, as the manifest lists them. */
  readonly files: readonly ListedFile[];
  /** Close of the day's last bar; undefined if it is empty or the bars could not be read. */
  readonly lastPrice: string | undefined;
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
  const grids = { bars: listedGrids(report, 'bars'), signals: listedGrids(report, 'signals') };
  const hasPatterns = report.artifacts.some(({ kind }) => outputOf(kind) === 'patterns');
  const progress: Progress = {
    symbolDay,
    report,
    listing,
    rows: new RowsOfDay({ bars: resolutionsOf(grids.bars), signals: resolutionsOf(grids.signals) }),
    checks: checkReport(report, { name, symbolDay, wanted }),
    files: [],
    lastPrice: undefined,
    rowsDone: 0,
    rowsTotal: report.artifacts
      .filter(({ kind, format }) => format === exactFormat(kind))
      .reduce((sum, { rows }) => sum + rows, 0),
  };
  for (const { kind, listed } of inOrder(grids)) {
    await verifyGrid(kind, listed, progress, effects);
  }
  if (hasPatterns) {
    const { verifyPatterns } = await import('./verify-patterns.js');
    await verifyPatterns(progress, effects);
  }
  return {
    checks: mergeChecks(progress.checks),
    report,
    files: [...listedFiles(progress), reportFile(name, content, report, effects)],
    lastPrice: progress.lastPrice,
  };
}

function resolutionsOf(listed: readonly ListedGrid[]): ListedGrid['resolution'][] {
  return listed.map(({ resolution }) => resolution);
}

interface KindOfGrid {
  readonly kind: GridKind;
  readonly listed: ListedGrid;
}

/** Finest first; the signals of a resolution follow its bars, so that only one pair is compared at a time. */
function inOrder(grids: Readonly<Record<GridKind, readonly ListedGrid[]>>): KindOfGrid[] {
  return (['bars', 'signals'] as const)
    .flatMap((kind) => grids[kind].map((listed): KindOfGrid => ({ kind, listed })))
    .toSorted((a, b) => a.listed.resolution.seconds - b.listed.resolution.seconds);
}

/** In the report's order. */
function listedFiles({ report, files }: Progress): ListedFile[] {
  const read = new Map(files.map((file) => [file.name, file]));
  return report.artifacts.flatMap(({ name }) => read.get(name) ?? []);
}

function unreadable(name: string, found: string): Verification {
  const tally = new CheckTally(name, ['quality_report']);
  const expected = 'a quality report as docs/schema describes it';
  tally.breach('quality_report', { where: '', found, expected });
  return { checks: tally.results(), report: undefined, files: [], lastPrice: undefined };
}

function reportFile(
  name: string,
  content: StoredContent,
  { fingerprint }: PublishedReport,
  effects: Effects,
): ListedFile {
  return {
    kind: 'quality',
    format: 'json',
    resolution: null,
    name,
    ...foundContent(content, effects),
    rows: null,
    fingerprint,
    generation: content.generation ?? null,
  };
}
