/** Fingerprints change with everything that can change an artifact's bytes, and with nothing else. */
import { describe, expect, test } from 'vitest';
import { ARTIFACT_KINDS, type ArtifactKind } from '../../../src/core/rule/products.js';
import {
  DAY_RULES,
  type DayRules,
  type RecordingRules,
  type RuleName,
} from '../../../src/core/rule/rule-table.js';
import { defaultRules, type RuleValues } from '../../../src/core/rule/rules.js';
import {
  fileFingerprint,
  inputsDigest,
  reportFingerprint,
} from '../../../src/core/stored/fingerprint.js';
import type { FileName } from '../../../src/core/stored/artifacts.js';
import type { InputObject } from '../../../src/core/stored/quality-report.js';
import { productsFrom } from '../../support/day/products.js';

const OPTIONS: DayRules = { ...defaultRules(DAY_RULES), ...productsFrom('1m') };
const MINUTES: FileName = { kind: 'bars', resolution: '1m', format: 'csv' };
const HOURS: FileName = { kind: 'bars', resolution: '1h', format: 'csv' };
const TYPED: FileName = { ...MINUTES, format: 'parquet' };
const PATTERNS: FileName = { kind: 'patterns', resolution: null, format: 'csv' };
const INPUT: InputObject = { name: 'a', size: 1, crc32c: '00000001', role: 'chunk' };
const SUBJECT = {
  symbol: 'X',
  date: '2025-12-11',
  files: [MINUTES],
  dataset: { market: 'usdm', venue: 'b' },
  sidecars: undefined,
};

type Subject = Omit<typeof SUBJECT, 'sidecars'> & { readonly sidecars: string | undefined };

/** Shows the text itself: two digests are equal exactly when their texts are. */
const asItIs = (text: string): string => text;

function barsOf(options: Partial<DayRules>, file = MINUTES, inputs = 'i'): string {
  const rules = { ...OPTIONS, ...options };
  return fileFingerprint(inputs, file, { rules, dataset: undefined }, asItIs);
}

function of(file: FileName, dataset: Readonly<Record<string, unknown>>): string {
  return fileFingerprint('i', file, { rules: OPTIONS, dataset }, asItIs);
}

function reportOf(
  options: Partial<DayRules>,
  subject: Partial<Subject> = {},
  inputs = 'i',
): string {
  return reportFingerprint(inputs, { ...SUBJECT, ...subject }, { ...OPTIONS, ...options }, asItIs);
}

describe('the digest of the inputs', () => {
  test.for<[string, readonly InputObject[]]>([
    ['name', [{ ...INPUT, name: 'b' }]],
    ['size', [{ ...INPUT, size: 2 }]],
    ['checksum', [{ ...INPUT, crc32c: '00000002' }]],
    ['role', [{ ...INPUT, role: 'edge' }]],
    ['number', [INPUT, INPUT]],
    ['absence', []],
  ])('changes with their %s', ([, inputs]) => {
    expect(inputsDigest(inputs, asItIs)).not.toBe(inputsDigest([INPUT], asItIs));
  });

  test('changes with their order', () => {
    const other = { ...INPUT, name: 'b' };
    expect(inputsDigest([INPUT, other], asItIs)).not.toBe(inputsDigest([other, INPUT], asItIs));
  });
});

describe('the fingerprint of bars', () => {
  test.for<[string, string]>([
    ['resolution', barsOf({}, HOURS)],
    ['inputs', barsOf({}, MINUTES, 'j')],
    ['kind', barsOf({}, { ...MINUTES, kind: 'signals' })],
    ['format', barsOf({}, TYPED)],
    ['report instead of the file', reportOf({})],
  ])('changes with the %s', ([, other]) => {
    expect(other).not.toBe(barsOf({}));
  });

  test('changes with the dataset where the file says it', () => {
    expect(of(TYPED, { market: 'usdm' })).not.toBe(of(TYPED, { market: 'coinm' }));
    expect(of(MINUTES, { market: 'usdm' })).toBe(of(MINUTES, { market: 'coinm' }));
  });

  test.for<Partial<DayRules>>([{ resolutions: [] }, { outputs: [] }, { formats: [] }])(
    'stays with %j',
    (options) => {
      expect(barsOf(options)).toBe(barsOf({}));
    },
  );
});

/** Each rule: another value, and the kinds of files whose bytes it changes. */
const CHANGES: {
  readonly [Name in RuleName]: readonly [RecordingRules[Name], readonly ArtifactKind[]];
} = {
  streams: ['trades', ARTIFACT_KINDS],
  edgeMinutes: [3, ARTIFACT_KINDS],
  seedMinutes: [0, ARTIFACT_KINDS],
  rawLayout: ['{symbol}', ARTIFACT_KINDS],
  streamNames: [{ trades: 'aggTrade', depth: 'depth20' }, ARTIFACT_KINDS],
  columns: [[{ stream: 'trades', name: 'vol', column: 'quantity' }], ARTIFACT_KINDS],
  sparseTrades: [true, ['signals', 'patterns', 'scoreboard']],
  holeMinMs: [9_000, ['signals', 'patterns', 'scoreboard']],
  expect: [{ fromMs: 0, toMs: 1 }, ['signals', 'patterns', 'scoreboard']],
  idsMissingMin: [4, ['signals', 'patterns', 'scoreboard']],
  quietMaxMs: [9_000, ['signals', 'patterns', 'scoreboard']],
  largeOrder: ['5', ['signals']],
  feeBps: ['8', ['scoreboard']],
  malformedMax: [1, []],
  usableMin: [0.5, []],
  sideMin: [0.5, []],
  accept: [['stream_silent'], []],
};

test.for(Object.entries(CHANGES))(
  '%s changes its files and the report',
  ([name, [value, kinds]]) => {
    const fingerprint = (kind: ArtifactKind, rules: RuleValues): string =>
      fileFingerprint(
        'i',
        { kind, resolution: null, format: 'csv' },
        { rules, dataset: undefined },
        asItIs,
      );
    const other = { ...OPTIONS, [name]: value };
    const changed = ARTIFACT_KINDS.filter(
      (kind) => fingerprint(kind, other) !== fingerprint(kind, OPTIONS),
    );
    expect(changed).toEqual(kinds);
    expect(reportFingerprint('i', SUBJECT, other, asItIs)).not.toBe(reportOf({}));
  },
);

describe('the fingerprint of a report', () => {
  test.for<[string, string]>([
    ['symbol', reportOf({}, { symbol: 'Y' })],
    ['date', reportOf({}, { date: '2025-12-12' })],
    ['resolutions', reportOf({}, { files: [MINUTES, HOURS] })],
    ['kinds', reportOf({}, { files: [MINUTES, PATTERNS] })],
    ['formats', reportOf({}, { files: [MINUTES, TYPED] })],
    ['dataset', reportOf({}, { dataset: { market: 'coinm', venue: 'b' } })],
    ['sidecars', reportOf({}, { sidecars: 's' })],
    ['inputs', reportOf({}, {}, 'j')],
  ])('changes with the %s', ([, other]) => {
    expect(other).not.toBe(reportOf({}));
  });

  test("does not depend on the order of its subject's fields, or on further fields", () => {
    const { symbol, date, files, dataset, sidecars } = SUBJECT;
    const reordered = { sidecars, dataset, files, date, symbol, runId: 'r1' };
    expect(reportFingerprint('i', reordered, OPTIONS, asItIs)).toBe(reportOf({}));
    const [fromMs, toMs] = [0, 1];
    expect(reportOf({ expect: { toMs, fromMs } })).toBe(reportOf({ expect: { fromMs, toMs } }));
  });
});
