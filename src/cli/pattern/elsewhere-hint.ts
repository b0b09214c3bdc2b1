/** Where published days are, if a command found none: a sample is older than the days up to yesterday. */
import type { UtcDate } from '../../core/unit/utc-date.js';
import { publishedWindow } from '../../jobs/pattern/published-window.js';
import type { OpenedSearch } from './published-search.js';

interface Looked {
  readonly symbol_days: number;
  readonly left_out?: readonly object[];
  readonly unreadable_manifests: readonly object[];
}

/** The options to type; undefined if a day was found, or all days were looked at. */
export async function elsewhereHint(
  { symbol_days: days, left_out: leftOut = [], unreadable_manifests: unreadable }: Looked,
  { search: { dates }, effects }: OpenedSearch,
): Promise<string | undefined> {
  if (days + leftOut.length + unreadable.length > 0) return undefined;
  const window = await publishedWindow(effects.out);
  if (window === undefined) return 'published: nothing; flowbars run publishes days';
  const { from, to } = window;
  if (isAmong(from, dates) && isAmong(to, dates)) return undefined;
  const range = from === to ? from : `${from} to ${to}`;
  return `published: ${range}; type --from ${from} --to ${to}`;
}

function isAmong(date: UtcDate, dates: readonly UtcDate[]): boolean {
  return date >= (dates.at(0) ?? '') && date <= (dates.at(-1) ?? '');
}
