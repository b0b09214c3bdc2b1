/** The figures of docs/OPERATIONS.md on moving chunks to a colder class: cost once, savings a month. */
import { PRICES } from '../../../src/core/cost/prices.js';

const GIB = 2 ** 30;
const CHUNKS = 1_000_000;

/**
 * https://cloud.google.com/storage/pricing, us-central1: a transition is billed as a class A operation of the class
 * that the object comes to.
 */
const COLD = {
  NEARLINE: { transitionUsd: 0.01 / 1_000, storedGibMonthUsd: 0.01 },
  COLDLINE: { transitionUsd: 0.02 / 1_000, storedGibMonthUsd: 0.004 },
  ARCHIVE: { transitionUsd: 0.05 / 1_000, storedGibMonthUsd: 0.0012 },
} as const;

/** The average chunk of a full-size day in plain CSV, and one a tenth of it. */
const CHUNK_BYTES = [330_000, 33_000];

/** Cells by class: a million chunks moved; for each size saved a month, months until paid; kB that pay in a year. */
export function transitionRows(): string[][] {
  return Object.entries(COLD).map(([name, { transitionUsd, storedGibMonthUsd }]) => {
    const savedUsd = PRICES.storedGibMonth.usd - storedGibMonthUsd;
    const sizes = CHUNK_BYTES.flatMap((bytes) => {
      const monthUsd = ((CHUNKS * bytes) / GIB) * savedUsd;
      return [monthUsd.toFixed(2), ((CHUNKS * transitionUsd) / monthUsd).toFixed(0)];
    });
    const yearBytes = (transitionUsd / (savedUsd * 12)) * GIB;
    const kilobytes = Math.ceil(yearBytes / 1_000).toFixed(0);
    return [`\`${name}\``, (CHUNKS * transitionUsd).toFixed(0), ...sizes, kilobytes];
  });
}
