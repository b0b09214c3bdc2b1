/** Rules as option texts: parsing them gives the same rules. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { plannedGiven } from '../../../src/cli/compute/plan-request.js';
import { readRules } from '../../../src/cli/compute/request.js';
import { rulesAsOptions, ruleWords } from '../../../src/cli/option/rule-texts.js';
import { taskCommand } from '../../../src/cli/steps/task.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { plannedRun } from '../../support/operate/planned-run.js';

const DATE = '2024-05-06';
const DEFAULTS: DayRules = {
  ...defaultRules(DAY_RULES),
  resolutions: parseResolutions('1s,1m', 'test'),
};

function readBack(rules: DayRules): DayRules {
  const given = readGiven(taskCommand, { _: ['task'] }, {});
  const plan = plannedRun({ symbols: ['A'], from: DATE, to: DATE, options: rulesAsOptions(rules) });
  return readRules(plannedGiven(plan, given), []);
}

test('rules in a plan read back as those rules', () => {
  const instant = fc.integer({ min: 0, max: 4e12 });
  const chosen = fc.record<Partial<DayRules>>({
    resolutions: fc
      .subarray(['1s', '10s', '1m', '4h', '1d'], { minLength: 1 })
      .map((names) => parseResolutions(names.join(','), 'test')),
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
  });
  fc.assert(
    fc.property(chosen, (some) => {
      const given: DayRules = { ...DEFAULTS, ...some };
      expect(readBack(given)).toEqual(given);
    }),
  );
});

test('words of rules are those that are not the default', () => {
  expect(ruleWords(DEFAULTS)).toBe('');
  const fromMs = Date.UTC(2025, 11, 11);
  const unusual: DayRules = {
    ...DEFAULTS,
    streams: 'trades',
    sparseTrades: true,
    holeMinMs: 7_500,
    malformedMax: 0.000_000_1,
    expect: { fromMs, toMs: fromMs + 90_500 },
  };
  expect(ruleWords(unusual)).toBe(
    '--streams trades --sparse-trades --hole-min 7.5 --malformed-max 0.0000001 ' +
      '--expect 2025-12-11T00:00:00Z/2025-12-11T00:01:30.500Z',
  );
});
