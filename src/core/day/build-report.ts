/** Builds the stored quality report of a finished symbol-day. */
import { causeOf, type OutageRange, totalMs } from '../evidence/outages.js';
import { DAY_RULES, type DayRules } from '../rule/rule-table.js';
import { storedRules } from '../rule/rules.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import type { Digest } from '../stored/fingerprint.js';
import type {
  Artifact,
  InputObject,
  QualityReport,
  SidecarObject,
} from '../stored/quality-report.js';
import { sealed } from '../stored/report-seal.js';
import { isoStampMs } from '../unit/utc-date.js';
import type { DayEvidence } from './day-evidence.js';

export interface ReportParts {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly codeVersion: string;
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
  readonly evidence: DayEvidence;
  readonly inputs: readonly InputObject[];
  readonly sidecars: readonly SidecarObject[];
  readonly artifacts: readonly Artifact[];
  readonly fingerprint: string;
  readonly digest: Digest;
}

export function buildReport(parts: ReportParts): QualityReport {
  const { day, evidence, rules } = parts;
  const { seed, silence, tradeIds } = evidence;
  const report = {
    schema_version: SCHEMA_VERSION,
    code_version: parts.codeVersion,
    symbol: day.symbol,
    date: day.date,
    status: evidence.status,
    dataset: parts.dataset ?? null,
    options: storedRules(rules, DAY_RULES),
    rows: { trades: evidence.trades, depth: evidence.depth },
    chunk_minutes: evidence.chunkMinutes,
    levels: evidence.levels,
    seed:
      seed === undefined
        ? null
        : { price: seed.price, time: isoStampMs(seed.timeMs), object: seed.object },
    trade_ids: tradeIds,
    quote_rule: evidence.quoteRule,
    outages: silence.outages.map(storedOutage),
    quiet_seconds: silence.quietMs / 1_000,
    unproven_seconds: totalMs(silence.unproven) / 1_000,
    expected_seconds: totalMs([evidence.expected]) / 1_000,
    outage_seconds: evidence.outageMs / 1_000,
    coverage: evidence.coverage,
    malformed_rows: evidence.malformedRows,
    findings: evidence.findings,
    inputs: parts.inputs,
    sidecars: parts.sidecars,
    artifacts: parts.artifacts,
    fingerprint: parts.fingerprint,
  };
  return sealed(report, parts.digest);
}

function storedOutage(outage: OutageRange): QualityReport['outages'][number] {
  const { kind, fromMs, toMs, causes = [] } = outage;
  return {
    kind,
    cause: causeOf(outage) ?? null,
    from: isoStampMs(fromMs),
    to: isoStampMs(toMs),
    seconds: (toMs - fromMs) / 1_000,
    causes: causes.map(({ cause, ms }) => ({ cause, seconds: ms / 1_000 })),
  };
}
