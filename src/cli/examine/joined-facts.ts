/** What `flowbars inspect` shows of a joined CSV file. */
import type { JoinedInspection } from '../../core/inspect/inspection.js';
import { formatCount } from '../screen/figures.js';
import type { Fact } from '../screen/page.js';

/** Days shown with their rows; `--json` has all of them. */
export const JOINED_DAYS_SHOWN_MAX = 20;

/** `1m bars and signals, joined by flowbars export`. */
export function joinedWords({ kinds, resolution }: JoinedInspection): string {
  const words = [...(resolution === null ? [] : [resolution]), kinds.join(' and ')].join(' ');
  return `${words}, joined by flowbars export`;
}

export function joinedFacts({ columns, rows, days, first, last }: JoinedInspection): Fact[] {
  const lines = days.slice(0, JOINED_DAYS_SHOWN_MAX).map((day) => {
    return `${day.date}: ${formatCount(day.rows)}`;
  });
  const omitted = days.length - lines.length;
  const more = omitted > 0 ? [`… and ${formatCount(omitted)} more, --json shows all`] : [];
  return [
    { label: 'columns', value: columns.join(', ') },
    { label: 'rows', value: formatCount(rows) },
    { label: 'time', value: first === null || last === null ? 'none' : `${first} to ${last}` },
    { label: 'days', value: [formatCount(days.length), ...lines, ...more] },
    { label: 'not checked', value: 'cells and their order; inspect the files that it was made of' },
  ];
}
