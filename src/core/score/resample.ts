/** The interval of a hit rate whose events cluster: whole blocks of them are drawn again and again. */
import { Random } from '../unit/random.js';
import { type Fraction, fraction } from './fraction.js';

/** Events that may depend on each other, block by block: n, which is above 0, and hits, one behind the other. */
export type Blocks = Float64Array;

interface Drawn {
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

/** Numbers of a block, one behind the other: n and hits. */
const COUNTS = 2;
/** Blocks drawn in one go; their places stay in the cache. */
const PLACES_AT_ONCE = 4_096;

/** So few blocks are all hits, by luck alone, more often than an interval of 95 % may be wrong on one side. */
const BLOCKS_MIN = 6;

/**
 * The interval of 95 % of Σ hits ÷ Σ n. A resample draws as many blocks as there are, with replacement, and
 * forms its rate; the ends are the 25th and the 975th of 1,000 rates in ascending order. The draws
 * follow from `seedText` and the order of the blocks alone. Undefined for fewer than six blocks.
 */
export function resampledInterval(blocks: Blocks, seedText: string): RateInterval | undefined {
  if (blocks.length < COUNTS * BLOCKS_MIN) return undefined;
  const random = new Random(seedText);
  const rates = Array.from({ length: RESAMPLES }, () => draw(blocks, random));
  // Products of counts are safe integers.
  rates.sort((one, other) => one.hits * other.n - other.hits * one.n);
  const [low, high] = [rates[LOW_PLACE - 1], rates[HIGH_PLACE - 1]];
  const ends = [low, high].map((rate) => fraction(rate?.hits ?? 0, rate?.n ?? 0));
  const [lowEnd, highEnd] = ends;
  return lowEnd === undefined || highEnd === undefined ? undefined : { low: lowEnd, high: highEnd };
}

/** HOT: many symbol-days have half a million blocks a line, and each draw costs what this loop takes. */
function draw(blocks: Blocks, random: Random): Drawn {
  const count = blocks.length / COUNTS;
  const places = new Uint32Array(Math.min(count, PLACES_AT_ONCE));
  let n = 0;
  let hits = 0;
  for (let left = count; left > 0; left -= places.length) {
    const some = left < places.length ? places.subarray(0, left) : places;
    random.fillBelow(count, some);
    for (const place of some) {
      n += blocks[COUNTS * place] ?? 0;
      hits += blocks[COUNTS * place + 1] ?? 0;
    }
  }
  return { n, hits };
}
