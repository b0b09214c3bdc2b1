/** The calendar as a table: a row for each symbol, a cell for each day, months above. It scrolls in a box of its own. */
import type { Calendar, CalendarDay, CalendarSymbol } from '../calendar/calendar-shape.js';
import { escaped, html, type Markup, trusted } from '../page/html.js';
import { stretchesOf } from '../unit/stretches.js';
import type { UtcDate } from '../unit/utc-date.js';
import { thousands } from '../unit/words.js';
import type { CalendarLinks } from './links.js';
import { dayWords, shareText, signOf } from './sign.js';

export const TABLE_STYLE: string = `
.days{overflow:auto;max-height:80vh;width:max-content;max-width:100%;border:1px solid var(--line);border-radius:6px}
.days table{margin:0;border-collapse:separate;border-spacing:0}
.days th,.days td{padding:2px 1px;border:0;line-height:0}.days th{background:var(--ground)}
.days th,.days td.number{padding:2px 8px;line-height:18px}
.days thead th{position:sticky;top:0;z-index:1;vertical-align:bottom}
.days thead tr+tr th{top:22px;padding:2px 1px;font:11px/14px ui-monospace,monospace;text-align:center;border-bottom:1px solid var(--line)}
.days thead [rowspan]{border-bottom:1px solid var(--line)}
.days .month{height:22px;padding:2px 0 2px 3px;font-size:12px}.days .short{padding-left:2px;font-size:10px;letter-spacing:-.03em}
.days th[scope=row],.days thead th:first-child{position:sticky;left:0;z-index:1;max-width:34vw;overflow:hidden;text-overflow:ellipsis}
.days thead tr:first-child th:first-child{z-index:2}
@media print{.days{max-height:none;width:auto;overflow:visible}}
.days .first,.days .month{border-left:1px solid var(--line)}
`;

/** Without links the cells only say what they are. */
export function calendarTable({ symbols }: Calendar, links: CalendarLinks | undefined): Markup {
  const dates = symbols[0]?.days.map(({ date }) => date) ?? [];
  const months = stretchesOf(dates, (before, date) => monthOf(before) === monthOf(date));
  return html`<div class="days" role="region" aria-label="symbols by days" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col" rowspan="2">symbol</th>
          <th scope="col" rowspan="2" class="number">covered</th>
          <th scope="col" rowspan="2" class="number">not good</th>
          ${months.map(monthCell)}
        </tr>
        <tr>
          ${months.map((days) => days.map(dateCell))}
        </tr>
      </thead>
      <tbody>
        ${symbols.map((row) => symbolRow(row, links))}
      </tbody>
    </table>
  </div>`;
}

/** A month of a single day has no room for its name. */
function monthCell(days: readonly [UtcDate, ...UtcDate[]]): Markup {
  const [first] = days;
  const name = days.length > 1 ? monthOf(first) : '';
  const kind = days.length > 2 ? 'month' : 'month short';
  return html`<th
    scope="colgroup"
    class="${kind}"
    colspan="${days.length}"
    title="${monthOf(first)}"
  >
    ${name}
  </th>`;
}

function dateCell(date: UtcDate, index: number): Markup {
  const place = index === 0 ? 'first' : '';
  return html`<th scope="col" class="${place}" title="${date}">${date.slice(-2)}</th>`;
}

function symbolRow(
  { symbol, coverage, days }: CalendarSymbol,
  links: CalendarLinks | undefined,
): Markup {
  const notGood = days.filter(({ good }) => !good).length;
  const name = links === undefined ? symbol : html`<a href="${links.symbol(symbol)}">${symbol}</a>`;
  return html`<tr>
    <th scope="row" title="${symbol}">${name}</th>
    <td class="number">${shareText(coverage)}</td>
    <td class="number">${notGood === 0 ? '' : thousands(notGood)}</td>
    ${days.map((day, index) => dayCell(day, isMonthStart(day, index), links?.day({ symbol, date: day.date })))}
  </tr> `;
}

/** A year of 200 symbols has 73,000 of these, so each has few bytes: its class draws the sign, its title says it. */
function dayCell(day: CalendarDay, isFirst: boolean, href: string | undefined): Markup {
  const { classes } = signOf(day);
  const kind = classes === '' ? '' : ` class="${classes}"`;
  const title = ` title="${escaped(`${day.date}: ${dayWords(day)}`)}"`;
  const cell = isFirst ? '<td class="first">' : '<td>';
  return trusted(
    href === undefined
      ? `${cell}<i role="img"${kind}${title}></i>`
      : `${cell}<a${kind} href="${escaped(href)}"${title}></a>`,
  );
}

function isMonthStart({ date }: CalendarDay, index: number): boolean {
  return index > 0 && date.endsWith('-01');
}

function monthOf(date: UtcDate): string {
  return date.slice(0, 7);
}
