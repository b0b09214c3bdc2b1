/** The features of each minute of a day, as the float32 numbers that samples hold and models read. */
import type { DayMinutes, MinuteColumn } from '../minute/day-minutes.js';
import { assert } from '../unit/errors.js';
import { addDays, DAY_MINUTES } from '../unit/utc-date.js';
import { FEATURES } from './features.js';
import { LOOK_BACK_MINUTES, type LookBack } from './look-back.js';

/**
 * One array of 1,440 for each of FEATURES; NaN: null. `before` is the day before, if its minutes join this one's; without
 * it all features are null until the look-back is filled.
 */
export function dayFeatures(
  before: DayMinutes | undefined,
  day: DayMinutes,
): readonly Float32Array[] {
  const isNext = before === undefined || addDays(before.date, 1) === day.date;
  assert(isNext, 'the day before is the one that ends where this one begins');
  const column = joined(before, day);
  const features = FEATURES.map(() => new Float32Array(DAY_MINUTES).fill(Number.NaN));
  const first = before === undefined ? LOOK_BACK_MINUTES - 1 : 0;
  for (let minute = first; minute < DAY_MINUTES; minute++) {
    const lookBack: LookBack = { column, end: LOOK_BACK_MINUTES + minute + 1, minute };
    for (let at = 0; at < FEATURES.length; at++) {
      const [values, feature] = [features[at], FEATURES[at]];
      if (values === undefined || feature === undefined) continue;
      values[minute] = feature.value(lookBack);
      // What no float32 holds is null, and -0 is 0.
      const rounded = values[minute] ?? Number.NaN;
      values[minute] = Number.isFinite(rounded) ? rounded + 0 : Number.NaN;
    }
  }
  return features;
}

/** The columns of a day with the last hour of the day before in front of them. */
function joined(before: DayMinutes | undefined, day: DayMinutes): DayMinutes['column'] {
  const columns = new Map<MinuteColumn, Float64Array>();
  return (name) => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const values = new Float64Array(LOOK_BACK_MINUTES + DAY_MINUTES).fill(Number.NaN);
    values.set(day.column(name), LOOK_BACK_MINUTES);
    if (before !== undefined) values.set(before.column(name).subarray(-LOOK_BACK_MINUTES));
    columns.set(name, values);
    return values;
  };
}
