/** The order of names. */

/** By UTF-16 code unit, as every listing is ordered. Names differ in ASCII mostly, where every store has this order. */
export function compareNames(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
