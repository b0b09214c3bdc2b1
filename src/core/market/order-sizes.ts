/** Draws the sizes of the sample's orders, in lots: at the touch, behind it, and of one fill. */
import type { Instrument } from './instrument.js';
import type { Random } from '../unit/random.js';

/** Orders that sweep the book are larger; so volume delta explains a tenth of the moves of its second (F27: 0.18). */
const SWEEP_FACTOR = 4;

export class OrderSizes {
  private readonly instrument: Instrument;
  private readonly random: Random;

  constructor(instrument: Instrument, random: Random) {
    this.instrument = instrument;
    this.random = random;
  }

  /** Median 4,400 lots before the factor, far from equal on the two sides: four fifths of twenty levels (F21). */
  touch(): number {
    const share = this.random.unit();
    return this.scaled(20 + Math.floor(share * share * share * share * 70_000));
  }

  /** Mostly small orders, sometimes a wall that is pulled within about a second; 0: the tick is empty. */
  deep(): number {
    const random = this.random;
    if (!random.chance(this.instrument.occupancy)) return 0;
    const kind = random.unit();
    if (kind < 0.45) return this.scaled(random.between(1, 10));
    if (kind < 0.8) return this.scaled(random.between(10, 100));
    if (kind < 0.95) return this.scaled(random.between(100, 400));
    if (kind < 0.998) return this.scaled(random.between(400, 1_500));
    return this.scaled(random.between(5_000, 20_000));
  }

  fill(isSweep: boolean): number {
    const random = this.random;
    const kind = random.unit();
    let lots = random.between(600, 4_000);
    if (kind < 0.5) lots = random.between(1, 6);
    else if (kind < 0.8) lots = random.between(6, 40);
    else if (kind < 0.95) lots = random.between(40, 150);
    else if (kind < 0.995) lots = random.between(150, 600);
    return this.scaled(isSweep ? SWEEP_FACTOR * lots : lots);
  }

  private scaled(lots: number): number {
    const factor = this.instrument.lotFactor;
    return lots * factor + this.random.below(factor);
  }
}
