/**
 * What the final step reads back: run records, day manifests, and of a quality report the part that
 * it relies on. The field types are those of manifest.ts and quality-report.ts.
 */
import type { Finding, FindingCode, FindingSeverity } from '../finding/finding.js';
import {
  arrayOf,
  type Guard,
  isDictionary,
  isNumber,
  isText,
  isTruth,
  objectOf,
  oneOf,
  orNull,
} from './json-shape.js';
import type {
  CheckResult,
  LastAttempt,
  ListedFile,
  Manifest,
  ManifestEntry,
  PublishedEntry,
  RunOutcome,
  RunRecord,
} from './manifest.js';
import { type RecordedStreams, SCHEMA_VERSION } from '../rule/day-rules.js';
import type {
  BarArtifact,
  DayStatus,
  DepthRowCounts,
  InputObject,
  InputRole,
  QualityReport,
  Seed,
  TradeRowCounts,
} from './quality-report.js';

/** The fields of a quality report that the final step relies on. */
export type PublishedReport = Pick<
  QualityReport,
  | 'schema_version'
  | 'symbol'
  | 'date'
  | 'status'
  | 'dataset'
  | 'options'
  | 'seed'
  | 'coverage'
  | 'findings'
  | 'artifacts'
  | 'fingerprint'
  | 'inputs'
  | 'rows'
  | 'content_sha256'
>;

const isSchemaVersion: Guard<number> = (value): value is number => value === SCHEMA_VERSION;

const isFindingCode: Guard<FindingCode> = oneOf<FindingCode>({
  chunk_unreadable: true,
  overlap_unresolved: true,
  malformed_rows: true,
  too_many_malformed: true,
  trade_ids_missing: true,
  outage: true,
  unproven: true,
  snapshots_short: true,
  rows_late: true,
  no_data: true,
  inputs_vanished: true,
  limit_reached: true,
  check_failed: true,
  seed_mismatch: true,
  record_missing: true,
  world_failed: true,
});
const isSeverity: Guard<FindingSeverity> = oneOf<FindingSeverity>({
  info: true,
  warning: true,
  error: true,
});
const isStatus: Guard<DayStatus> = oneOf<DayStatus>({
  complete: true,
  partial: true,
  empty: true,
  failed: true,
});
const isOutcome: Guard<RunOutcome> = oneOf<RunOutcome>({
  published: true,
  unchanged: true,
  failed: true,
  error: true,
});

const isFinding: Guard<Finding> = objectOf<Finding>({
  code: isFindingCode,
  severity: isSeverity,
  where: isText,
  detail: isText,
});
const isCheckResult: Guard<CheckResult> = objectOf<CheckResult>({
  check: isText,
  ok: isTruth,
  detail: isText,
});
const isSeed: Guard<Seed> = objectOf<Seed>({ price: isText, time: isText, object: isText });

const isBarArtifact: Guard<BarArtifact> = objectOf<BarArtifact>({
  kind: oneOf<'bars'>({ bars: true }),
  resolution: isText,
  name: isText,
  bytes: isNumber,
  rows: isNumber,
  sha256: isText,
  crc32c: isText,
  fingerprint: isText,
});

const isInputObject: Guard<InputObject> = objectOf<InputObject>({
  name: isText,
  size: isNumber,
  crc32c: isText,
  role: oneOf<InputRole>({ chunk: true, edge: true, seed: true }),
});

const TRADE_COUNTS = {
  rows: isNumber,
  malformed: isNumber,
  neighbour_day: isNumber,
  excluded: isNumber,
  duplicate: isNumber,
  used: isNumber,
};
const isTradeCounts: Guard<TradeRowCounts> = objectOf<TradeRowCounts>(TRADE_COUNTS);
const isDepthCounts: Guard<DepthRowCounts> = objectOf<DepthRowCounts>({
  ...TRADE_COUNTS,
  one_sided: isNumber,
  crossed: isNumber,
  short: isNumber,
});

const isStoredOptions: Guard<QualityReport['options']> = objectOf<QualityReport['options']>({
  streams: oneOf<RecordedStreams>({ both: true, trades: true }),
  edge_minutes: isNumber,
  seed_minutes: isNumber,
  raw_layout: isText,
  sparse_trades: isTruth,
  hole_min_ms: isNumber,
  malformed_max: isNumber,
  expect: orNull(objectOf<{ from: string; to: string }>({ from: isText, to: isText })),
});

export const isPublishedReport: Guard<PublishedReport> = objectOf<PublishedReport>({
  schema_version: isSchemaVersion,
  symbol: isText,
  date: isText,
  status: isStatus,
  dataset: orNull(isDictionary),
  options: isStoredOptions,
  seed: orNull(isSeed),
  coverage: isNumber,
  findings: arrayOf(isFinding),
  artifacts: arrayOf(isBarArtifact),
  fingerprint: isText,
  content_sha256: isText,
  inputs: arrayOf(isInputObject),
  rows: objectOf<QualityReport['rows']>({ trades: isTradeCounts, depth: isDepthCounts }),
});

const isListedFile: Guard<ListedFile> = objectOf<ListedFile>({
  kind: oneOf<'bars' | 'quality'>({ bars: true, quality: true }),
  resolution: orNull(isText),
  name: isText,
  bytes: isNumber,
  rows: orNull(isNumber),
  sha256: isText,
  crc32c: isText,
  fingerprint: isText,
  generation: orNull(isText),
});

export const isPublishedEntry: Guard<PublishedEntry> = objectOf<PublishedEntry>({
  status: isStatus,
  coverage: isNumber,
  files: arrayOf(isListedFile),
  findings: arrayOf(isFinding),
  checks: arrayOf(isCheckResult),
});
export const isLastAttempt: Guard<LastAttempt> = objectOf<LastAttempt>({
  run_id: isText,
  outcome: isOutcome,
  first_finding: orNull(isFinding),
});
const isEntryOfNoAttempt = objectOf<Omit<ManifestEntry, 'last_attempt'>>({
  symbol: isText,
  published: orNull(isPublishedEntry),
});
const isManifestEntry: Guard<ManifestEntry> = (value): value is ManifestEntry =>
  isEntryOfNoAttempt(value) && (!('last_attempt' in value) || isLastAttempt(value.last_attempt));

export const isManifest: Guard<Manifest> = objectOf<Manifest>({
  schema_version: isSchemaVersion,
  code_version: isText,
  date: isText,
  dataset: orNull(isDictionary),
  symbols: arrayOf(isManifestEntry),
});

export const isRunRecord: Guard<RunRecord> = objectOf<RunRecord>({
  schema_version: isSchemaVersion,
  run_id: isText,
  symbol: isText,
  date: isText,
  outcome: isOutcome,
  status: orNull(isStatus),
  coverage: orNull(isNumber),
  finalized: isTruth,
  findings: arrayOf(isFinding),
  trades: isNumber,
  snapshots: isNumber,
  files: arrayOf(isText),
  input_objects: isNumber,
  input_bytes: isNumber,
  output_bytes: isNumber,
  seconds: isNumber,
});
