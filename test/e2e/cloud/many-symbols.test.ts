/** The width of a real deployment: 320 symbols in one execution (50 without CI=true), more than one final task takes, found in the raw root. */
import { expect, test } from 'vitest';
import { jobsOf, startServices } from '../../support/cloud/local/local-cloud.js';

const SYMBOLS = process.env['CI'] === undefined ? 50 : 320;
/** At most 300 symbols each. */
const FINALIZE_TASKS = process.env['CI'] === undefined ? 1 : 2;
/** Tasks that are processes of the binary. */
const PROCESSES = 4;
const MS_MAX = 600_000;

const services = await startServices();

test.skipIf(!services.areThere)(
  `an execution publishes ${SYMBOLS} symbols of a day`,
  async () => {
    const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z', parallelism: 4 });
    const symbols = Array.from(
      { length: SYMBOLS },
      (_, index) => `S${String(index).padStart(3, '0')}USDT`,
    );
    await cloud.record(symbols, ['2024-05-06']);
    cloud.cloudRun.faults.taskFault = ({ command, index }) =>
      command !== 'task' || index < PROCESSES ? { kind: 'process' } : undefined;
    const ended = await cloud.runWell({});
    expect(ended.result).toMatchObject({
      good: true,
      symbol_days: SYMBOLS,
      outcomes: { published: SYMBOLS, error: 0 },
    });
    expect(jobsOf(cloud)).toEqual([
      'plan 1',
      `task ${SYMBOLS} of window 1`,
      `finalize ${FINALIZE_TASKS} of window 1`,
      'summarize 1',
    ]);
    expect(Object.keys(await cloud.manifest('2024-05-06'))).toEqual(symbols);
  },
  MS_MAX,
);
