/** The minute of the day as a place on a circle, by sums and products alone, so that every engine gives the same bits. */
import { DAY_MINUTES } from '../unit/utc-date.js';
import type { Feature } from './feature.js';

const EIGHTH = DAY_MINUTES / 8;
/** Terms of the series: at an eighth of a circle the next one is below 10^-17. */
const TERMS = 9;
const NEVER = 'never';

export const CLOCK_FEATURES: readonly Feature[] = [
  {
    name: 'minute_sine',
    windowMinutes: null,
    unit: 'ratio',
    formula: 'sin(2π·m ÷ 1,440), m the minute t of the UTC day, 0 to 1,439',
    nullRule: NEVER,
    value: ({ minute }) => sine(minute),
  },
  {
    name: 'minute_cosine',
    windowMinutes: null,
    unit: 'ratio',
    formula: 'cos(2π·m ÷ 1,440), m the minute t of the UTC day, 0 to 1,439',
    nullRule: NEVER,
    value: ({ minute }) => sine(minute + 2 * EIGHTH),
  },
];

/** Of a minute of the day, or of the next one. */
function sine(minute: number): number {
  const onCircle = minute % DAY_MINUTES;
  if (onCircle >= 4 * EIGHTH) return -sine(onCircle - 4 * EIGHTH);
  const inQuarter = onCircle <= 2 * EIGHTH ? onCircle : 4 * EIGHTH - onCircle;
  return inQuarter <= EIGHTH ? series(inQuarter, 1) : series(2 * EIGHTH - inQuarter, 0);
}

/** x − x³/3! + x⁵/5! … from power 1, 1 − x²/2! + x⁴/4! … from power 0. */
function series(minutes: number, firstPower: 0 | 1): number {
  const angle = (2 * Math.PI * minutes) / DAY_MINUTES;
  let term = firstPower === 1 ? angle : 1;
  let sum = term;
  for (let power = firstPower + 1; power < firstPower + 2 * TERMS; power += 2) {
    term = (-term * angle * angle) / (power * (power + 1));
    sum += term;
  }
  return sum;
}
