/** The one table of features: samples, scores, the card and the docs follow it, in this order. */
import { BOOK_FEATURES } from './book-features.js';
import { CLOCK_FEATURES } from './clock-features.js';
import type { Feature } from './feature.js';
import { FLOW_FEATURES } from './flow-features.js';
import { PATTERN_FEATURES } from './pattern-features.js';
import { PRICE_FEATURES } from './price-features.js';

export const FEATURES: readonly Feature[] = [
  ...PRICE_FEATURES,
  ...FLOW_FEATURES,
  ...BOOK_FEATURES,
  ...PATTERN_FEATURES,
  ...CLOCK_FEATURES,
];
