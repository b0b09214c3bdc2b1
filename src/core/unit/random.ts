/**
 * Reproducible pseudo-random numbers: sfc32 by Chris Doty-Humphrey (PractRand), 128 bits of state in
 * 32-bit integers, so every engine gives the same numbers. For samples and resampling, not for secrets.
 */

const WARM_UP_ROUNDS = 12;

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** The same text gives the same numbers; different texts give unrelated ones. */
  constructor(seedText: string) {
    this.a = hashText(`a:${seedText}`);
    this.b = hashText(`b:${seedText}`);
    this.c = hashText(`c:${seedText}`);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.unit();
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  unit(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** Uniform integer in [0, limit), end exclusive. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** What as many calls of `below(limit)` would give; in a loop of its own, for many. `limit` at most 2^32. */
  fillBelow(limit: number, target: Uint32Array): void {
    let { a, b, c, counter } = this;
    for (let index = 0; index < target.length; index++) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      target[index] = Math.floor(((sum >>> 0) / 4_294_967_296) * limit);
    }
    [this.a, this.b, this.c, this.counter] = [a, b, c, counter];
  }

  /** Uniform integer in [from, to), end exclusive. */
  between(from: number, to: number): number {
    return from + this.below(to - from);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }
}

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 code units, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
