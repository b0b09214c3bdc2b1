/** The buttons above the chart, and the keys that do the same. */
import { html, type Markup } from '../page/html.js';
import type { ViewData } from './view-data.js';

/** Seconds that a button shows; none: all. */
const SPANS: readonly { readonly title: string; readonly seconds?: number }[] = [
  { title: 'all' },
  { title: '1 day', seconds: 86_400 },
  { title: '1 h', seconds: 3_600 },
  { title: '10 min', seconds: 600 },
  { title: '1 min', seconds: 60 },
];

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['←', '→'], does: 'crosshair to the bar before, the bar after' },
  { keys: ['Shift ←', 'Shift →'], does: 'the same by ten bars' },
  { keys: ['Home', 'End'], does: 'first, last bar that is loaded' },
  { keys: ['+', '-'], does: 'zoom in and out around the crosshair' },
  { keys: ['0'], does: 'all of it' },
  { keys: ['p', 'Shift p'], does: 'next, previous event of the patterns shown' },
  { keys: ['t'], does: 'colours: as the system prefers, light, dark' },
  { keys: ['Esc'], does: 'crosshair away' },
  { keys: ['?'], does: 'these keys' },
];

export function chartTools(data: ViewData): Markup {
  const { levels, marks } = data;
  return html`<div class="tools screen-only" role="toolbar" aria-label="chart">
    <span aria-label="time shown">
      ${SPANS.map(
        ({ title, seconds }) =>
          html`<button type="button" data-span="${seconds ?? ''}">${title}</button>`,
      )}
    </span>
    <span aria-label="rows">
      ${levels.map(
        ({ name }) =>
          html`<button type="button" data-level="${name}" aria-pressed="false">
            ${name} rows
          </button>`,
      )}
    </span>
    ${marks.length === 0 ? undefined : patternTools(data)}
    <label>
      colours
      <select id="theme">
        <option value="auto">as the system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
    <button type="button" data-keys="">keys</button>
  </div>`;
}

function patternTools({ marks, patterns }: ViewData): Markup {
  const counts = Map.groupBy(marks, ({ pattern }) => pattern);
  return html`<fieldset aria-label="patterns shown">
    <button type="button" data-event="-1" aria-label="previous event">‹</button>
    <button type="button" data-event="1" aria-label="next event">›</button>
    ${Array.from(
      counts,
      ([pattern, some]) =>
        html`<label
          ><input type="checkbox" data-pattern="${pattern}" checked />
          <b>${patterns[pattern].letter}</b> ${pattern} ${some.length}</label
        >`,
    )}
  </fieldset>`;
}

export function keysTable({ levels }: ViewData): Markup {
  const byLevel = levels.map(({ name }, index) => ({
    keys: [String(index + 1)],
    does: `${name} rows: zoom to where they are drawn`,
  }));
  return html`<details id="keys" class="screen-only">
    <summary>Keys</summary>
    <table>
      <tbody>
        ${[...KEYS, ...byLevel].map(
          ({ keys, does }) =>
            html`<tr>
              <td>${keys.map((key) => html`<kbd>${key}</kbd> `)}</td>
              <td>${does}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="quiet">
      The keys work where the chart has the focus. The wheel and two fingers zoom, dragging moves.
      Zoomed in far enough, the chart draws the finest rows; zoomed out, the coarser ones.
    </p>
  </details>`;
}
