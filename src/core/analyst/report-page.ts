/** A report as a page for a browser, in the style of all pages. */
import { pageDocument } from '../page/document.js';
import { html } from '../page/html.js';
import { type Report, TABLE_NOTE, writerLines } from './report-parts.js';

const REPORT_STYLE = `
article p{max-width:74ch;font-size:1.02rem;margin:10px 0}
.facts td.line code{overflow-wrap:anywhere}
.facts td.id code{white-space:nowrap}
.facts td.value{overflow-wrap:anywhere;max-width:22ch}
.writer{color:var(--quiet);border-left:3px solid var(--line);padding-left:10px;margin-top:16px}
.writer.fallback{border-color:var(--doubt)}
.facts tr.section th{padding-top:14px;color:var(--ink)}
`;

const HEADER = ['fact', 'text', 'value', 'unit', 'size', 'command'];

export function reportPage(report: Report): string {
  const { sheet, paragraphs, fallback } = report;
  const [written, ...reasons] = writerLines(report);
  const sections = [...Map.groupBy(sheet.facts, ({ section }) => section)];
  return pageDocument({
    command: 'report',
    title: `${sheet.symbol} ${sheet.date} report`,
    style: REPORT_STYLE,
    body: html`<header><h1>${sheet.symbol} ${sheet.date}</h1></header>
      <main>
        <article>${paragraphs.map((paragraph) => html`<p>${unbroken(paragraph)}</p>`)}</article>
        <div class="writer ${fallback === undefined ? '' : 'fallback'}">
          <p>${written}</p>
          ${
            reasons.length === 0
              ? undefined
              : html`<ul>
                  ${reasons.map((reason) => html`<li>${reason}</li>`)}
                </ul>`
          }
        </div>
        <section>
          <h2>Facts</h2>
          <p class="quiet">${TABLE_NOTE}</p>
          <div class="wide stack facts" tabindex="0" role="region" aria-label="facts">
            <table>
              <thead>
                <tr>
                  ${HEADER.map((title) => html`<th scope="col">${title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${sections.map(([section, facts]) => [
                  html`<tr class="section">
                    <th scope="rowgroup" colspan="${HEADER.length}">${section}</th>
                  </tr>`,
                  ...facts.map(
                    (fact) =>
                      html`<tr>
                        <td class="id"><code>${fact.id}</code></td>
                        <td>${fact.text}</td>
                        <td class="value"><code>${fact.value}</code></td>
                        <td>${fact.unit}</td>
                        <td title="${fact.size_rule ?? ''}">${fact.size ?? ''}</td>
                        <td class="line"><code>${fact.trace}</code></td>
                      </tr>`,
                  ),
                ])}
              </tbody>
            </table>
          </div>
        </section>
      </main>`,
  });
}

/** A number stays on the line of its unit. */
function unbroken(paragraph: string): string {
  return paragraph.replaceAll(/(?<=\d) (?=%|bps\b|s\b|UTC\b)/gu, '\u00a0');
}
