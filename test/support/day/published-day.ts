/** The output of a task for a symbol-day: bars, quality report and the run's record. */
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import { defaultRules, storedRules } from '../../../src/core/rule/rules.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { artifactName, qualityName, recordName } from '../../../src/core/stored/output-names.js';
import type {
  Artifact,
  DepthRowCounts,
  QualityReport,
} from '../../../src/core/stored/quality-report.js';
import { sealed } from '../../../src/core/stored/report-seal.js';
import { parseResolutions, type Resolution } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import type { MemoryStore } from '../memory-store.js';
import { barTable, tableText, type TestTrade } from './bar-table.js';
import { signalTable } from '../made-day/signal-table.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

export interface PublishedDay {
  readonly symbol: string;
  readonly date: string;
  readonly runId: string;
  readonly trades: readonly TestTrade[];
  readonly seedPrice: string | null;
  readonly resolutions: string;
  /** Kinds of files, each at all resolutions; bars alone by default. */
  readonly kinds?: readonly ('bars' | 'signals')[];
  /** No depth is recorded. */
  readonly isTradesOnly?: boolean;
  /** Changes a file's text before the report lists it: the two still agree. `file` is `1h` or `1h signals`. */
  readonly damage?: (text: string, file: string) => string;
  /** In place of made-up signals, which are then among the kinds. */
  readonly signals?: (resolution: Resolution) => string;
  readonly report?: Partial<QualityReport>;
  readonly record?: Partial<RunRecord>;
}

export const TRADES: readonly TestTrade[] = [
  { second: 3_700, cents: 10_010, thousandths: 250, isBuy: true },
  { second: 3_700, cents: 10_050, thousandths: 125, isBuy: false },
  { second: 9_000, cents: 9_900, thousandths: 1_000, isBuy: false },
  { second: 50_000, cents: 10_123, thousandths: 1, isBuy: true },
];

export const PUBLISHED_DAY: PublishedDay = {
  symbol: 'BTCUSDT',
  date: '2025-12-11',
  runId: 'run-1',
  trades: TRADES,
  seedPrice: '100',
  resolutions: '1h,6h',
};

/** Stores the day and returns its report. */
export function publish(store: MemoryStore, day: PublishedDay): QualityReport {
  const symbolDay = { symbol: symbolName(day.symbol, ''), date: utcDate(day.date, '') };
  const artifacts = kindsOf(day).flatMap((kind) =>
    parseResolutions(day.resolutions, '').map((resolution): Artifact => {
      const table = kind === 'bars' ? barTable : signalTable;
      const given = kind === 'signals' ? day.signals?.(resolution) : undefined;
      const whole = given ?? tableText(table({ ...day, date: symbolDay.date }, resolution));
      const file = kind === 'bars' ? resolution.name : `${resolution.name} signals`;
      const bytes = codec.encode(day.damage?.(whole, file) ?? whole);
      const name = artifactName(symbolDay, { kind, resolution: resolution.name, format: 'csv' });
      store.put(name, bytes);
      return {
        kind,
        format: 'csv',
        resolution: resolution.name,
        name,
        bytes: bytes.length,
        rows: 86_400 / resolution.seconds,
        sha256: codec.sha256(bytes),
        crc32c: crc32cHex(bytes),
        fingerprint: 'f1',
      };
    }),
  );
  const report = sealed({ ...qualityReport(day), artifacts, ...day.report }, (text) =>
    codec.sha256(codec.encode(text)),
  );
  store.put(qualityName(symbolDay), storedJson(report));
  store.put(recordName(day.runId, symbolDay), storedJson(runRecord(day)));
  return report;
}

function kindsOf({ kinds, signals }: PublishedDay): readonly ('bars' | 'signals')[] {
  return kinds ?? (signals === undefined ? ['bars'] : ['bars', 'signals']);
}

export function runRecord({ symbol, date, runId, record }: PublishedDay): RunRecord {
  return {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    symbol,
    date,
    outcome: 'published',
    status: 'complete',
    coverage: 1,
    finalized: false,
    findings: [],
    trades: 4,
    snapshots: 100,
    files: [`${symbol}/${date}_quality.json`],
    input_objects: 2_880,
    input_bytes: 1_000_000,
    output_bytes: 10_000,
    seconds: 5.25,
    ...record,
  };
}

const NO_DEPTH: DepthRowCounts = {
  rows: 0,
  malformed: 0,
  neighbour_day: 0,
  excluded: 0,
  duplicate: 0,
  used: 0,
  one_sided: 0,
  unordered: 0,
  crossed: 0,
  short: 0,
};
const ALL_MINUTES = { expected: 1_440, present: 1_440, missing: 0, unreadable: 0, overlapping: 0 };

export function qualityReport({
  symbol,
  date,
  seedPrice,
  isTradesOnly = false,
}: PublishedDay): Omit<QualityReport, 'content_sha256'> {
  const time = `${date}T00:00:00.000Z`;
  const object = `${symbol}/trades/${date}/00-00.csv`;
  return {
    schema_version: SCHEMA_VERSION,
    code_version: '0.1.0',
    symbol,
    date,
    status: 'complete',
    dataset: { market: 'usdm' },
    options: storedRules(
      { ...defaultRules(DAY_RULES), streams: isTradesOnly ? 'trades' : 'both' },
      DAY_RULES,
    ),
    rows: {
      trades: { rows: 4, malformed: 0, neighbour_day: 0, excluded: 0, duplicate: 0, used: 4 },
      depth: NO_DEPTH,
    },
    chunk_minutes: { trades: ALL_MINUTES, depth: ALL_MINUTES },
    levels: { bid_min: 20, bid_max: 20, ask_min: 20, ask_max: 20 },
    seed: seedPrice === null ? null : { price: seedPrice, time, object },
    trade_ids: {
      rows_with_id: 4,
      first: '7',
      last: '11',
      missing: 1,
      gap_count: 1,
      gaps: [{ after_id: '8', missing: 1, from: time, to: time }],
      proved_share: 0.5,
    },
    quote_rule: {
      trades: 4,
      above: 2,
      above_buyers: 2,
      below: 1,
      below_sellers: 1,
      clock_trades: 0,
      clock_agree: 0,
    },
    outages: [{ kind: 'feed_down', cause: null, from: time, to: time, seconds: 0, causes: [] }],
    quiet_seconds: 0,
    unproven_seconds: 0,
    expected_seconds: 86_400,
    outage_seconds: 0,
    coverage: 1,
    malformed_rows: [
      { stream: 'trades', object, line: 3, column: 'price', found: "'x'", expected: 'a number' },
    ],
    findings: [{ code: 'trade_ids_missing', severity: 'info', where: object, detail: 'one' }],
    inputs: [{ name: object, size: 10, crc32c: '0123abcd', role: 'chunk' }],
    sidecars: [],
    artifacts: [],
    fingerprint: 'f0',
  };
}
