/** Rules as option texts: parsing them gives the same rules. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { plannedGiven } from '../../../src/cli/compute/plan-request.js';
import { readRules } from '../../../src/cli/compute/request.js';
import { rulesAsOptions, ruleWords } from '../../../src/cli/option/rule-texts.js';
import { taskCommand } from '../../../src/cli/steps/task.js';
import {
  FILE_FORMATS,
  OUTPUTS,
  outputsFor,
  type Products,
} from '../../../src/core/rule/products.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { plannedRun } from '../../support/operate/planned-run.js';

const DATE = '2024-05-06';
const RESOLUTIONS = parseResolutions('1s,1m', 'test');
const DEFAULTS: DayRules = {
  ...defaultRules(DAY_RULES),
  resolutions: RESOLUTIONS,
  outputs: outputsFor(RESOLUTIONS),
  formats: ['csv'],
};

/** Patterns come only with rows of a second. */
const PRODUCTS: fc.Arbitrary<Products> = fc
  .record({
    names: fc.subarray(['1s', '10s', '1m', '4h', '1d'], { minLength: 1 }),
    outputs: fc.subarray([...OUTPUTS], { minLength: 1 }),
    formats: fc.constantFrom<Products['formats']>(['csv'], FILE_FORMATS),
  })
  .filter(({ names, outputs }) => names.includes('1s') || !outputs.includes('patterns'))
  .map(({ names, outputs, formats }) => ({
    resolutions: parseResolutions(names.join(','), 'test'),
    outputs,
    formats,
  }));

function readBack(rules: DayRules): DayRules {
  const given = readGiven(taskCommand, { _: ['task'] }, {});
  const plan = plannedRun({ symbols: ['A'], from: DATE, to: DATE, options: rulesAsOptions(rules) });
  return readRules(plannedGiven(plan, given), []);
}

test('rules in a plan read back as those rules', () => {
  const instant = fc.integer({ min: 0, max: 4e12 });
  const chosen = fc.record<Partial<DayRules>>({
    streams: fc.constantFrom('both', 'trades'),
    rawLayout: fc.constantFrom(DEFAULTS.rawLayout, 'x/{date}/{symbol}_{stream}/{hour}{minute}'),
    sparseTrades: fc.boolean(),
    edgeMinutes: fc.nat(60),
    seedMinutes: fc.nat(1_440),
    holeMinMs: fc.integer({ min: 1_000, max: 86_400_000 }),
    // Options take up to 15 decimals.
    malformedMax: fc.oneof(
      fc.nat(1_000).map((thousandths) => thousandths / 1_000),
      fc.constantFrom(1e-7, 1e-15, 0.999_999_999_999_999),
    ),
    expect: fc.option(
      fc.record({ fromMs: instant, toMs: instant }).filter(({ fromMs, toMs }) => fromMs < toMs),
      { nil: undefined },
    ),
    largeOrder: fc.constantFrom('0', '0.5', '123456789012345678.000000000000000001'),
    feeBps: fc.constantFrom('0', '7.25'),
  });
  fc.assert(
    fc.property(PRODUCTS, chosen, (products, some) => {
      const given: DayRules = { ...DEFAULTS, ...products, ...some };
      expect(readBack(given)).toEqual(given);
    }),
  );
});

test('words of rules are those that are not the default', () => {
  expect(ruleWords(DEFAULTS)).toBe('');
  const fromMs = Date.UTC(2025, 11, 11);
  const unusual: DayRules = {
    ...DEFAULTS,
    outputs: ['signals'],
    streams: 'trades',
    sparseTrades: true,
    holeMinMs: 7_500,
    malformedMax: 0.000_000_1,
    expect: { fromMs, toMs: fromMs + 90_500 },
    largeOrder: '250000.5',
  };
  expect(ruleWords(unusual)).toBe(
    '--outputs signals --streams trades --sparse-trades --hole-min 7.5 --malformed-max 0.0000001 ' +
      '--expect 2025-12-11T00:00:00Z/2025-12-11T00:01:30.500Z --large-order 250000.5',
  );
});
