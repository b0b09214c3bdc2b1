/** Inspects a quality report, a day's manifest or a scoreboard: a short form of the file. */
import { findingText } from '../finding/finding-list.js';
import { isScoreboard, type Scoreboard } from '../score/scoreboard-shape.js';
import type { Digest } from '../stored/fingerprint.js';
import { parseStored } from '../stored/json-shape.js';
import type { Manifest } from '../stored/manifest.js';
import { parseReport } from '../stored/report-seal.js';
import {
  hasTimes,
  isManifest,
  isPublishedReport,
  type PublishedReport,
  type ReportTimes,
} from '../stored/stored-shapes.js';
import { isDictionary } from '../unit/json.js';
import type { ManifestInspection, ReportInspection, ScoreboardInspection } from './inspection.js';

/** Throws a FlowbarsError of kind `data` if the text is none of these, or a report with a broken seal. */
export function inspectStoredJson(
  text: string,
  where: string,
  digest: Digest,
): ReportInspection | ManifestInspection | ScoreboardInspection {
  const what = 'quality report, manifest or scoreboard';
  const document = parseStored(text, isKnown, { what, where });
  if ('symbols' in document) return inspectManifest(document);
  if ('scores' in document) return inspectScoreboard(document);
  return inspectReport(parseReport(text, where, { isReport: isPublishedReport, digest }));
}

function isKnown(value: unknown): value is PublishedReport | Manifest | Scoreboard {
  if (!isDictionary(value)) return false;
  if ('symbols' in value) return isManifest(value);
  return 'scores' in value ? isScoreboard(value) : isPublishedReport(value);
}

function inspectReport(report: PublishedReport): ReportInspection {
  const { symbol, date, status, coverage, rows, inputs, artifacts, findings } = report;
  const { outages, options } = report;
  return {
    kind: 'quality',
    symbol,
    date,
    status,
    coverage,
    outages: outages.length,
    outage_seconds_longest: Math.max(0, ...outages.map(({ seconds }) => seconds)),
    times: hasTimes(report) ? timesOf(report) : null,
    large_order: options.large_order,
    rows,
    inputs: inputs.length,
    artifacts: artifacts.map(({ name, rows: count, bytes }) => ({ name, rows: count, bytes })),
    findings: findings.map(findingText),
  };
}

function timesOf({ expected_seconds, outage_seconds, unproven_seconds }: ReportTimes): ReportTimes {
  return { expected_seconds, outage_seconds, unproven_seconds };
}

function inspectManifest({ date, symbols }: Manifest): ManifestInspection {
  return {
    kind: 'manifest',
    date,
    symbols: symbols.map(({ symbol, published, last_attempt: attempt }) => ({
      symbol,
      status: published?.status ?? null,
      coverage: published?.coverage ?? null,
      files: published?.files.length ?? 0,
      last_attempt: attempt?.outcome ?? null,
    })),
  };
}

function inspectScoreboard({ symbol, date, fee_bps, scores }: Scoreboard): ScoreboardInspection {
  return {
    kind: 'scoreboard',
    symbol,
    date,
    fee_bps,
    scores: scores.map((score) => ({
      pattern: score.pattern,
      horizon_seconds: score.horizon_seconds,
      events: score.events,
      control: score.control,
      base: score.base,
      hit_rate: score.hit_rate,
      interval: score.interval,
      control_hit_rate: score.control_hit_rate,
      expected_hit_rate: score.expected_hit_rate,
      mean_move_bps: score.mean_move_bps,
      median_move_bps: score.median_move_bps,
      verdict: score.verdict,
    })),
  };
}
