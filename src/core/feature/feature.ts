/** What a feature is: how the card, the docs and the models name it, and how it is computed. */
import { type LookBack, WINDOWS } from './look-back.js';

export type FeatureUnit = 'bps' | 'ratio' | 'events';

export interface Feature {
  /** Stable: a changed formula is a new name. */
  readonly name: string;
  /** Null: it has no window. */
  readonly windowMinutes: number | null;
  readonly unit: FeatureUnit;
  /** One line, in the columns of the 1s files. */
  readonly formula: string;
  /** When the feature is null. */
  readonly nullRule: string;
  /** NaN: null. */
  readonly value: (lookBack: LookBack) => number;
}

/** A feature for each of several windows. */
export interface Family {
  /** `{name}_{minutes}m`. */
  readonly name: string;
  /** By default all. */
  readonly windows?: readonly number[];
  readonly unit: FeatureUnit;
  /** Of a window of w minutes. */
  readonly formula: string;
  readonly nullRule: string;
  readonly value: (lookBack: LookBack, minutes: number) => number;
}

export function featuresOf({ name, windows = WINDOWS, value, ...rest }: Family): Feature[] {
  return windows.map((minutes) => ({
    ...rest,
    name: `${name}_${minutes}m`,
    windowMinutes: minutes,
    value: (lookBack) => value(lookBack, minutes),
  }));
}
