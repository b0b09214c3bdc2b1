/** The width of a real deployment: 500 symbols in one execution (50 without CI=true), found in the raw root. */
import { expect, test } from 'vitest';
import { startServices } from '../../support/cloud/local/local-cloud.js';

/** Each symbol is a process: CI runs all of them, other machines a part. */
const SYMBOLS = process.env['CI'] === undefined ? 50 : 500;
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
    const ended = await cloud.runWell({});
    expect(ended.result).toMatchObject({
      good: true,
      symbol_days: SYMBOLS,
      outcomes: { published: SYMBOLS, error: 0 },
    });
    expect(Object.keys(await cloud.manifest('2024-05-06'))).toEqual(symbols);
  },
  MS_MAX,
);
