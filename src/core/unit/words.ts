/** Counts with their noun, for the sentences of findings. */

/** `1 row`, `2 rows`; pass `plural` for irregular nouns. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${thousands(count)} ${count === 1 ? noun : plural}`;
}

/** `1,440`. */
export function thousands(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
}
