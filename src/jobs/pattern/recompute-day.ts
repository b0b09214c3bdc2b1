/**
 * Computes the patterns file and the scoreboard of a published symbol-day once more, from its stored 1s bars and
 * 1s signals alone, and writes what is lost of them.
 */
import type { RecomputedDay } from '../../core/score/pattern-documents.js';
import { patternsName, scoreboardName } from '../../core/stored/output-names.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { compareFile, type ComparedFile, detailOf, isLost, outcomeOf } from './compared-file.js';
import { listedFile, readListed, readReport, type ReportedDay } from './listed-file.js';
import { patternFiles, type PatternFiles, type SecondFiles } from './pattern-files.js';

export type RecomputeEffects = Pick<Effects, 'out' | 'codec' | 'tables' | 'clock'>;

/** Whether to write what is lost, or only to say so. */
export interface RecomputeRule {
  readonly isCheck: boolean;
}

/** Throws what is no fault of the day, such as errors of storage. */
export async function recomputeDay(
  day: ReportedDay,
  rule: RecomputeRule,
  effects: RecomputeEffects,
): Promise<RecomputedDay> {
  const { symbol, date } = day;
  const nothing = { symbol, date, listed: null, events: null, written: [] };
  try {
    const report = await readReport(day, effects);
    const isEmpty = report.status === 'empty';
    if (isEmpty) return { ...nothing, outcome: 'empty', detail: 'nothing was recorded' };
    return { symbol, date, ...(await recomputed(day, report, rule, effects)) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    return { ...nothing, outcome: 'damaged', detail: error.message };
  }
}

async function recomputed(
  day: ReportedDay,
  report: PublishedReport,
  { isCheck }: RecomputeRule,
  effects: RecomputeEffects,
): Promise<Omit<RecomputedDay, 'symbol' | 'date'>> {
  const kinds = ['patterns', 'scoreboard'] as const;
  const listed = kinds.every((kind) => listedFile(report.artifacts, kind) !== undefined);
  const seconds = await readSeconds(day, report, effects);
  if (typeof seconds === 'string') {
    return { outcome: 'no_seconds', listed, events: null, written: [], detail: seconds };
  }
  const made = patternFiles(seconds, effects);
  const files = await compareFiles(day, report, made, effects);
  const outcome = outcomeOf(files, isCheck);
  const isWriting = outcome === 'restored' || outcome === 'made';
  const written = isWriting ? await writeLost(files, effects) : [];
  const detail = detailOf(files, outcome, effects.codec);
  return { outcome, listed, events: made.events, written, detail };
}

/** A text says which of the files is not published. */
async function readSeconds(
  { symbol, date }: ReportedDay,
  report: PublishedReport,
  effects: RecomputeEffects,
): Promise<SecondFiles | string> {
  const [bars, signals] = [
    listedFile(report.artifacts, 'bars'),
    listedFile(report.artifacts, 'signals'),
  ];
  if (bars === undefined) return 'no 1s bars are published';
  if (signals === undefined) return 'no 1s signals are published';
  const { streams, fee_bps: feeBps } = report.options;
  return {
    day: { symbol, date },
    rules: { streams, feeBps },
    bars: { name: bars.name, bytes: await readListed(bars, 'quality report', effects) },
    signals: { name: signals.name, bytes: await readListed(signals, 'quality report', effects) },
  };
}

async function compareFiles(
  day: ReportedDay,
  report: PublishedReport,
  { patterns, scoreboard }: PatternFiles,
  effects: RecomputeEffects,
): Promise<ComparedFile[]> {
  const listed = (kind: 'patterns' | 'scoreboard'): string | undefined =>
    listedFile(report.artifacts, kind)?.sha256;
  const files = [
    { name: patternsName(day), bytes: patterns, listedSha256: listed('patterns') },
    { name: scoreboardName(day), bytes: scoreboard, listedSha256: listed('scoreboard') },
  ];
  return await Promise.all(files.map(async (file) => await compareFile(file, effects)));
}

/** Replaces exactly what was compared. Gives the names of what it wrote. */
async function writeLost(
  files: readonly ComparedFile[],
  { out }: RecomputeEffects,
): Promise<string[]> {
  const lost = files.filter(isLost);
  for (const { name, bytes, stored } of lost) {
    await out.write(name, bytes, stored === undefined ? 'nothing' : { content: stored });
  }
  return lost.map(({ name }) => name);
}
