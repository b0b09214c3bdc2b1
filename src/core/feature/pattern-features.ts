/** How often each pattern pointed in each direction. Outcomes of events have no part. */
import { DIRECTIONS, PATTERNS } from '../column/pattern-table.js';
import { type Feature, featuresOf } from './feature.js';
import { sumOfAll } from './look-back.js';

/** Shorter windows hold one event at most: a pattern is silent for a minute after each. */
const EVENT_WINDOWS = [5, 15, 60];

export const PATTERN_FEATURES: readonly Feature[] = PATTERNS.flatMap((pattern) =>
  DIRECTIONS.flatMap((direction) =>
    featuresOf({
      name: `events_${pattern}_${direction}`,
      windows: EVENT_WINDOWS,
      unit: 'events',
      formula: `events ${pattern} ${direction} that are confirmed in the window`,
      nullRule:
        'a minute of the window has too little of its day before it for the quantiles of the pattern, or the pattern needs a book and none was recorded',
      value: (lookBack, minutes) => sumOfAll(lookBack, `${pattern}_${direction}`, minutes),
    }),
  ),
);
