/** Why a minute is a sample or none: a row has the first reason that holds. */

/** A row's reason is a place in this list. Only the first makes it a sample. */
export const REASONS = [
  'ok',
  'warming_up',
  'gap_before',
  'gap_after',
  'no_price',
  'ambiguous',
  'end_of_data',
] as const;
export type Reason = (typeof REASONS)[number];
export const REASON_OK = 0;

export const LABEL_UP = 1;
export const LABEL_FLAT = 0;
export const LABEL_DOWN = -1;
