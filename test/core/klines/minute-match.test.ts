/** Quote volumes that count as equal though the kline's has digits that no sum of price·quantity has. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureOf, type MinuteFigures } from '../../../src/core/klines/minute-figures.js';
import {
  differingColumns,
  hasQuotes,
  isFloatNoise,
  type MinutePair,
  quoteDecimals,
} from '../../../src/core/klines/minute-match.js';
import { causeHint } from '../../../src/core/klines/cause-hint.js';
import { dayStartMs, utcDate } from '../../../src/core/unit/utc-date.js';
import { formatDecimal } from '../../../src/core/unit/decimal.js';

/** A minute of BTCUSDT as in 2023: prices in tenths, quantities in thousandths, so quote volumes in 1e-4. */
function figures(quote: string | undefined, change: Partial<MinuteFigures> = {}): MinuteFigures {
  const price = figureOf('28990.2');
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: figureOf('4516.743'),
    taker_buy_volume: figureOf('2345.661'),
    count: figureOf('24854'),
    quote_volume: quote === undefined ? undefined : figureOf(quote),
    taker_buy_quote_volume: quote === undefined ? undefined : 0n,
    ...change,
  };
}

function match(ours: string, official: string, finer?: string): string {
  const change = finer === undefined ? {} : { high: figureOf(finer) };
  const pair: MinutePair = { ours: figures(ours), official: figures(official, change) };
  const columns = differingColumns(pair).filter((column) => column === 'quote_volume');
  if (columns.length === 0) return 'equal';
  return isFloatNoise(pair, 'quote_volume', quoteDecimals([pair])) ? 'float noise' : 'different';
}

describe('a quote volume', () => {
  test.each([
    ['131327572.8752', '131327572.87520', undefined, 'equal'],
    ['131327572.8752', '131327572.87522', undefined, 'float noise'],
    ['131327572.8752', '131327572.8752000012', undefined, 'float noise'],
    ['131327572.8752', '131327572.8751999988', undefined, 'float noise'],
    ['131327572.8752', '131327572.87525', undefined, 'different'],
    ['131327572.8752', '131327572.87515', undefined, 'different'],
    ['131327572.8752', '131327572.8753', undefined, 'different'],
    ['131327572.8752', '131327572.8751', undefined, 'different'],
    // Prices of hundredths in the kline: its fifth decimal may be right.
    ['131327572.8752', '131327572.87522', '29146.43', 'different'],
    // Ours is exact, so its own fifth decimal shows that sums have one.
    ['131327572.87521', '131327572.87522', undefined, 'different'],
  ])('%s beside %s (high %s) is %s', (ours, official, finer, expected) => {
    expect(match(ours, official, finer)).toBe(expected);
  });

  test('that alone differs has a hint', () => {
    const date = utcDate('2023-04-26', '');
    const pair = { ours: figures('131327572.8752'), official: figures('131327572.8753') };
    const minute = { ...pair, timeMs: dayStartMs(date), date, recorded: undefined };
    expect(causeHint(minute)).toContain('all else is equal: ');
    const official = figures('131327572.8753', { count: figureOf('24855') });
    expect(causeHint({ ...minute, official })).toBeUndefined();
  });

  test('is not compared where one side has none', () => {
    for (const pair of [
      { ours: figures(undefined), official: figures('1') },
      { ours: figures('1'), official: figures(undefined) },
    ]) {
      expect([hasQuotes(pair), differingColumns(pair)]).toEqual([false, []]);
    }
  });

  test('never hides a trade: whatever is missing, the difference is no noise', () => {
    const trade = fc.record({
      tenths: fc.bigInt({ min: 1n, max: 10n ** 7n }),
      thousandths: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    });
    const noise = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n });
    let noisy = 0;
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1 }), trade, noise, (trades, lost, off) => {
        const whole = trades.reduce(
          (sum, { tenths, thousandths }) => sum + tenths * thousandths,
          0n,
        );
        const text = formatDecimal(whole * 10n ** 14n + off * 10n ** 7n, 18);
        const result = match(formatDecimal(whole, 4), text);
        if (result === 'float noise') noisy += 1;
        expect(result).toBe(off === 0n ? 'equal' : 'float noise');
        const less = whole - lost.tenths * lost.thousandths;
        expect(match(formatDecimal(less, 4), text)).toBe('different');
      }),
    );
    expect(noisy).toBeGreaterThan(10);
  });
});
