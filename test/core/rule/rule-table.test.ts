/** The table of rules: what holds for each row, and that one more row works everywhere. */
import { describe, expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { taskCommand } from '../../../src/cli/steps/task.js';
import { givenRules, ruleOptions } from '../../../src/cli/option/rule-options.js';
import { rulesAsOptions, ruleWords } from '../../../src/cli/option/rule-texts.js';
import { type GroupedDay, groupDays } from '../../../src/core/repair/group-days.js';
import { repairShapes } from '../../../src/core/repair/repair-shape.js';
import {
  DAY_RULES,
  type DayRules,
  type RulesOf,
  type RuleTable,
} from '../../../src/core/rule/rule-table.js';
import {
  defaultRules,
  digestedRules,
  restoredRules,
  type RuleValues,
  storedRules,
} from '../../../src/core/rule/rules.js';
import { guardOf } from '../../../src/core/shape/guard.js';
import { fileFingerprint, reportFingerprint } from '../../../src/core/stored/fingerprint.js';
import { reportShapes } from '../../../src/core/stored/quality-report.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { productsFrom } from '../../support/day/products.js';
import { PUBLISHED_DAY, publish } from '../../support/day/published-day.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { jsonSchema } from '../../support/schema/json-schema.js';

const ADDED = {
  pauseMaxMs: {
    stored: 'pause_max_ms',
    option: 'pause-max',
    form: { is: 'seconds', min: 1, max: 86_400 },
    defaultText: '3600',
    changes: 'report',
    digestPlace: 18,
    group: 'Rules of the recording:',
    help: 'seconds up to which a hole in trades alone is quiet',
    about: 'Milliseconds up to which a hole in trades alone is quiet.',
  },
  mirrored: {
    stored: 'mirrored',
    option: 'mirrored',
    form: { is: 'flag' },
    defaultText: 'false',
    changes: 'rows',
    digestPlace: 19,
    group: 'Rules of the recording:',
    help: 'the sides are swapped',
    about: 'Whether the sides are swapped.',
  },
} as const;
const TABLE = { ...DAY_RULES, ...ADDED };
const MINUTES = { kind: 'bars', resolution: '1m', format: 'csv' } as const;

describe('a row of the table', () => {
  const rows: RuleTable = DAY_RULES;

  test('has its own place in the fingerprint, and its own names', () => {
    const all = Object.values(rows);
    const places = all.map(({ digestPlace }) => digestPlace);
    expect(places.toSorted((a, b) => a - b)).toEqual(all.map((_row, index) => index + 1));
    expect(new Set(all.map(({ stored }) => stored)).size).toBe(all.length);
    expect(new Set(all.map(({ option }) => option)).size).toBe(all.length);
  });

  test('keeps its place in published fingerprints', () => {
    const bars = ['edgeMinutes', 'seedMinutes', 'streams', 'rawLayout'];
    const rest = ['sparseTrades', 'holeMinMs', 'malformedMax', 'expect'];
    const rules = defaultRules(DAY_RULES);
    expect(Object.keys(digestedRules(rules, 'bars')).slice(0, 4)).toEqual(bars);
    expect(Object.keys(digestedRules(rules, 'quality')).slice(0, 8)).toEqual([...bars, ...rest]);
  });
});

const UNUSUAL = { ...defaultRules(TABLE), pauseMaxMs: 1_500, ...productsFrom('1m', 'signals') };

function asItIs(text: string): string {
  return text;
}

function read(variables: Record<string, string>): RulesOf<typeof TABLE> {
  const command = { ...taskCommand, options: ruleOptions(TABLE) };
  return givenRules(readGiven(command, { _: ['task'] }, variables), TABLE);
}

function barsOf(rules: RuleValues): string {
  return fileFingerprint(
    'i',
    MINUTES,
    { rules: { ...UNUSUAL, ...rules }, dataset: undefined },
    asItIs,
    TABLE,
  );
}

function reportOf(rules: RuleValues): string {
  const subject = {
    symbol: 'X',
    date: 'd',
    files: [MINUTES],
    dataset: undefined,
    sidecars: undefined,
  };
  return reportFingerprint('i', subject, { ...UNUSUAL, ...rules }, asItIs, TABLE);
}

function stale(symbol: string, pauseMaxMs: number): GroupedDay {
  const day = { symbol: symbolName(symbol, 'test'), date: utcDate('2025-12-11', 'test') };
  const rules: DayRules & RuleValues = { ...UNUSUAL, pauseMaxMs };
  return { day, rules, keptBytes: 1 };
}

describe('a rule that is added to the table', () => {
  test('is an option with a variable and a help line, a limit and a default', () => {
    const [quiet] = ruleOptions(TABLE).slice(-2);
    expect(quiet).toMatchObject({ name: 'pause-max', env: 'FLOWBARS_PAUSE_MAX' });
    expect(read({}).pauseMaxMs).toBe(3_600_000);
    expect(read({ FLOWBARS_PAUSE_MAX: '1.5', FLOWBARS_MIRRORED: '1' })).toMatchObject({
      pauseMaxMs: 1_500,
      mirrored: true,
    });
    expect(() => read({ FLOWBARS_PAUSE_MAX: '0' })).toThrow(
      "FLOWBARS_PAUSE_MAX number: found '0', expected a number of seconds from 1 to 86400",
    );
  });

  test('is planned for tasks and shown to a person', () => {
    expect(rulesAsOptions(UNUSUAL, TABLE)).toMatchObject({
      'pause-max': '1.5',
      mirrored: 'false',
    });
    expect(ruleWords(UNUSUAL, TABLE)).toBe('--resolutions 1m --outputs signals --pause-max 1.5');
  });

  test('is stored in the report, asked for by its guard and described by its schema', () => {
    const stored = storedRules(UNUSUAL, TABLE);
    expect(Object.entries(stored).slice(-2)).toEqual([
      ['pause_max_ms', 1_500],
      ['mirrored', false],
    ]);
    const isReport = guardOf('quality', reportShapes(TABLE));
    const report = publish(openMemoryStore(), PUBLISHED_DAY);
    expect(isReport(report)).toBe(false);
    expect(isReport({ ...report, options: stored })).toBe(true);
    expect(jsonSchema('t', 'quality', reportShapes(TABLE))).toMatchObject({
      $defs: { rules: { properties: { pause_max_ms: { type: 'integer', minimum: 0 } } } },
    });
    expect(jsonSchema('t', 'repair', repairShapes(TABLE))).toMatchObject({
      $defs: { run_rules: { properties: { pause_max_ms: { type: ['integer', 'null'] } } } },
    });
  });

  test('is read back from a published report', () => {
    const { resolutions: _, outputs: __, formats: ___, ...rules } = UNUSUAL;
    expect(restoredRules(storedRules(UNUSUAL, TABLE), TABLE)).toEqual(rules);
  });

  test('changes the fingerprints of what it changes', () => {
    expect(barsOf({ pauseMaxMs: 9_000 })).toBe(barsOf({}));
    expect(barsOf({ mirrored: true })).not.toBe(barsOf({}));
    expect(reportOf({ pauseMaxMs: 9_000 })).not.toBe(reportOf({}));
    expect(reportOf({ mirrored: true })).not.toBe(reportOf({}));
  });

  test('separates the repairs of days with different values', () => {
    const limits = { keptBytesMax: 9, symbolsBytesMax: 99, bytesOf: (text: string) => text.length };
    const groups = groupDays(
      [stale('A', 1_500), stale('B', 2_000), stale('C', 1_500)],
      limits,
      TABLE,
    );
    expect(groups.map(({ symbols }) => symbols)).toEqual([['A', 'C'], ['B']]);
  });
});

describe('a decimal', () => {
  test.for<[text: string, value: string]>([
    ['0', '0'],
    ['-0', '0'],
    ['007.50', '7.5'],
    ['1e5', '100000'],
    ['123456789012345678.000000000000000001', '123456789012345678.000000000000000001'],
  ])('%s is kept in plain notation, exactly', ([text, value]) => {
    const { largeOrder } = read({ FLOWBARS_LARGE_ORDER: text });
    expect(largeOrder).toBe(value);
    expect(storedRules({ ...UNUSUAL, largeOrder }, TABLE)).toMatchObject({ large_order: value });
  });

  test.for(['-1', '-0.5', '1,000', '.5', '1.', '1e19', '0.0000000000000000001', 'many'])(
    "refused: '%s'",
    (text) => {
      expect(() => read({ FLOWBARS_FEE_BPS: text })).toThrow(
        `FLOWBARS_FEE_BPS number: found '${text}', expected a decimal number of 0 or more`,
      );
    },
  );
});
