/** The strips of minutes: what the one under the mouse is, and a way to it. */
import { clockText, type DayClock } from '#page/row/day-clock';
import type { ViewData } from '../../core/view/view-data.js';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;

/** `goTo`: what a click on a minute does with its middle. */
export function watchStrips(data: ViewData, clock: DayClock, goTo: (second: number) => void): void {
  for (const strip of document.querySelectorAll<HTMLElement>('.strip')) {
    const svg = strip.querySelector('svg');
    const said = strip.querySelector('.strip-minute');
    const startMs = Date.parse(`${strip.dataset['date'] ?? ''}T00:00:00Z`);
    if (svg === null || said === null) continue;
    const minuteAt = ({ clientX }: MouseEvent): number => {
      const { left, width } = svg.getBoundingClientRect();
      const minute = Math.floor(((clientX - left) / width) * DAY_MINUTES);
      return Math.max(0, Math.min(DAY_MINUTES - 1, minute));
    };
    svg.addEventListener('mousemove', (event) => {
      const fromMs = startMs + minuteAt(event) * MINUTE_MS;
      said.textContent = `· ${clockText(fromMs).slice(11, 16)} ${wordsAt(data, fromMs)}`;
    });
    svg.addEventListener('mouseleave', () => (said.textContent = ''));
    svg.addEventListener('click', (event) => {
      goTo(clock.secondsOf(startMs + (minuteAt(event) + 0.5) * MINUTE_MS));
    });
  }
}

/** All that is missing of the minute. */
function wordsAt({ shades }: ViewData, fromMs: number): string {
  const some = shades.filter((shade) => shade.fromMs < fromMs + MINUTE_MS && shade.toMs > fromMs);
  return some.length === 0 ? 'complete' : some.map(({ title }) => title).join('; ');
}
