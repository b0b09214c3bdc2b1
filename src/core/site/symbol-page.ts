/** The page of a symbol: its row of the calendar, and for each day its state, all findings, its page and its files. */
import type { Calendar, CalendarDay, CalendarSymbol } from '../calendar/calendar-shape.js';
import { pageDocument } from '../page/document.js';
import { html, type Markup } from '../page/html.js';
import type { UtcDate } from '../unit/utc-date.js';
import { counted, thousands } from '../unit/words.js';
import { calendarTable, TABLE_STYLE } from './calendar-table.js';
import { INDEX_NAME, linkTo } from './links.js';
import { shareText, SIGN_STYLE, signOf } from './sign.js';

/** Findings of a day that the page of its symbol names; the rest is counted. */
export const DAY_FINDINGS_MAX = 20;

/** Those that are not folded. */
const OPEN_FINDINGS = 3;

export interface NamedFile {
  /** Below the output root. */
  readonly name: string;
  readonly bytes: number;
}

/** What is published of a day, as far as a page tells it. */
export interface DayFacts {
  /** At most DAY_FINDINGS_MAX of them. */
  readonly findings: readonly { readonly severity: string; readonly text: string }[];
  readonly findingCount: number;
  readonly files: readonly NamedFile[];
}

/** A page of the day, or why there is none. */
export type PageState = { readonly has: 'page' } | { readonly has: 'none'; readonly why: string };

export interface SymbolPage {
  readonly calendar: Calendar;
  readonly row: CalendarSymbol;
  readonly facts: (date: UtcDate) => DayFacts | undefined;
  readonly page: (date: UtcDate) => PageState;
  /** The output root as an encoded link from the site's root, such as `..`; undefined where none leads there. */
  readonly filesAt: string | undefined;
}

const PAGE_STYLE = `
.day{white-space:nowrap}
ul.plain{margin:0;padding:0;list-style:none}ul.plain li{overflow-wrap:anywhere}
@media (min-width:641px){.findings{min-width:34ch;max-width:70ch}.files{min-width:20ch}}
.files a,.files code{margin-right:10px;white-space:nowrap}
nav{padding-top:10px}summary{cursor:pointer;color:var(--quiet)}
.severity-error,.severity-warning{font-weight:600}.severity-error{color:var(--down)}.severity-info{color:var(--quiet)}
tr:target{background:var(--panel);outline:2px solid var(--link)}
`;

export function symbolPage(page: SymbolPage): string {
  const { calendar, row } = page;
  const { symbol, coverage, days } = row;
  const links = {
    symbol: () => INDEX_NAME,
    findings: ({ date }: { readonly date: UtcDate }) => `#${date}`,
    day: ({ date }: { readonly date: UtcDate }) =>
      page.page(date).has === 'page' ? `${date}.html` : `#${date}`,
  };
  const notGood = days.filter(({ good }) => !good).length;
  return pageDocument({
    command: 'view --site',
    title: `${symbol}, ${calendar.from} to ${calendar.to}`,
    style: SIGN_STYLE + TABLE_STYLE + PAGE_STYLE,
    body: html`<nav><a href="../${INDEX_NAME}">all symbols</a></nav>
      <main>
        <h1>${symbol}</h1>
        <p>
          ${calendar.from} to ${calendar.to}: covered ${shareText(coverage)},
          ${notGood === 0 ? 'every day good' : `${counted(notGood, 'day')} not good`}
        </p>
        ${calendarTable({ ...calendar, symbols: [row] }, links)}
        <h2>Days</h2>
        <div class="wide stack">
          <table>
            <thead>
              <tr>
                <th scope="col">day</th>
                <th scope="col">state</th>
                <th scope="col" class="number">covered</th>
                <th scope="col">findings</th>
                <th scope="col">files</th>
              </tr>
            </thead>
            <tbody>
              ${days.toReversed().map((day) => dayRow(day, page))}
            </tbody>
          </table>
        </div>
        ${whereFilesAre(page)}
      </main>`,
  });
}

/** The latest first. */
function dayRow(day: CalendarDay, page: SymbolPage): Markup {
  const { classes, words } = signOf(day);
  const state = page.page(day.date);
  const name =
    state.has === 'page' ? html`<a href="${day.date}.html">${day.date}</a>` : html`${day.date}`;
  return html`<tr id="${day.date}">
    <th scope="row" class="day">${name}</th>
    <td class="day"><i class="${`sign ${classes}`.trim()}"></i>${words}</td>
    <td class="number">${shareText(day.coverage)}</td>
    <td class="findings line">${findingList(day, page)}</td>
    <td class="files line">${fileLinks(day, page)}</td>
  </tr> `;
}

/** All findings of what is published; before them why the day is not what it should be, where no finding says it. */
function findingList(day: CalendarDay, page: SymbolPage): Markup | undefined {
  const { findings = [], findingCount = 0 } = page.facts(day.date) ?? {};
  const isSaid = day.detail === '' || findings.some(({ text }) => text === day.detail);
  const state = page.page(day.date);
  const items = [
    ...(isSaid ? [] : [html`<li>${day.detail}</li>`]),
    ...(state.has === 'page' || state.why === '' ? [] : [html`<li>${state.why}</li>`]),
    ...findings.map(
      ({ severity, text }) =>
        html`<li><span class="severity-${severity}">${severity}</span> ${text}</li>`,
    ),
    ...(findingCount > findings.length
      ? [html`<li class="quiet">… and ${thousands(findingCount - findings.length)} more</li>`]
      : []),
  ];
  const [shown, folded] = [items.slice(0, OPEN_FINDINGS), items.slice(OPEN_FINDINGS)];
  if (items.length === 0) return undefined;
  const list = html`<ul class="plain">
    ${shown}
  </ul>`;
  if (folded.length === 0) return list;
  return html`${list}
    <details>
      <summary>${thousands(findingCount)} findings in all</summary>
      <ul class="plain">
        ${folded}
      </ul>
    </details>`;
}

function fileLinks({ date }: CalendarDay, { facts, filesAt }: SymbolPage): Markup[] {
  return (facts(date)?.files ?? []).map(({ name, bytes }) => {
    const label = name.slice(name.lastIndexOf('/') + 1).replace(`${date}_`, '');
    const title = `${name}, ${thousands(bytes)} bytes`;
    // A name is linked that lies below the root, as all that are written do.
    return filesAt === undefined || name.split('/').includes('..')
      ? html`<code title="${title}">${label}</code> `
      : html`<a href="${`../${filesAt}/${linkTo(name)}`}" title="${title}">${label}</a> `;
  });
}

function whereFilesAre({ calendar: { out }, filesAt }: SymbolPage): Markup {
  const place = filesAt === undefined ? ', to which no relative link leads from here' : '';
  return html`<footer>Files lie below <code>${out}</code>${place}.</footer>`;
}
