/** Ids that are no numbers below 2^53, as text, with the object and the second of the first row of each. */
import { FlowbarsError } from '../unit/errors.js';
import { SECOND_MS } from '../unit/utc-date.js';

/** Ids of a symbol-day that are kept as text because they are not numbers below 2^53. */
export const TEXT_IDS_MAX = 2_000_000;

/** Seconds of an epoch that a text's first row may have: 500 years. */
const SECONDS_MAX = 2 ** 34;

/** The id is new, or the row has none. */
export const NEW_ID = 0;
/** A row before it in the same object has its id: whoever wrote the object wrote it twice. */
export const REPEATED_WITHIN = 1;
/** The first row with its id lies in another object, as where two recorders overlap. */
export const REPEATED_FROM_ANOTHER = 2;
/** The same, but at another time: the id is no id of a trade, such as a counter that begins anew in each chunk. */
export const REUSED = 3;

/** Rows of one trade have one time; recorders that store it differently are this close. */
const REUSED_AFTER_MS = 1_000;

export class TextIds {
  /** The object that had each text first and the second of its row, in one safe integer. */
  private readonly firsts = new Map<string, number>();

  get size(): number {
    return this.firsts.size;
  }

  /** NEW_ID, REPEATED_WITHIN, REPEATED_FROM_ANOTHER or REUSED. */
  add(text: string, object: number, timeMs: number): number {
    const second = Math.floor(timeMs / SECOND_MS);
    const first = this.firsts.get(text);
    if (first !== undefined) {
      const firstObject = Math.floor(first / SECONDS_MAX);
      if (firstObject === object) return REPEATED_WITHIN;
      const isFar = Math.abs(second - (first % SECONDS_MAX)) * SECOND_MS > REUSED_AFTER_MS;
      return isFar ? REUSED : REPEATED_FROM_ANOTHER;
    }
    if (this.firsts.size === TEXT_IDS_MAX)
      throw tooManyIds('ids other than numbers below 2^53', TEXT_IDS_MAX);
    this.firsts.set(text, object * SECONDS_MAX + second);
    return NEW_ID;
  }
}

export function tooManyIds(what: string, limit: number): FlowbarsError {
  return new FlowbarsError('limit', {
    where: 'symbol-day',
    what,
    found: `more than ${limit}`,
    expected: `at most ${limit}`,
  });
}
