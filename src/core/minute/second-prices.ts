/** The prices of consecutive seconds, exact, and what is known of each second: what labels are made from. */

/** Nothing is missing; a second without trades was quiet. */
export const GAP_NONE = 0;
/** An outage of trades or depth, time outside what was expected, or a day that is not published. */
export const GAP_OUTAGE = 1;
/** Whether something is missing is not proven. */
export const GAP_UNPROVEN = 2;
/** Before the first day or after the last one. */
export const GAP_BEYOND = 3;

export interface SecondPrices {
  /** Begin of the first second, exchange time. */
  readonly startMs: number;
  /** By second: prices in units of 10^-8, safe integers; NaN before the first price. A second without trades carries the last close. */
  readonly openE8: Float64Array;
  readonly highE8: Float64Array;
  readonly lowE8: Float64Array;
  readonly closeE8: Float64Array;
  /** 1: the second has trades. */
  readonly traded: Uint8Array;
  /** One of the GAP codes. */
  readonly gap: Uint8Array;
}
