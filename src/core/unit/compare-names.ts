/** The order of names. */

/** By UTF-16 code unit. For ASCII names this is the order of every store's listing. */
export function compareNames(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
