/** Fingerprints change with everything that can change an artifact's bytes, and with nothing else. */
import { describe, expect, test } from 'vitest';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import {
  barsFingerprint,
  inputsDigest,
  reportFingerprint,
} from '../../../src/core/stored/fingerprint.js';
import type { InputObject } from '../../../src/core/stored/quality-report.js';
import { resolutionOf } from '../../../src/core/unit/resolution.js';

const OPTIONS: DayRules = {
  ...defaultRules(DAY_RULES),
  resolutions: [resolutionOf(60)],
};
const INPUT: InputObject = { name: 'a', size: 1, crc32c: '00000001', role: 'chunk' };
const SUBJECT = {
  symbol: 'X',
  date: '2025-12-11',
  resolutionNames: ['1m'],
  dataset: { market: 'usdm', venue: 'b' },
};

/** Shows the text itself: two digests are equal exactly when their texts are. */
const asItIs = (text: string): string => text;

function barsOf(options: Partial<DayRules>, resolutionName = '1m', inputs = 'i'): string {
  return barsFingerprint(inputs, resolutionName, { ...OPTIONS, ...options }, asItIs);
}

function reportOf(
  options: Partial<DayRules>,
  subject: Partial<typeof SUBJECT> = {},
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
    ['edge minutes', barsOf({ edgeMinutes: 3 })],
    ['seed minutes', barsOf({ seedMinutes: 0 })],
    ['streams', barsOf({ streams: 'trades' })],
    ['layout', barsOf({ rawLayout: '{symbol}' })],
    ['resolution', barsOf({}, '1h')],
    ['inputs', barsOf({}, '1m', 'j')],
    ['kind', reportOf({})],
  ])('changes with the %s', ([, other]) => {
    expect(other).not.toBe(barsOf({}));
  });

  test.for<Partial<DayRules>>([
    { sparseTrades: true },
    { holeMinMs: 9_000 },
    { malformedMax: 1 },
    { expect: { fromMs: 0, toMs: 1 } },
    { resolutions: [] },
  ])('stays with %j', (options) => {
    expect(barsOf(options)).toBe(barsOf({}));
  });
});

describe('the fingerprint of a report', () => {
  test.for<[string, string]>([
    ['edge minutes', reportOf({ edgeMinutes: 3 })],
    ['sparse trades', reportOf({ sparseTrades: true })],
    ['shortest hole', reportOf({ holeMinMs: 9_000 })],
    ['share of malformed rows', reportOf({ malformedMax: 1 })],
    ['expected stretch', reportOf({ expect: { fromMs: 0, toMs: 1 } })],
    ['symbol', reportOf({}, { symbol: 'Y' })],
    ['date', reportOf({}, { date: '2025-12-12' })],
    ['resolutions', reportOf({}, { resolutionNames: ['1m', '1h'] })],
    ['dataset', reportOf({}, { dataset: { market: 'coinm', venue: 'b' } })],
    ['inputs', reportOf({}, {}, 'j')],
  ])('changes with the %s', ([, other]) => {
    expect(other).not.toBe(reportOf({}));
  });

  test("does not depend on the order of its subject's fields, or on further fields", () => {
    const { symbol, date, resolutionNames, dataset } = SUBJECT;
    const reordered = { dataset, resolutionNames, date, symbol, runId: 'r1' };
    expect(reportFingerprint('i', reordered, OPTIONS, asItIs)).toBe(reportOf({}));
    const [fromMs, toMs] = [0, 1];
    expect(reportOf({ expect: { toMs, fromMs } })).toBe(reportOf({ expect: { fromMs, toMs } }));
  });
});
