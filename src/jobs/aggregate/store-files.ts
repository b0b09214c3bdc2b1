/**
 * Encodes a computed symbol-day into files, checks each and stores them: the files first, then the run's
 * record, the quality report last. A retry that finds the report unchanged thus also finds the record
 * of the run that published it.
 */
import { qualityName } from '../../core/stored/output-names.js';
import { buildReport } from '../../core/day/build-report.js';
import {
  fileFingerprint,
  inputsDigest,
  reportFingerprint,
  sidecarsDigest,
} from '../../core/stored/fingerprint.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Artifact, QualityReport } from '../../core/stored/quality-report.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { digestBy } from '../stored/digest.js';
import type { Effects } from '../ports.js';
import type { ComputedDay, DayOutcome } from './day-outcome.js';
import { madeFiles } from './made-files.js';

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
  for (const { kind, format, resolution, name, bytes, rows } of files) {
    const { crc32c } = await effects.out.write(name, bytes, 'anything');
    artifacts.push({
      kind,
      format,
      resolution,
      name,
      bytes: bytes.length,
      rows,
      sha256: codec.sha256(bytes),
      crc32c,
      fingerprint: fileFingerprint(inputs, { kind, format, resolution }, options, digest),
    });
  }
  const subject = {
    ...day,
    files: artifacts,
    dataset: options.dataset,
    sidecars: sidecarsDigest(computed.sidecars, digest),
  };
  const report = buildReport({
    day,
    evidence,
    artifacts,
    rules: options.rules,
    digest,
    codeVersion: options.codeVersion,
    dataset: options.dataset,
    inputs: computed.inputs,
    sidecars: computed.sidecars,
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
