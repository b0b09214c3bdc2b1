/** The minutes of a day as a strip: whole, or what is missing of them. */
import { html, type Markup } from '../page/html.js';
import { DAY_MINUTES } from '../unit/utc-date.js';
import { type MinuteRun, SHADE_WORDS } from './shades.js';

const HEIGHT = 10;
/** Of the hours beneath the strip. */
const HOURS = ['00:00', '06:00', '12:00', '18:00', '24:00'];

export function minuteStrip(date: string, runs: readonly MinuteRun[]): Markup {
  return html`<figure class="strip" data-date="${date}">
    <figcaption>
      ${date} by minute: ${wordsOf(runs)}
      <span class="strip-minute" aria-live="polite"></span>
    </figcaption>
    <svg
      viewBox="0 0 ${DAY_MINUTES} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${date} by minute: ${wordsOf(runs)}"
    >
      ${runs.map(
        (run) =>
          html`<rect
            class="minute-${run.kind}"
            x="${run.from}"
            width="${run.to - run.from}"
            height="${HEIGHT}"
          >
            <title>${runTitle(run)}</title>
          </rect>`,
      )}
    </svg>
    <div class="strip-hours" aria-hidden="true">
      ${HOURS.map((hour) => html`<span>${hour}</span>`)}
    </div>
  </figure>`;
}

/** `1,374 complete, 2 feed down`. */
function wordsOf(runs: readonly MinuteRun[]): string {
  const byKind = Map.groupBy(runs, ({ kind }) => kind);
  return Array.from(byKind, ([kind, some]) => {
    const minutes = some.reduce((sum, { from, to }) => sum + to - from, 0);
    return `${minutes} ${kindWords(kind)}`;
  }).join(', ');
}

function runTitle({ kind, from, to }: MinuteRun): string {
  return `${clockText(from)} to ${clockText(to)} ${kindWords(kind)}`;
}

function kindWords(kind: MinuteRun['kind']): string {
  return kind === 'complete' ? 'complete' : SHADE_WORDS[kind];
}

function clockText(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
