/**
 * Checks the stored patterns and the stored scoreboard of a symbol-day, each alone. That the stored seconds give them
 * again is what `flowbars patterns` shows: here it would only repeat what the task has computed from the same bytes.
 */
import { checkListedRows } from '../../core/check/day-files.js';
import { cellChecksOnly, checkingFile } from '../../core/check/file-checks.js';
import { CheckTally, quoted } from '../../core/check/file-tally.js';
import { PATTERN_EVENTS } from '../../core/column/pattern-table.js';
import { exactFormat } from '../../core/rule/products.js';
import { isScoreboard } from '../../core/score/scoreboard-shape.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { type Progress, readFile, restingCheck, unreadableTable } from './read-file.js';
import { verifyTyped } from './verify-typed.js';

const PATTERN_ROW_CHECKS = cellChecksOnly(PATTERN_EVENTS);

export async function verifyPatterns(progress: Progress, effects: Effects): Promise<void> {
  for (const artifact of progress.report.artifacts) {
    if (artifact.format !== exactFormat(artifact.kind)) continue;
    if (artifact.kind !== 'patterns' && artifact.kind !== 'scoreboard') continue;
    const bytes = await readFile(artifact, progress, effects);
    if (bytes === undefined) continue;
    if (artifact.kind === 'patterns') await checkEvents(artifact, bytes, progress, effects);
    else progress.checks.push(...checkScoreboard(artifact, bytes, progress, effects));
  }
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
    await verifyTyped('patterns', artifact, bytes, progress, effects);
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
