/** The interval of a hit rate whose events cluster: whole blocks of them are drawn again and again. */
import { Random } from '../unit/random.js';
import { type Fraction, fraction } from './fraction.js';

/** Events that may depend on each other. */
export interface Block {
  /** Above 0. */
  readonly n: number;
  readonly hits: number;
}

export interface RateInterval {
  readonly low: Fraction;
  readonly high: Fraction;
}

const RESAMPLES = 1_000;
/** Places of the ends among all resampled rates in ascending order, from 1: 2.5 % and 97.5 %. */
const LOW_PLACE = 25;
const HIGH_PLACE = 975;

/** So few blocks are all hits, by luck alone, more often than an interval of 95 % may be wrong on one side. */
const BLOCKS_MIN = 6;

/**
 * The interval of 95 % of Σ hits ÷ Σ n. A resample draws as many blocks as there are, with replacement, and
 * forms its rate; the ends are the 25th and the 975th of 1,000 rates in ascending order. The draws
 * follow from `seedText` and the order of the blocks alone. Undefined for fewer than six blocks.
 */
export function resampledInterval(
  blocks: readonly Block[],
  seedText: string,
): RateInterval | undefined {
  if (blocks.length < BLOCKS_MIN) return undefined;
  const random = new Random(seedText);
  const rates = Array.from({ length: RESAMPLES }, () => draw(blocks, random));
  // Products of counts are safe integers.
  rates.sort((one, other) => one.hits * other.n - other.hits * one.n);
  const [low, high] = [rates[LOW_PLACE - 1], rates[HIGH_PLACE - 1]];
  const ends = [low, high].map((rate) => fraction(rate?.hits ?? 0, rate?.n ?? 0));
  const [lowEnd, highEnd] = ends;
  return lowEnd === undefined || highEnd === undefined ? undefined : { low: lowEnd, high: highEnd };
}

function draw(blocks: readonly Block[], random: Random): Block {
  let n = 0;
  let hits = 0;
  for (let count = 0; count < blocks.length; count++) {
    const block = blocks[random.below(blocks.length)];
    n += block?.n ?? 0;
    hits += block?.hits ?? 0;
  }
  return { n, hits };
}
