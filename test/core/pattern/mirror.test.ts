/** What the rules do not depend on: which way is up, and how large the numbers are. */
import { expect, test } from 'vitest';
import { BARS } from '../../../src/core/column/bar-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { dayPatterns, type PatternEvent } from '../../../src/core/pattern/day-patterns.js';
import { formatDecimal, parseDecimal } from '../../../src/core/unit/decimal.js';
import { dayFiles, randomWalk } from './made-day.js';

const FACTOR = 10n ** 13n;

/** Pairs of columns that a mirror swaps. */
const SWAPPED: Readonly<Record<string, string>> = {
  high: 'low',
  low: 'high',
  vol_buy: 'vol_sell',
  vol_sell: 'vol_buy',
  bid_close: 'ask_close',
  ask_close: 'bid_close',
  bid_qty_l20: 'ask_qty_l20',
  ask_qty_l20: 'bid_qty_l20',
  bid_qty_l20_min: 'ask_qty_l20_min',
  ask_qty_l20_min: 'bid_qty_l20_min',
  bid_added: 'ask_added',
  ask_added: 'bid_added',
  bid_pulled: 'ask_pulled',
  ask_pulled: 'bid_pulled',
  bid_wall_pulled: 'ask_wall_pulled',
  ask_wall_pulled: 'bid_wall_pulled',
};
const PRICES = ['high', 'low', 'close', 'bid_close', 'ask_close'];
const SIGNED = ['vol_delta', 'cvd'];

/** `from` minus the number. */
function lessThan(from: bigint, text: string): string {
  const number = parseDecimal(text);
  if (number === undefined) return text;
  const one = 10n ** BigInt(number.decimals);
  return formatDecimal(from * one - number.mantissa, number.decimals);
}

function mirrored(text: string, header: readonly string[]): string {
  const sources = header.map((name) => header.indexOf(SWAPPED[name] ?? name));
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const turned = lines.map((line) => {
    const cells = line.split(',');
    return header.map((name, at) => {
      const cell = cells[sources[at] ?? at] ?? '';
      if (PRICES.includes(name)) return lessThan(1_000_000n, cell);
      return SIGNED.includes(name) ? lessThan(0n, cell) : cell;
    });
  });
  return `${[first, ...turned.map((cells) => cells.join(','))].join('\n')}\n`;
}

/** Without what depends on the price: the ranks of 1 % and 99 % are no mirrors of each other. */
function eventLines(events: readonly PatternEvent[], up: string, down: string): string[] {
  return events
    .filter(({ pattern }) => pattern !== 'imbalance')
    .map(({ pattern, direction, confirmedMs, fromMs, strength, threshold, outcomes }) =>
      [
        confirmedMs,
        pattern,
        direction === 'up' ? up : down,
        fromMs,
        formatDecimal(strength.mantissa, strength.decimals),
        formatDecimal(threshold.mantissa, threshold.decimals),
        outcomes.get(60)?.sign,
      ].join(' '),
    )
    .toSorted();
}

test('a day turned upside down has the same events, turned', () => {
  const texts = randomWalk({ seed: 'mirror' });
  const turned = {
    bars: mirrored(texts.bars, BARS.header),
    signals: mirrored(texts.signals, SIGNALS.header),
  };
  const lines = eventLines(dayPatterns(dayFiles(texts)).events, 'down', 'up');
  expect(lines.length).toBeGreaterThan(500);
  expect(eventLines(dayPatterns(dayFiles(turned)).events, 'up', 'down')).toEqual(lines);
});

/** Strength and quantile times a factor, at one scale. */
function scaled(events: readonly PatternEvent[], factor: bigint): object[] {
  return events.map((event) => {
    const times = event.pattern === 'imbalance' ? 1n : factor;
    return {
      ...event,
      strength: times * event.strength.mantissa * 10n ** BigInt(9 - event.strength.decimals),
      threshold: times * event.threshold.mantissa * 10n ** BigInt(9 - event.threshold.decimals),
    };
  });
}

test('quantities too wide for doubles change no event', () => {
  const narrow = dayPatterns(dayFiles(randomWalk({ seed: 'wide' }))).events;
  const wide = dayPatterns(dayFiles(randomWalk({ seed: 'wide', factor: FACTOR }))).events;
  expect(narrow.length).toBeGreaterThan(500);
  expect(scaled(wide, 1n)).toEqual(scaled(narrow, FACTOR));
});
