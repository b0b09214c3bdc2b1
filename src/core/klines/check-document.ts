/** A check as a page: the minutes of each hour as a strip, and the table of what differs. */
import { pageDocument } from '../page/document.js';
import { html, type Markup, trusted } from '../page/html.js';
import { counted, thousands } from '../unit/words.js';
import type { Difference, MinuteComparison } from './compare-minutes.js';
import { isTelling, type MarkedHour, MARKS } from './minute-marks.js';

/** Hours that the page draws: a month of them. With more, only those that there is something to see in. */
export const PAGE_HOURS_MAX = 744;
/** Differences that it lists; the rest is counted. */
export const PAGE_DIFFERENCES_MAX = 1_000;

export interface CheckedFiles {
  readonly bars: readonly {
    readonly file: string;
    readonly report: string | null;
    readonly signals: string | null;
  }[];
  readonly klines: readonly string[];
  readonly notes: readonly string[];
}

/** Class names of the marks, which are not all letters. */
const CLASSES: Readonly<Record<string, string>> = {
  '=': 'equal',
  '~': 'noise',
  x: 'different',
  '-': 'uncovered',
  k: 'kline',
  b: 'bars',
};

const PAGE_STYLE = `
.strip{border-collapse:separate;border-spacing:1px}.strip th{padding:0 8px 0 0;border:0;font:12px/14px ui-monospace,monospace;text-align:left}
.strip td{padding:0;border:0;width:11px;min-width:11px;height:14px;font:600 11px/14px ui-monospace,monospace;text-align:center;color:#000;print-color-adjust:exact}
.strip .ten{border-left:3px solid var(--ground)}.strip a{display:block;color:#000;text-decoration:none}
.mark{display:inline-block;width:14px;height:14px;margin-right:6px;overflow:hidden;font:600 11px/14px ui-monospace,monospace;text-align:center;color:#000;vertical-align:-2px;print-color-adjust:exact}
.equal{background:var(--good)}.noise{background:linear-gradient(to top,var(--good) 50%,var(--line) 50%)}.different{background:var(--bad)}
.uncovered{background:repeating-linear-gradient(45deg,var(--line),var(--line) 2px,transparent 2px,transparent 5px)}
.kline,.bars{background:var(--doubt)}
.mark.different::before{content:"x"}.kline::before{content:"k"}.bars::before{content:"b"}
@media screen and (max-width:860px){.strip,.strip tbody{display:block}.strip tr{display:grid;grid-template-columns:repeat(20,12px);gap:1px}
.strip tr:first-child{display:none}.strip th{grid-column:1/-1;padding-top:4px}.strip td.ten:nth-of-type(20n+1){border-left:0}}
@media not screen,(min-width:860.02px){.folded{display:none}}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;list-style:none}
tr:target{background:var(--panel);outline:2px solid var(--link)}tr.quiet td{color:var(--quiet)}
td.minute{white-space:nowrap}td.hint{min-width:30ch;max-width:70ch;overflow-wrap:anywhere}
`;

export function checkDocument(check: MinuteComparison & CheckedFiles): string {
  const { from, to, good, notes } = check;
  const title = `Bars and official klines, ${from} to ${to}`;
  return pageDocument({
    command: 'check',
    title: `${good ? 'equal' : 'not equal'}: ${from} to ${to}`,
    style: PAGE_STYLE,
    body: html`<main>
      <h1>${title}</h1>
      ${counts(check)} ${strip(check)} ${differences(check)} ${uncovered(check)}
      ${notes.map((note) => html`<p class="quiet">${note}</p>`)} ${files(check)}
    </main>`,
  });
}

function counts({ good, minutes }: MinuteComparison): Markup {
  const { official, compared, equal, different, not_covered: notCovered } = minutes;
  const others = [
    [minutes.quote_compared, 'with their quote volumes compared'],
    [minutes.float_noise, 'equal but for float noise'],
    [minutes.without_bars, 'outside of the bar files'],
    [minutes.without_kline, 'covered and without a kline'],
  ] as const;
  const more = others
    .filter(([count]) => count > 0)
    .map(([count, words]) => `; ${thousands(count)} ${words}`);
  return html`<p>
    <strong>${good ? 'Good' : 'Not good'}:</strong> ${thousands(equal)} of ${thousands(compared)}
    fully covered minutes equal, ${thousands(different)} different; ${thousands(notCovered)} of
    ${thousands(official)} official minutes not covered${more}
  </p>`;
}

function strip({ hours, differences: listed }: MinuteComparison): Markup {
  const telling = hours.filter(isTelling);
  const shown = (hours.length <= PAGE_HOURS_MAX ? hours : telling).slice(0, PAGE_HOURS_MAX);
  const seen = MARKS.filter(({ mark }) => shown.some(({ minutes }) => minutes.includes(mark)));
  const omitted = hours.length - shown.length;
  const anchors = new Set(listed.slice(0, PAGE_DIFFERENCES_MAX).map(({ minute }) => minute));
  return html`<h2>Minute by minute</h2>
    <ul class="legend">
      ${seen.map(({ mark, words }) => html`<li><i class="mark ${CLASSES[mark]}"></i>${words}</li>`)}
    </ul>
    <p class="folded quiet">An hour is three lines of 20 minutes.</p>
    <div class="wide" role="region" aria-label="minutes by hours" tabindex="0">
      <table class="strip">
        <tr>
          <th scope="col">minute</th>
          ${[0, 10, 20, 30, 40, 50].map((minute) => html`<th colspan="10" scope="colgroup">${minute}</th>`)}
        </tr>
        ${shown.map((hour) => hourRow(hour, anchors))}
      </table>
    </div>
    ${
      omitted === 0
        ? undefined
        : html`<p class="quiet">
            … and ${counted(omitted, 'more hour')}; <code>flowbars check --json</code> has all.
          </p>`
    }`;
}

/** Cells of equal minutes have no text: there are 1,440 of them a day. */
function hourRow({ from, minutes }: MarkedHour, anchors: ReadonlySet<string>): Markup {
  const cells = [...minutes].map((mark, index) => {
    const names = [CLASSES[mark] ?? '', index > 0 && index % 10 === 0 ? 'ten' : ''];
    const classes = names.filter((name) => name !== '').join(' ');
    const minute = `${from.slice(0, 14)}${String(index).padStart(2, '0')}:00Z`;
    const link =
      mark === 'x' && anchors.has(minute) ? `<a href="#${minute}" title="${minute}">x</a>` : '';
    return `<td${classes === '' ? '' : ` class="${classes}"`}>${link === '' && mark === 'x' ? 'x' : link}`;
  });
  const label = html`<th scope="row">${from.slice(0, 10)} ${from.slice(11, 13)}h</th>`;
  return html`<tr>
    ${label}${trusted(cells.join(''))}
  </tr> `;
}

function differences(check: MinuteComparison): Markup | undefined {
  const { differences: listed, differences_omitted: unlisted } = check;
  if (listed.length === 0) return undefined;
  const shown = listed.slice(0, PAGE_DIFFERENCES_MAX);
  const omitted = listed.length - shown.length + unlisted;
  const isQuiet = shown.some(failsNothing);
  return html`<h2>What differs</h2>
    ${
      isQuiet
        ? html`<p>
            Minutes that are not fully covered fail nothing, nor does float noise: their rows are
            grey and come last.
          </p>`
        : undefined
    }
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>minute</th>
            <th>column</th>
            <th class="number">ours</th>
            <th class="number">official</th>
            <th class="number">difference</th>
            <th>covered</th>
            <th>hint</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((one, index) => differenceRow(one, shown[index - 1]))}
        </tbody>
      </table>
    </div>
    ${
      omitted === 0
        ? undefined
        : html`<p class="quiet">… and ${counted(omitted, 'more difference')}.</p>`
    }`;
}

/** The first row of a minute has its place and its hint. What fails nothing is quiet. */
function differenceRow(one: Difference, before: Difference | undefined): Markup {
  const { minute, column, ours, official, difference, covered } = one;
  const isFirst = before?.minute !== minute;
  const kind = failsNothing(one) ? html` class="quiet"` : undefined;
  const place = isFirst ? html` id="${minute}"` : undefined;
  return html`<tr${place}${kind}>
    <td class="minute">${isFirst ? minute : ''}</td>
    <td>${column}</td>
    <td class="number">${ours === '' ? 'none' : ours}</td>
    <td class="number">${official}</td>
    <td class="number">${difference ?? '–'}</td>
    <td>${covered ? 'yes' : 'no'}</td>
    <td class="hint">${isFirst || one.hint !== before.hint ? (one.hint ?? '') : ''}</td>
  </tr> `;
}

function failsNothing({ covered, float_noise: isNoise }: Difference): boolean {
  return !covered || isNoise;
}

function uncovered({ not_covered: stretches }: MinuteComparison): Markup | undefined {
  if (stretches.length === 0) return undefined;
  const shown = stretches.slice(0, PAGE_DIFFERENCES_MAX);
  const omitted = stretches.length - shown.length;
  return html`<h2>Not fully covered</h2>
    <div class="wide">
      <table>
        ${shown.map(
          ({ from, to, minutes, detail }) =>
            html`<tr>
              <td class="minute">${from} to ${to}</td>
              <td class="number">${counted(minutes, 'minute')}</td>
              <td class="hint">${detail}</td>
            </tr>`,
        )}
      </table>
    </div>
    ${
      omitted === 0
        ? undefined
        : html`<p class="quiet">… and ${counted(omitted, 'more stretch', 'more stretches')}.</p>`
    }`;
}

function files({ bars, klines }: CheckedFiles): Markup {
  return html`<h2>Compared files</h2>
    <ul>
      ${bars.map(
        ({ file, report, signals }) =>
          html`<li>
            <code>${file}</code>, covered by ${report ?? 'no report'}, quote volumes of
            ${signals ?? 'no signals file'}
          </li>`,
      )}
      ${klines.map((file) => html`<li><code>${file}</code></li>`)}
    </ul>`;
}
