/** The recorder's and the event's time of some rows of a chunk, as they stand there: no cell depends on them. */
import type { ColumnPlan } from '../decode/chunk-columns.js';
import { afterByteOrderMark, latin1, lineAt } from '../decode/chunk-lines.js';
import type { SplitLine } from '../decode/strict-row.js';

const CLOCKS = ['receive_time', 'event_time'] as const;
type Clock = (typeof CLOCKS)[number];

export function hasClocks({ indexOf }: ColumnPlan): boolean {
  return CLOCKS.some((clock) => indexOf.has(clock));
}

/** By line; null where the chunk has no such column. */
export function clocksOf(
  bytes: Uint8Array,
  { indexOf }: ColumnPlan,
  lines: ReadonlySet<number>,
  splitLine: SplitLine,
): Map<number, Record<Clock, string | null>> {
  const found = new Map<number, Record<Clock, string | null>>();
  let number = 1;
  for (let at = afterByteOrderMark(bytes); at < bytes.length; number += 1) {
    const line = lineAt(bytes, at);
    if (lines.has(number)) {
      const fields = splitLine(latin1(bytes, at, line.end)) ?? [];
      const of = (clock: Clock): string | null => fields[indexOf.get(clock) ?? -1] ?? null;
      found.set(number, { receive_time: of('receive_time'), event_time: of('event_time') });
    }
    at = line.next;
  }
  return found;
}
