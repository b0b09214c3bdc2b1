/** The rule of each pattern in a few words, for the marks of a chart; docs/SIGNALS.md has the exact ones. */
import type { PatternName } from '../column/pattern-table.js';
import type { PatternWords } from './view-data.js';

const PRESSED = 'among the strongest 5 % of the past hour';
const PRESSURE = { strength: '|delta| of 15 s', threshold: '95 % quantile of the past hour' };
const MINUTE = {
  strength: 'volume of the minute',
  threshold: '95 % quantile of the past four hours',
};

export const PATTERN_WORDS: Readonly<Record<PatternName, PatternWords>> = {
  absorption: {
    letter: 'A',
    up: `sellers press (delta of 15 s ${PRESSED}), the price holds, and bids refill at least what was sold`,
    down: `buyers press (delta of 15 s ${PRESSED}), the price holds, and asks refill at least what was bought`,
    ...PRESSURE,
  },
  divergence: {
    letter: 'D',
    up: 'a lower low than the pivot before, and CVD higher than there by at least the median minute',
    down: 'a higher high than the pivot before, and CVD lower than there by at least the median minute',
    strength: 'difference of CVD',
    threshold: 'median |delta| of a minute, past four hours',
  },
  exhaustion: {
    letter: 'E',
    up: `sellers press (delta of 15 s ${PRESSED}), bids are thin (lowest quarter), and the fall has stopped`,
    down: `buyers press (delta of 15 s ${PRESSED}), asks are thin (lowest quarter), and the rise has stopped`,
    ...PRESSURE,
  },
  imbalance: {
    letter: 'I',
    up: 'the book leans to the bids: imbalance of 20 levels over 5 s among the highest 1 % of the past hour',
    down: 'the book leans to the asks: imbalance of 20 levels over 5 s among the lowest 1 % of the past hour',
    strength: 'sum of five imbalances',
    threshold: '1 % or 99 % quantile of the past hour',
  },
  liquidity_vacuum: {
    letter: 'V',
    up: 'asks vanish (pulled less added among the largest 1 % of the past hour), and few are left (lowest tenth)',
    down: 'bids vanish (pulled less added among the largest 1 % of the past hour), and few are left (lowest tenth)',
    strength: 'pulled less added',
    threshold: '99 % quantile of the past hour',
  },
  retail_fomo: {
    letter: 'F',
    up: 'a minute of much volume in many orders (both among the largest 5 % of the past four hours), bought',
    down: 'a minute of much volume in many orders (both among the largest 5 % of the past four hours), sold',
    ...MINUTE,
  },
  wall_pulled: {
    letter: 'L',
    up: 'walls of asks were pulled, more than in 99 % of the seconds of the past hour',
    down: 'walls of bids were pulled, more than in 99 % of the seconds of the past hour',
    strength: 'pulled of walls',
    threshold: '99 % quantile of the past hour',
  },
  whale: {
    letter: 'W',
    up: 'a minute of much volume in few orders (volume, and volume per order, among the largest 5 %), bought',
    down: 'a minute of much volume in few orders (volume, and volume per order, among the largest 5 %), sold',
    ...MINUTE,
  },
};
