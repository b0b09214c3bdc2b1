/** The page of one or several days of a symbol: its words, and what its scripts draw. */
import { dataScript, pageDocument } from '../page/document.js';
import { html, type Markup, trusted } from '../page/html.js';
import { barCells } from './bar-cells.js';
import { daySections, type FileLink, type ToldDay } from './day-sections.js';
import { minuteStrip } from './minute-strip.js';
import type { ChosenPanes } from './panes.js';
import { minuteRuns } from './shades.js';
import { chartTools, keysTable } from './view-tools.js';
import type { Shade, ViewData } from './view-data.js';
import { VIEW_STYLE } from './view-style.js';

/** A day whose rows are packed. */
export interface PageDay extends ToldDay {
  readonly shades: readonly Shade[];
}

export interface DayLink {
  readonly date: string;
  readonly href: string;
}

/** Where links of a page lead. */
export interface PageSite {
  readonly home: string;
  readonly previous: DayLink;
  readonly next: DayLink;
  /** A link to a published file by its name; undefined where none leads there. */
  readonly fileLink: FileLink | undefined;
}

export interface ViewPage {
  readonly symbol: string;
  /** At least one. */
  readonly days: readonly PageDay[];
  /** Days that were asked for and of which nothing is published. */
  readonly unpublished: readonly string[];
  readonly data: ViewData;
  readonly panes: ChosenPanes;
  /** Of both files of any day. */
  readonly columns: ReadonlySet<string>;
  /** Base64 by the id of its element. */
  readonly packed: ReadonlyMap<string, string>;
  readonly modules: ReadonlyMap<string, string>;
  /** Of a page of a site. */
  readonly site: PageSite | undefined;
}

export function viewPage(page: ViewPage): string {
  const { symbol, days, data, packed, modules } = page;
  const [first, last] = [days.at(0)?.date ?? '', days.at(-1)?.date ?? ''];
  const range = first === last ? first : `${first} to ${last}`;
  return pageDocument({
    command: 'view',
    title: `${symbol} ${range}`,
    style: VIEW_STYLE,
    body: html`${headOf(page, range)}
      <main>
        ${chartSection(page, range)} ${days.map((day) => dayDetails(day, page))} ${keysTable(data)}
      </main>
      ${footerOf(page)} ${dataScript('view-data', data)}
      ${Array.from(
        packed,
        ([id, text]) =>
          html`<script type="text/plain" id="${id}">
            ${trusted(text)}
          </script>`,
      )}`,
    scripts: { modules, entry: '#page/day' },
  });
}

function headOf({ symbol, days, site, unpublished }: ViewPage, range: string): Markup {
  return html`<header>
    ${site === undefined ? undefined : siteLinks(site)}
    <div class="head">
      <h1>${symbol} ${range}</h1>
      ${days.map(
        ({ date, entry: { status, coverage } }) =>
          html`<span class="state state-${status}"
            >${days.length === 1 ? '' : `${date} `}${status}, coverage ${coverage}</span
          >`,
      )}
    </div>
    ${
      unpublished.length === 0
        ? undefined
        : html`<p class="note">Nothing is published of ${unpublished.join(', ')}.</p>`
    }
  </header>`;
}

function siteLinks({ home, previous, next }: PageSite): Markup {
  return html`<nav>
    <a href="${home}">all days</a>
    <a href="${previous.href}" rel="prev">‹ ${previous.date}</a>
    <a href="${next.href}" rel="next">${next.date} ›</a>
  </nav>`;
}

/** What would do nothing. */
const SCRIPTLESS = '.tools,.board,.explain,#tip,#keys{display:none}.strip svg{cursor:auto}';

function chartSection({ data, days, panes, columns }: ViewPage, range: string): Markup {
  const strips = days.map(({ date, shades }) => minuteStrip(date, minuteRuns(date, shades)));
  if (data.days.length === 0) {
    return html`<section aria-label="coverage">
      <p class="note">Nothing was recorded, so there is no bar to draw.</p>
      ${strips}
    </section>`;
  }
  return html`<section aria-label="chart">
    <noscript>
      <style>
        ${SCRIPTLESS}
      </style>
      <p class="note">
        The chart needs JavaScript, which is switched off. All else on this page is below.
      </p>
    </noscript>
    ${strips} ${chartTools(data)}
    <img id="printed" alt="the chart as it was shown" />
    <div class="board">
      <div
        id="chart"
        tabindex="0"
        role="application"
        aria-label="chart of ${data.symbol}, ${range}, UTC; arrow keys move the crosshair, ? lists all keys"
        aria-describedby="tip"
      ></div>
      <aside id="bar" aria-label="all values of the bar under the crosshair">
        ${barCells(columns)}
      </aside>
    </div>
    <p class="explain quiet screen-only">Explain this bar: <code id="explain"></code></p>
    <div id="tip" role="status" aria-live="polite"></div>
    ${panes.leftOut.map(
      ({ name, needs }) => html`<p class="quiet">No pane of ${name}: it needs ${needs}.</p>`,
    )}
  </section>`;
}

function dayDetails(day: PageDay, { days, site }: ViewPage): Markup {
  const sections = daySections(day, site?.fileLink);
  if (days.length === 1) return html`<article>${sections}</article>`;
  return html`<details open>
    <summary>${day.date}</summary>
    ${sections}
  </details>`;
}

function footerOf({ days }: ViewPage): Markup {
  const versions = new Set(days.map(({ report }) => report.code_version));
  return html`<footer>
    <p>
      The files above were published by flowbars ${[...versions].join(', ')}. Charts by
      <a href="https://www.tradingview.com/lightweight-charts/">Lightweight Charts</a>™ ©
      TradingView, Inc., <a href="https://www.tradingview.com/">tradingview.com</a>, Apache License
      2.0. All times are UTC, by the exchange's clock.
    </p>
  </footer>`;
}
