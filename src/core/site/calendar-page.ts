/**
 * The calendar of `flowbars status` as a page: whether all is good, the table, what is not good and why, and by which
 * rule. The index of a site is the same page with links.
 */
import type { Calendar, CalendarState } from '../calendar/calendar-shape.js';
import { notGoodStretches, type Stretch } from '../calendar/stretches.js';
import { pageDocument } from '../page/document.js';
import { html, type Markup } from '../page/html.js';
import { FlowbarsError } from '../unit/errors.js';
import { counted, thousands } from '../unit/words.js';
import { calendarTable, TABLE_STYLE } from './calendar-table.js';
import type { CalendarLinks } from './links.js';
import { shareText, type Sign, SIGN_STYLE, SIGNS, signOf } from './sign.js';

/** Symbol-days of a calendar on one page: each takes about 100 bytes there. */
export const SITE_SYMBOL_DAYS_MAX = 100_000;
/** Stretches of days that are not good which a page lists; the rest is counted. */
export const SITE_STRETCHES_MAX = 200;

const PAGE_STYLE = `
.skip:not(:focus){position:absolute;left:-999em}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:10px 0;list-style:none}
.verdict{font-weight:600}.verdict .sign{width:auto;padding:0 8px}.verdict .not{--state:var(--bad)}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:6px 0}dl.facts dt{color:var(--quiet)}dl.facts dd{margin:0;overflow-wrap:anywhere}
td.reason{max-width:70ch;overflow-wrap:anywhere}@media (min-width:641px){td.reason{min-width:30ch}}td.day{white-space:nowrap}
`;

/** Without links it stands alone. Throws a usage error for more than SITE_SYMBOL_DAYS_MAX symbol-days. */
export function calendarPage(calendar: Calendar, links?: CalendarLinks): string {
  refuseLargeCalendar(calendar);
  const { from, to } = calendar;
  return pageDocument({
    command: links === undefined ? 'status' : 'view --site',
    title: `${from} to ${to}: ${calendar.good ? 'good' : 'not good'}`,
    style: SIGN_STYLE + TABLE_STYLE + PAGE_STYLE,
    body: html`<main>
      <h1>Published days, ${from} to ${to}</h1>
      ${verdict(calendar)} ${legend(calendar)}
      ${calendar.symbols.length === 0 ? undefined : html`<a class="skip" href="#behind">past the calendar</a>`}
      ${calendar.symbols.length === 0 ? undefined : calendarTable(calendar, links)}
      <div id="behind"></div>
      ${unreadableManifests(calendar)} ${notGood(calendar, links)} ${howMade(calendar)}
    </main>`,
  });
}

export function refuseLargeCalendar({ symbol_days: symbolDays }: Calendar): void {
  if (symbolDays <= SITE_SYMBOL_DAYS_MAX) return;
  throw new FlowbarsError('usage', {
    where: 'page',
    what: 'symbol-days',
    found: String(symbolDays),
    expected: `at most ${SITE_SYMBOL_DAYS_MAX} on one page (narrow the days or the symbols)`,
  });
}

function verdict({ good, symbol_days: symbolDays, not_good: notGoodDays }: Calendar): Markup {
  const counts =
    symbolDays === 0
      ? 'no symbol is known'
      : `${thousands(symbolDays - notGoodDays)} of ${thousands(symbolDays)} symbol-days are good`;
  const sign = good
    ? html`<span class="sign">good</span>`
    : html`<span class="sign not">not good</span>`;
  return html`<p class="verdict">${sign}${counts}</p>`;
}

/** Sign, count and words of each state that occurs. */
function legend(calendar: Calendar): Markup {
  const entries = SIGNS.flatMap((sign) => {
    const count = countOf(calendar, sign);
    if (count === 0) return [];
    const words = legendWords(sign, calendar);
    return html`<li>
      <i class="${`sign ${sign.classes}`.trim()}"></i>${thousands(count)} ${words}
    </li>`;
  });
  return html`<ul class="legend">
    ${entries}
  </ul>`;
}

function legendWords({ state, good, words }: Sign, calendar: Calendar): string {
  if (state === 'partial' && !good) {
    return `partial, coverage below ${shareText(calendar.coverage_min)} or an error`;
  }
  if (state === 'missing' && !calendar.live) return 'missing, or never recorded';
  return words;
}

function countOf({ symbols }: Calendar, { state, good }: Sign): number {
  return symbols.reduce(
    (sum, { days }) => sum + days.filter((day) => day.state === state && day.good === good).length,
    0,
  );
}

function notGood(calendar: Calendar, links: CalendarLinks | undefined): Markup | undefined {
  const stretches = notGoodStretches(calendar);
  if (stretches.length === 0) return undefined;
  const omitted = stretches.length - SITE_STRETCHES_MAX;
  return html`<h2>What is not good</h2>
    <div class="wide stack">
      <table>
        <thead>
          <tr>
            <th>symbol</th>
            <th>days</th>
            <th>state</th>
            <th class="number">covered</th>
            <th>reason</th>
          </tr>
        </thead>
        <tbody>
          ${stretches.slice(0, SITE_STRETCHES_MAX).map((one) => stretchRow(one, calendar, links))}
        </tbody>
      </table>
    </div>
    ${omitted > 0 ? html`<p class="quiet">… and ${counted(omitted, 'more stretch', 'more stretches')} of days; <code>flowbars status --json</code> has every symbol-day.</p>` : undefined}`;
}

function stretchRow(
  { symbol, from, to, state, coverage, detail }: Stretch,
  { symbols }: Calendar,
  links: CalendarLinks | undefined,
): Markup {
  const days = from === to ? from : `${from} to ${to}`;
  const place =
    symbol === undefined || links === undefined
      ? days
      : html`<a href="${links.findings({ symbol, date: from })}">${days}</a>`;
  return html`<tr>
    <td>${symbol ?? `all ${counted(symbols.length, 'symbol')}`}</td>
    <td class="day">${place}</td>
    <td class="day">${stateWords(state)}</td>
    <td class="number">${shareText(coverage)}</td>
    <td class="reason line">${detail}</td>
  </tr>`;
}

function stateWords(state: CalendarState): Markup {
  const { classes } = signOf({ state, good: state === 'complete' || state === 'none' });
  return html`<i class="${`sign ${classes}`.trim()}"></i>${state}`;
}

/** Without a known symbol these days have no cells. */
function unreadableManifests({ unreadable_manifests: manifests }: Calendar): Markup | undefined {
  if (manifests.length === 0) return undefined;
  const items = manifests.map(({ name, detail }) => html`<li><code>${name}</code> ${detail}</li>`);
  return html`<h2>Unreadable manifests</h2>
    <ul>
      ${items}
    </ul>`;
}

function howMade(calendar: Calendar): Markup {
  const { out, from, to, live, coverage_min: coverageMin, symbols_named: isNamed } = calendar;
  const facts: readonly (readonly [string, string])[] = [
    ['output root', out],
    ['days', `${from} to ${to}, UTC`],
    ['symbols', isNamed ? 'those that were named; there may be others' : 'every known one'],
    ['read from', live ? 'manifests, and the raw root as it was' : 'manifests alone'],
    [
      'good',
      `complete; partial with a coverage of at least ${shareText(coverageMin)} and no error; empty where that is allowed; not recorded where nothing asks for it`,
    ],
  ];
  return html`<h2>How this was made</h2>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <footer>flowbars status</footer>`;
}
