/** The scoreboard of a symbol-day as a table: what followed each pattern, beside its control. */
import { html, type Markup } from '../page/html.js';
import type { Score, Scoreboard } from '../score/scoreboard-shape.js';
import { hasOutcome, noEventsReason, verdictWords } from '../score/verdict-text.js';

const HEADER = [
  'after',
  'events',
  'ties',
  'hits',
  '95 % interval',
  'control',
  'expected',
  'mean',
  'median',
];

export function scoreTable({ scores, fee_bps: fee }: Scoreboard): Markup {
  const groups = [...Map.groupBy(scores, ({ pattern }) => pattern)];
  return html`<div class="wide" tabindex="0" role="region" aria-label="scoreboard">
      <table class="scores">
        <thead>
          <tr>
            <th scope="col">pattern</th>
            ${HEADER.map((title) => html`<th scope="col" class="number">${title}</th>`)}
            <th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>
          ${groups.map(([pattern, lines]) => {
            const known = lines.filter(hasOutcome);
            if (known.length > 0) return known.map((line) => scoreRow(line));
            return html`<tr>
              <td>${pattern}</td>
              <td colspan="${HEADER.length + 1}" class="quiet">
                no events: ${noEventsReason(pattern, lines)}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <p class="quiet">
      Hits: share of events after which the price had moved where the pattern points. Control: the
      same rule without its order-flow half. Expected: moments at random. Mean and median in basis
      points before the fee; a trade costs ${fee} both ways. Of lines that mean nothing, at least
      one in 40 shows evidence.
    </p>`;
}

function scoreRow(score: Score): Markup {
  const { events, interval } = score;
  const cells = [
    `${score.horizon_seconds} s`,
    String(events.n),
    String(events.ties),
    percentText(score.hit_rate),
    interval === null ? '–' : `${percentText(interval.low)} to ${percentText(interval.high)}`,
    percentText(score.control_hit_rate),
    percentText(score.expected_hit_rate),
    score.mean_move_bps ?? '–',
    score.median_move_bps ?? '–',
  ];
  return html`<tr>
    <td>${score.pattern}</td>
    ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
    <td class="verdict">${verdictWords(score)}</td>
  </tr>`;
}

/** Of a share with four decimals; half up. */
function percentText(share: number | null): string {
  if (share === null) return '–';
  return `${(Math.round(Math.round(share * 1e4) / 10) / 10).toFixed(1)} %`;
}
