/** An outage in words, wherever one is named. */

/** `feed_down (recorder_down)`; the kind alone where nothing says why. */
export function outageName(kind: string, cause: string | null | undefined): string {
  return cause === undefined || cause === null ? kind : `${kind} (${cause})`;
}
