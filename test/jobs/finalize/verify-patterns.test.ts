/** The final step of a day with patterns. */
import { describe, expect, test } from 'vitest';
import { checksOf } from '../../../src/core/check/settled-entry.js';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import {
  ARTIFACT_KINDS,
  type ArtifactKind,
  exactFormat,
  hasResolutions,
} from '../../../src/core/rule/products.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { artifactName, qualityName } from '../../../src/core/stored/output-names.js';
import type { Artifact } from '../../../src/core/stored/quality-report.js';
import { sealed } from '../../../src/core/stored/report-seal.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { patternFiles } from '../../../src/jobs/pattern/pattern-files.js';
import { verifySymbolDay } from '../../../src/jobs/finalize/verify-symbol-day.js';
import { barTable, tableText } from '../../support/day/bar-table.js';
import { effectsOf } from '../../support/day/finalizing.js';
import { PUBLISHED_DAY, qualityReport } from '../../support/day/published-day.js';
import { signalTable } from '../../support/made-day/signal-table.js';
import { openMemoryStore } from '../../support/memory-store.js';

const day = { symbol: symbolName('BTCUSDT', 'test'), date: utcDate('2025-12-11', 'test') };
const SECOND = parseResolution('1s', 'test');

type Texts = Readonly<Partial<Record<ArtifactKind, string>>>;

function wholeDay(): Required<Texts> {
  const made = { ...PUBLISHED_DAY, date: day.date };
  const bars = tableText(barTable(made, SECOND));
  const signals = tableText(signalTable(made, SECOND));
  const { patterns, scoreboard } = patternFiles(
    {
      day,
      rules: defaultRules(DAY_RULES),
      bars: { name: 'bars', bytes: codec.encode(bars) },
      signals: { name: 'signals', bytes: codec.encode(signals) },
    },
    { tables: csvTables, codec },
  );
  const [patternText, scoreText] = [codec.decode(patterns), codec.decode(scoreboard)];
  return { bars, signals, patterns: patternText, scoreboard: scoreText };
}

const WHOLE = wholeDay();

/** The checks of a day that has these files, and those that failed. */
async function verified(texts: Texts, resolution = SECOND.name) {
  const out = openMemoryStore();
  const artifacts = ARTIFACT_KINDS.flatMap((kind): Artifact[] => {
    const text = texts[kind];
    if (text === undefined) return [];
    const own = hasResolutions(kind) ? resolution : null;
    const format = exactFormat(kind);
    const name = artifactName(day, { kind, resolution: own, format });
    const bytes = codec.encode(text);
    out.put(name, bytes);
    return [
      {
        kind,
        format,
        resolution: own,
        name,
        bytes: bytes.length,
        rows: kind === 'scoreboard' ? 24 : text.split('\n').length - 2,
        sha256: codec.sha256(bytes),
        crc32c: crc32cHex(bytes),
        fingerprint: 'f1',
      },
    ];
  });
  const report = sealed({ ...qualityReport(PUBLISHED_DAY), artifacts }, (text) =>
    codec.sha256(codec.encode(text)),
  );
  out.put(qualityName(day), storedJson(report));
  const { checks, files } = await verifySymbolDay(day, [], effectsOf(out));
  const failed = checks.filter(({ ok }) => !ok);
  return {
    kinds: files.map(({ kind }) => kind),
    made: checks.map(({ check }) => check),
    failed: Object.fromEntries(failed.map(({ check, detail }) => [check, detail])),
  };
}

const withoutSeed = (kinds: readonly string[]) =>
  checksOf(kinds).filter((check) => check !== 'seed_continuity');

describe('a day with patterns', () => {
  test('passes every check of its kinds', async () => {
    expect(WHOLE.patterns.split('\n')[0]).toBe(PATTERN_EVENTS.header.join(','));
    const { kinds, made, failed } = await verified(WHOLE);
    expect(failed).toEqual({});
    expect(kinds).toEqual([...ARTIFACT_KINDS, 'quality']);
    expect(made).toEqual(withoutSeed(ARTIFACT_KINDS));
  });

  test('may have events', async () => {
    const { failed } = await verified({ ...WHOLE, patterns: `${WHOLE.patterns}${EVENT}\n` });
    expect(failed).toEqual({});
  });

  test('may have them alone', async () => {
    const { patterns, scoreboard } = WHOLE;
    const { made, failed } = await verified({ patterns, scoreboard });
    expect(failed).toEqual({});
    expect(made).toEqual(withoutSeed(['patterns', 'scoreboard']));
  });
});

const EVENT = '2025-12-11T00:31:07Z,absorption,up,2025-12-11T00:30:52Z,100.1,5,4,,,';

describe('damaged patterns', () => {
  const { patterns, scoreboard } = WHOLE;

  test.for<readonly [check: string, texts: Texts, detail: RegExp]>([
    ['row_order', { patterns: `${patterns}${EVENT}\n${EVENT}\n` }, /expected more than/u],
    [
      'time_format',
      { patterns: `${patterns}${EVENT.replace('T00:31', ' 00:31')}\n` },
      /confirmed/u,
    ],
    [
      'text_values',
      { patterns: `${patterns}${EVENT.replace('absorption', 'spoofing')}\n` },
      /one of absorption/u,
    ],
    [
      'number_format',
      { patterns: `${patterns}${EVENT.replace('100.1', '100.10')}\n` },
      /price: found '100\.10'/u,
    ],
    ['columns', { patterns: patterns.replace('from', 'begin') }, /found 'begin', expected 'from'/u],
    ['columns', { patterns: `${patterns}"\n` }, /expected a csv file/u],
    [
      'scoreboard',
      { scoreboard: scoreboard.replace('2025-12-11', '2025-12-12') },
      /found 'BTCUSDT 2025-12-12', expected 'BTCUSDT 2025-12-11'/u,
    ],
    ['scoreboard', { scoreboard: '[]' }, /found other fields/u],
  ])('break %s, %o', async ([check, texts, detail]) => {
    const { failed } = await verified({ patterns, scoreboard, ...texts });
    expect(Object.keys(failed)).toEqual([check]);
    expect(failed[check]).toMatch(detail);
  });
});
