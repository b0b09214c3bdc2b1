/**
 * Encodes a computed symbol-day into files, checks each and stores them: bars first, then the run's
 * record, the quality report last. A retry that finds the report unchanged thus also finds the record
 * of the run that published it.
 */
import { rolledUp } from '../../core/grid/grid.js';
import { areSurelyBars, checkBars } from '../../core/check/bar-file-checks.js';
import { finding } from '../../core/finding/finding-list.js';
import { barFile } from '../../core/encode/bar-file.js';
import { barsName, qualityName } from '../../core/stored/output-names.js';
import { buildReport } from '../../core/day/build-report.js';
import type { Finding } from '../../core/finding/finding.js';
import { barsFingerprint, inputsDigest, reportFingerprint } from '../../core/stored/fingerprint.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { BarArtifact, QualityReport } from '../../core/stored/quality-report.js';
import { SECOND_MS } from '../../core/unit/utc-date.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { digestBy } from '../stored/digest.js';
import type { Effects } from '../ports.js';
import type { ComputedDay, DayOutcome } from './day-outcome.js';

interface BarFile {
  readonly resolution: Resolution;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rows: number;
}

export async function storeBars(
  computed: ComputedDay,
  options: AggregateOptions,
  effects: Effects,
): Promise<DayOutcome> {
  const { day, evidence } = computed;
  const files = evidence.status === 'empty' ? [] : barFiles(computed, options);
  const broken = files.flatMap((file) => brokenChecks(file, computed, effects));
  if (broken.length > 0) return { outcome: 'failed', findings: broken, computed };
  const { codec } = effects;
  const digest = digestBy(codec);
  const inputs = inputsDigest(computed.inputs, digest);
  const artifacts: BarArtifact[] = [];
  for (const { resolution, name, bytes, rows } of files) {
    const { crc32c } = await effects.out.write(name, bytes, 'anything');
    artifacts.push({
      kind: 'bars',
      resolution: resolution.name,
      name,
      bytes: bytes.length,
      rows,
      sha256: codec.sha256(bytes),
      crc32c,
      fingerprint: barsFingerprint(inputs, resolution.name, options.rules, digest),
    });
  }
  const resolutionNames = artifacts.map(({ resolution }) => resolution);
  const subject = { ...day, resolutionNames, dataset: options.dataset };
  const report = buildReport({
    day,
    evidence,
    artifacts,
    rules: options.rules,
    digest,
    codeVersion: options.codeVersion,
    dataset: options.dataset,
    inputs: computed.inputs,
    fingerprint: reportFingerprint(inputs, subject, options.rules, digest),
  });
  return { outcome: 'published', report, computed };
}

/** Stores the quality report: the last write of a symbol-day, after the run's record. */
export async function storeReport(
  day: SymbolDay,
  report: QualityReport,
  { out, codec }: Effects,
): Promise<void> {
  await out.write(qualityName(day), codec.encode(storedJson(report)), 'anything');
}

function barFiles({ day, features, evidence }: ComputedDay, options: AggregateOptions): BarFile[] {
  return options.rules.resolutions.map((resolution) => {
    const barMs = resolution.seconds * SECOND_MS;
    const bars = rolledUp(features.bars, barMs);
    const book = rolledUp(features.book, barMs);
    return {
      resolution,
      name: barsName(day, resolution.name),
      bytes: barFile({ bars, book }, evidence.seed?.price),
      rows: bars.length,
    };
  });
}

/**
 * The checks of docs/OUTPUT.md that need no other file, on the exact bytes to be written: nothing that
 * the encoder or a fold got wrong may pass, so the grid's own values would not do. A strict reader of
 * plain lines suffices for what this program has just made; what it cannot vouch for goes the way of the
 * final step, which says what is wrong.
 */
function brokenChecks(file: BarFile, { day, evidence }: ComputedDay, effects: Effects): Finding[] {
  const expected = {
    name: file.name,
    date: day.date,
    resolution: file.resolution,
    seedPrice: evidence.seed?.price ?? null,
  };
  if (areSurelyBars(file.bytes, expected)) return [];
  const { checks } = checkBars(effects.tables.records(file.bytes, file.name), expected);
  return checks
    .filter(({ ok }) => !ok)
    .map(({ check, detail }) => finding('check_failed', file.name, `${check}: ${detail}`));
}
