/**
 * Checks the stored patterns and the stored scoreboard of a symbol-day, each alone, and both against what the stored
 * 1s bars and 1s signals give again.
 */
import { checkRemade } from '../../core/across/remade-file.js';
import { checkListedRows } from '../../core/check/day-files.js';
import { cellChecksOnly, checkingFile } from '../../core/check/file-checks.js';
import { type Breach, CheckTally, quoted } from '../../core/check/file-tally.js';
import { PATTERN_EVENTS } from '../../core/column/pattern-table.js';
import type { StoredFile } from '../../core/pattern/day-cells.js';
import { PATTERN_SECONDS } from '../../core/rule/products.js';
import { isScoreboard } from '../../core/score/scoreboard-shape.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { resolutionOf } from '../../core/unit/resolution.js';
import { patternFiles } from '../pattern/pattern-files.js';
import type { Effects } from '../ports.js';
import { type Progress, readFile, restingCheck, unreadableTable } from './read-file.js';

/** The 1s bars and 1s signals as they are stored; undefined: not listed, or not whole. */
export interface SecondRows {
  readonly bars: StoredFile | undefined;
  readonly signals: StoredFile | undefined;
}

const PATTERN_ROW_CHECKS = cellChecksOnly(PATTERN_EVENTS);

export async function verifyPatterns(
  seconds: SecondRows,
  progress: Progress,
  effects: Effects,
): Promise<void> {
  const { artifacts } = progress.report;
  const stored = new Map<Artifact, Uint8Array>();
  for (const artifact of artifacts) {
    if (artifact.kind !== 'patterns' && artifact.kind !== 'scoreboard') continue;
    const bytes = await readFile(artifact, progress, effects);
    if (bytes === undefined) continue;
    stored.set(artifact, bytes);
    if (artifact.kind === 'patterns') await checkEvents(artifact, bytes, progress, effects);
    else progress.checks.push(...checkScoreboard(artifact, bytes, progress, effects));
  }
  progress.checks.push(...recomputed(stored, seconds, progress, effects));
}

async function checkEvents(
  artifact: Artifact,
  bytes: Uint8Array,
  progress: Progress,
  effects: Effects,
): Promise<void> {
  const { name } = artifact;
  const { date } = progress.symbolDay;
  const expected = { name, date, resolution: undefined, carried: '' };
  try {
    const records = effects.tables.records(bytes, name);
    const checking = checkingFile(records, PATTERN_ROW_CHECKS, expected, () => undefined);
    const { checks, rows } = await restingCheck(checking, progress, effects);
    progress.checks.push(...checks, ...checkListedRows(artifact, rows));
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    progress.checks.push(...unreadableTable(name, error.parts.found));
  }
}

function checkScoreboard(
  artifact: Artifact,
  bytes: Uint8Array,
  { symbolDay }: Progress,
  { codec }: Effects,
): CheckResult[] {
  const { name } = artifact;
  const tally = new CheckTally(name, ['scoreboard']);
  try {
    const place = { what: 'scoreboard', where: name };
    const { symbol, date, scores } = parseStored(codec.decode(bytes), isScoreboard, place);
    const [found, expected] = [`${symbol} ${date}`, `${symbolDay.symbol} ${symbolDay.date}`];
    if (found !== expected) {
      tally.breach('scoreboard', { where: '', found: quoted(found), expected: quoted(expected) });
    }
    return [...tally.results(), ...checkListedRows(artifact, scores.length)];
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const { found, expected } = error.parts;
    tally.breach('scoreboard', { where: '', found, expected });
    return tally.results();
  }
}

/** Nothing where the day has no bars or no signals, or where those of a second are broken themselves. */
function recomputed(
  stored: ReadonlyMap<Artifact, Uint8Array>,
  { bars, signals }: SecondRows,
  progress: Progress,
  { tables, codec }: Effects,
): CheckResult[] {
  const { symbolDay, report, seen } = progress;
  if (bars === undefined || signals === undefined) return withoutSeconds(progress);
  try {
    const day = { day: symbolDay, rules: publishedRules(report), bars, signals, seen };
    const remade = patternFiles(day, { tables, codec });
    return [...stored].flatMap(([{ kind, name }, bytes]) =>
      checkRemade({
        name,
        stored: bytes,
        remade: kind === 'patterns' ? remade.patterns : remade.scoreboard,
      }),
    );
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const { where, what, found, expected } = error.parts;
    return broken(where, { where: what, found, expected });
  }
}

/** Whether files of a second are broken, other checks say. */
function withoutSeconds({ rows, symbolDay }: Progress): CheckResult[] {
  const { bars, signals } = rows.resolutions;
  const second = resolutionOf(PATTERN_SECONDS);
  const areListed = rows.isListed('bars', second) && rows.isListed('signals', second);
  if (bars.length === 0 || signals.length === 0 || areListed) return [];
  const { name } = second;
  const expected = `${name} bars and ${name} signals`;
  return broken(qualityName(symbolDay), { where: 'artifacts', found: 'no such files', expected });
}

function broken(file: string, breach: Breach): CheckResult[] {
  const tally = new CheckTally(file, ['recomputed']);
  tally.breach('recomputed', breach);
  return tally.results();
}
