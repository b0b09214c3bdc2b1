/** What the page says of a day below its chart: findings, scoreboard, facts, files. */
import { html, type Markup } from '../page/html.js';
import { counted, thousands } from '../unit/words.js';
import { scoreTable } from './score-table.js';
import type { ViewedDay } from './viewed-day.js';

export type ToldDay = Omit<ViewedDay, 'tables'>;

/** Undefined where no link leads to the files. */
export type FileLink = (name: string) => string;

export function daySections(day: ToldDay, fileLink: FileLink | undefined): Markup {
  return html`<section>
      <h3>Findings</h3>
      ${findingsTable(day)}
    </section>
    <section>
      <h3>Scoreboard</h3>
      ${
        day.scoreboard === undefined
          ? html`<p class="quiet">No patterns are published of this day.</p>`
          : scoreTable(day.scoreboard)
      }
    </section>
    <section>
      <h3>Facts</h3>
      ${factsTable(day)}
    </section>
    <section>
      <h3>Files</h3>
      ${filesTable(day, fileLink)}
    </section>`;
}

const SEVERITY_MARKS = { error: '✕', warning: '!', info: 'i' } as const;

function findingsTable({ entry: { findings } }: ToldDay): Markup {
  if (findings.length === 0) return html`<p class="quiet">Nothing is doubtful.</p>`;
  return html`<div class="wide stack" tabindex="0" role="region" aria-label="findings">
    <table>
      <thead>
        <tr>
          <th scope="col">severity</th>
          <th scope="col">finding</th>
          <th scope="col">where</th>
          <th scope="col">detail</th>
        </tr>
      </thead>
      <tbody>
        ${findings.map(
          ({ severity, code, where, detail }) =>
            html`<tr>
              <td class="severity-${severity}">${SEVERITY_MARKS[severity]} ${severity}</td>
              <td>${code}</td>
              <td class="where line">${where}</td>
              <td class="detail line">${detail}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function factsTable({ entry, report, events }: ToldDay): Markup {
  const { rows, seed, trade_ids: ids, outages, options } = report;
  const failed = entry.checks.filter(({ ok }) => !ok);
  const facts: [string, string][] = [
    ['status', entry.status],
    ['coverage', `${entry.coverage} of ${thousands(report.expected_seconds)} expected seconds`],
    ['expected', options.expect === null ? 'the whole day' : rangeText(options.expect)],
    ['streams', options.streams === 'both' ? 'trades and depth' : 'trades alone'],
    ['trades', `${thousands(rows.trades.used)} used of ${thousands(rows.trades.rows)} rows`],
    [
      'snapshots',
      `${thousands(rows.depth.used)} full and ${thousands(rows.depth.short)} short of ${thousands(rows.depth.rows)} rows`,
    ],
    [
      'trade ids',
      ids.first === null
        ? 'none'
        : `${ids.first} to ${ids.last ?? ''}; ${thousands(ids.missing)} missing in ${counted(ids.gap_count, 'gap')}`,
    ],
    ['seed', seed === null ? 'none' : `${seed.price}, traded ${seed.time}`],
    ['outages', outages.length === 0 ? 'none' : counted(outages.length, 'outage')],
    ['events', events === undefined ? 'no patterns published' : thousands(events.length)],
    ['chunks read', thousands(report.inputs.length)],
    [
      'checks',
      failed.length === 0
        ? `all ${entry.checks.length} hold`
        : failed.map(({ check, detail }) => `${check}: ${detail}`).join('; '),
    ],
    ['code version', report.code_version],
    ['fingerprint', report.fingerprint],
  ];
  return html`<table class="facts">
    <tbody>
      ${facts.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function rangeText({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} to ${to}`;
}

function filesTable({ entry: { files } }: ToldDay, fileLink: FileLink | undefined): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="files">
    <table>
      <thead>
        <tr>
          <th scope="col">file, below the output root</th>
          <th scope="col" class="number">rows</th>
          <th scope="col" class="number">bytes</th>
          <th scope="col">SHA-256</th>
          <th scope="col">fingerprint</th>
        </tr>
      </thead>
      <tbody>
        ${files.map(
          ({ name, rows, bytes, sha256, fingerprint }) =>
            html`<tr>
              <td>${fileName(name, fileLink)}</td>
              <td class="number">${rows === null ? '–' : thousands(rows)}</td>
              <td class="number">${thousands(bytes)}</td>
              <td>${digest(sha256)}</td>
              <td>${digest(fingerprint)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function fileName(name: string, fileLink: FileLink | undefined): Markup {
  const code = html`<code>${name}</code>`;
  return fileLink === undefined ? code : html`<a href="${fileLink(name)}">${code}</a>`;
}

/** Its begin; opened, all of it. */
function digest(digits: string): Markup {
  return html`<details class="digest">
    <summary><code title="${digits}">${digits.slice(0, 12)}</code></summary>
    <code>${digits}</code>
  </details>`;
}
