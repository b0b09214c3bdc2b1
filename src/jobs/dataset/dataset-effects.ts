/** What making a dataset works with. */
import type { Effects, Store } from '../ports.js';

export interface DatasetEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  /** Where the dataset is written; no part of `out`. */
  readonly into: Store;
}
