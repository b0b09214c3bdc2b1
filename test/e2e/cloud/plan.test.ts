/** The reading of an argument by those who watch, against what the deployed workflow makes of it. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { executionPlan, windowsOf } from '../../../src/core/plan/execution-plan.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { startServices } from '../../support/cloud/local/local-cloud.js';

const services = await startServices();
const NOW = '2024-05-10T00:20:00Z';
const SYMBOLS = ['AUSDT', 'BUSDT'];

/** Mostly what the workflow takes, and now and then what it refuses. */
function mostly(good: readonly unknown[], bad: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

const GOOD_DATES = Array.from({ length: 12 }, (_, at) =>
  addDays(utcDate('2024-05-09', 'test'), -at),
);
const ANY_DATE = mostly(
  [...GOOD_DATES, null],
  ['2024-05-10', '2024-02-30', '2013-05-27', '2024-5-6', 20_240_506],
);
/** What an argument can say of days and symbols. */
const ARGUMENTS = fc.record(
  {
    start_date: ANY_DATE,
    end_date: ANY_DATE,
    lookback_days: mostly([0, 1, 3, 366, null], [367, -1, 1.5, '3']),
    window_days: mostly([1, 2, 31, 366, null], [0, 367, '7']),
    symbols: mostly(['all', 'A', 'A, B', ['B', 'A'], null], [[], '', ['A', 'A'], [7], 'A/B', {}]),
  },
  { requiredKeys: [] },
);

test.skipIf(!services.areThere)('a plan is what the workflow does with the argument', async () => {
  const cloud = await services.fresh({ now: NOW });
  await cloud.record(SYMBOLS, ['2024-05-06']);
  await cloud.put(cloud.out, 'agg/_symbols.json', '["BUSDT"]');
  // The first poll ends each execution: no task has to run for its plan to be seen.
  cloud.cloudRun.faults.neverFinishes = () => true;
  cloud.cloudRun.faults.pollStatus = 403;
  let planned = 0;
  for (const argument of fc.sample(ARGUMENTS, { numRuns: 100, seed: 20_240_510 })) {
    const plan = executionPlan(argument, cloud.nowMs());
    const jobsBefore = cloud.cloudRun.executions.length;
    const ended = await cloud.run(argument);
    const [job] = cloud.cloudRun.executions.slice(jobsBefore);
    const [window] = plan === undefined ? [] : windowsOf(plan);
    const ran: unknown = job && JSON.parse(job.env['FLOWBARS_SYMBOLS'] ?? '');
    const symbols = plan?.symbols === 'listed' ? ['BUSDT'] : plan?.symbols;
    expect(
      { days: window, symbols: symbols === 'all' ? SYMBOLS : symbols },
      `${JSON.stringify(argument)}: ${ended.message}`,
    ).toEqual({
      days: job && { from: job.env['FLOWBARS_FROM'], to: job.env['FLOWBARS_TO'] },
      symbols: ran,
    });
    planned += plan === undefined ? 0 : 1;
  }
  expect(planned).toBeGreaterThan(40);
  expect(planned).toBeLessThan(80);
});
