/** Published symbol-days with 1s bars and 1s signals, and by default with the patterns that follow from them. */
import { type ArtifactKind, exactFormat } from '../../../src/core/rule/products.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { Manifest, ManifestEntry } from '../../../src/core/stored/manifest.js';
import { artifactName, manifestName, qualityName } from '../../../src/core/stored/output-names.js';
import type { Artifact, QualityReport } from '../../../src/core/stored/quality-report.js';
import { sealed } from '../../../src/core/stored/report-seal.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { patternFiles } from '../../../src/jobs/pattern/pattern-files.js';
import type { DayTexts } from '../../core/pattern/made-day.js';
import type { MemoryStore } from '../memory-store.js';
import { PUBLISHED_DAY, qualityReport } from './published-day.js';

export interface PatternDay {
  readonly symbol: string;
  readonly date: string;
  /** Of 2025-12-11; the stamps become those of `date`. */
  readonly texts: DayTexts;
  /** By default all. */
  readonly kinds?: readonly ArtifactKind[];
  readonly feeBps?: string;
  readonly status?: 'complete' | 'partial' | 'empty';
  /** Changes the patterns file before the report lists it. */
  readonly damage?: (patterns: string) => string;
}

const KINDS: readonly ArtifactKind[] = ['bars', 'signals', 'patterns', 'scoreboard'];

/** Stores the days and a manifest of each date that lists them. */
export function publishPatterns(store: MemoryStore, days: readonly PatternDay[]): void {
  for (const [date, ofDate] of Map.groupBy(days, (day) => day.date)) {
    const manifest: Manifest = {
      schema_version: SCHEMA_VERSION,
      code_version: '1',
      date,
      dataset: null,
      symbols: ofDate.map((day) => publishDay(store, day)),
    };
    store.put(manifestName(utcDate(date, 'test')), storedJson(manifest));
  }
}

function publishDay(store: MemoryStore, day: PatternDay): ManifestEntry {
  const artifacts = day.status === 'empty' ? [] : artifactsOf(store, day);
  const draft = qualityReport({ ...PUBLISHED_DAY, symbol: day.symbol, date: day.date });
  const options = { ...draft.options, fee_bps: day.feeBps ?? '10' };
  const status = day.status ?? 'complete';
  const report: QualityReport = sealed({ ...draft, status, options, artifacts }, (text) =>
    codec.sha256(codec.encode(text)),
  );
  const name = qualityName(symbolDay(day));
  const bytes = codec.encode(storedJson(report));
  store.put(name, bytes);
  const quality = {
    ...listed(name, bytes),
    kind: 'quality',
    format: 'json',
    resolution: null,
    rows: null,
  } as const;
  return {
    symbol: day.symbol,
    published: {
      status,
      coverage: 1,
      files: [...artifacts, quality].map((file) => ({ ...file, generation: null })),
      findings: [],
      checks: [{ check: 'quality_report', ok: true, detail: '' }],
    },
  };
}

function artifactsOf(store: MemoryStore, day: PatternDay): Artifact[] {
  const { kinds = KINDS, damage = (text) => text } = day;
  const made = madeFiles(day);
  const files = { ...made, patterns: codec.encode(damage(codec.decode(made.patterns))) };
  return kinds.map((kind) => {
    const resolution = kind === 'bars' || kind === 'signals' ? '1s' : null;
    const format = exactFormat(kind);
    const name = artifactName(symbolDay(day), { kind, resolution, format });
    store.put(name, files[kind]);
    return { ...listed(name, files[kind]), kind, format, resolution, rows: 1 };
  });
}

type Files = Readonly<Record<ArtifactKind, Uint8Array>>;

/** Each day is made once for all tests of a file. */
const made = new WeakMap<DayTexts, Map<string, Files>>();

function madeFiles({ symbol, date, texts, feeBps = '10' }: PatternDay): Files {
  const ofTexts = made.get(texts) ?? new Map<string, Files>();
  made.set(texts, ofTexts);
  const key = [symbol, date, feeBps].join(' ');
  const known = ofTexts.get(key);
  if (known !== undefined) return known;
  const bytesOf = (text: string): Uint8Array =>
    codec.encode(text.replaceAll('2025-12-11T', `${date}T`));
  const [bars, signals] = [bytesOf(texts.bars), bytesOf(texts.signals)];
  const { patterns, scoreboard } = patternFiles(
    {
      day: symbolDay({ symbol, date }),
      rules: { streams: 'both', feeBps },
      bars: { name: 'bars', bytes: bars },
      signals: { name: 'signals', bytes: signals },
    },
    { tables: csvTables, codec },
  );
  const files = { bars, signals, patterns, scoreboard };
  ofTexts.set(key, files);
  return files;
}

function listed(
  name: string,
  bytes: Uint8Array,
): Omit<Artifact, 'kind' | 'format' | 'resolution' | 'rows'> {
  const [sha256, crc32c] = [codec.sha256(bytes), crc32cHex(bytes)];
  return { name, bytes: bytes.length, sha256, crc32c, fingerprint: 'f1' };
}

function symbolDay({ symbol, date }: Pick<PatternDay, 'symbol' | 'date'>) {
  return { symbol: symbolName(symbol, 'test'), date: utcDate(date, 'test') };
}
