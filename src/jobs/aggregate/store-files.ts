/**
 * Encodes a computed symbol-day into files, checks each and stores them: the files first, then the run's
 * record, the quality report last. A retry that finds the report unchanged thus also finds the record
 * of the run that published it.
 */
import { rolledUp } from '../../core/grid/grid.js';
import { areSurelyBars, checkBars } from '../../core/check/bar-file-checks.js';
import { finding } from '../../core/finding/finding-list.js';
import { barFile } from '../../core/encode/bar-file.js';
import { barsName, qualityName } from '../../core/stored/output-names.js';
import { buildReport } from '../../core/day/build-report.js';
import { wantedFiles } from '../../core/rule/products.js';
import type { FileName } from '../../core/stored/artifacts.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import { assert } from '../../core/unit/errors.js';
import type { Finding } from '../../core/finding/finding.js';
import { fileFingerprint, inputsDigest, reportFingerprint } from '../../core/stored/fingerprint.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Artifact, QualityReport } from '../../core/stored/quality-report.js';
import { SECOND_MS } from '../../core/unit/utc-date.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { digestBy } from '../stored/digest.js';
import type { Effects } from '../ports.js';
import type { ComputedDay, DayOutcome } from './day-outcome.js';

/** A file of the day before it is stored. */
interface MadeFile extends FileName {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its data rows. */
  readonly rows: number;
  /** Findings of the checks that need no other file. */
  readonly broken: readonly Finding[];
}

export async function storeFiles(
  computed: ComputedDay,
  options: AggregateOptions,
  effects: Effects,
): Promise<DayOutcome> {
  const { day, evidence } = computed;
  const files = evidence.status === 'empty' ? [] : madeFiles(computed, options, effects);
  const broken = files.flatMap((file) => file.broken);
  if (broken.length > 0) return { outcome: 'failed', findings: broken, computed };
  const { codec } = effects;
  const digest = digestBy(codec);
  const inputs = inputsDigest(computed.inputs, digest);
  const artifacts: Artifact[] = [];
  for (const { kind, resolution, name, bytes, rows } of files) {
    const { crc32c } = await effects.out.write(name, bytes, 'anything');
    artifacts.push({
      kind,
      resolution,
      name,
      bytes: bytes.length,
      rows,
      sha256: codec.sha256(bytes),
      crc32c,
      fingerprint: fileFingerprint(inputs, { kind, resolution }, options.rules, digest),
    });
  }
  const subject = { ...day, files: artifacts, dataset: options.dataset };
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

/** Every file that is asked for, in the order of a report's list. */
function madeFiles(
  computed: ComputedDay,
  { rules }: AggregateOptions,
  effects: Effects,
): MadeFile[] {
  return wantedFiles(rules).map(({ kind, resolution }) => {
    assert(kind === 'bars' && resolution !== undefined, 'a file is made by its kind');
    return madeBars(computed, resolution, effects);
  });
}

/**
 * The checks of docs/OUTPUT.md that need no other file are made on the exact bytes to be written: nothing that
 * the encoder or a fold got wrong may pass, so the grid's own values would not do. A strict reader of
 * plain lines suffices for what this program has just made; what it cannot vouch for goes the way of the
 * final step, which says what is wrong.
 */
function madeBars(
  { day, features, evidence }: ComputedDay,
  resolution: Resolution,
  { tables }: Effects,
): MadeFile {
  const barMs = resolution.seconds * SECOND_MS;
  const bars = rolledUp(features.bars, barMs);
  const book = rolledUp(features.book, barMs);
  const name = barsName(day, resolution.name);
  const bytes = barFile({ bars, book }, evidence.seed?.price);
  const expected = { name, date: day.date, resolution, seedPrice: evidence.seed?.price ?? null };
  const broken = areSurelyBars(bytes, expected)
    ? []
    : brokenChecks(name, checkBars(tables.records(bytes, name), expected).checks);
  return { kind: 'bars', resolution: resolution.name, name, bytes, rows: bars.length, broken };
}

function brokenChecks(name: string, checks: readonly CheckResult[]): Finding[] {
  return checks
    .filter(({ ok }) => !ok)
    .map(({ check, detail }) => finding('check_failed', name, `${check}: ${detail}`));
}
