/** How a page shows the state of a symbol-day: a colour, a shape or a letter, and words; never a colour alone. */
import type { CalendarDay, CalendarState } from '../calendar/calendar-shape.js';

export interface Sign {
  readonly state: CalendarState;
  readonly good: boolean;
  /** Classes of a cell, and so its colour and what is drawn in it; the usual one is empty. */
  readonly classes: string;
  readonly words: string;
}

/** In the order of the legend. The letters are those of `flowbars status` on a terminal. */
export const SIGNS: readonly Sign[] = [
  { state: 'complete', good: true, classes: '', words: 'complete' },
  { state: 'partial', good: true, classes: 'state-partial', words: 'partial' },
  { state: 'empty', good: true, classes: 'state-empty', words: 'empty' },
  { state: 'none', good: true, classes: 'state-none', words: 'nothing recorded' },
  { state: 'partial', good: false, classes: 'bad state-partial', words: 'partial, not good' },
  { state: 'empty', good: false, classes: 'bad state-empty', words: 'empty, not good' },
  { state: 'missing', good: false, classes: 'bad state-missing', words: 'missing' },
  { state: 'stale', good: false, classes: 'bad state-stale', words: 'stale' },
  { state: 'failed', good: false, classes: 'bad state-failed', words: 'failed' },
  { state: 'unreadable', good: false, classes: 'bad state-unreadable', words: 'unreadable' },
];

export function signOf({ state, good }: Pick<CalendarDay, 'state' | 'good'>): Sign {
  const sign = SIGNS.find((known) => known.state === state && known.good === good);
  if (sign === undefined) throw new Error(`invariant broken: no sign of ${state}`);
  return sign;
}

/** `99.9821%`: cut, never rounded up, so that 100% means all of it. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  return `${Math.floor(share * 1e6 + 1e-6) / 1e4}%`;
}

/** `complete, covered 100%`, and what is doubtful about it. */
export function dayWords(day: CalendarDay): string {
  const covered = day.coverage === null ? '' : `, covered ${shareText(day.coverage)}`;
  const detail = day.detail === '' ? '' : `; ${day.detail}`;
  return `${signOf(day).words}${covered}${detail}`;
}

/** Style of the signs, in a calendar and beside words. Black on each of the colours can be read in both themes. */
export const SIGN_STYLE: string = `
.sign,.days td a,.days td i{display:inline-block;width:20px;height:18px;overflow:hidden;border-radius:3px;text-align:center;vertical-align:top;
font:600 12px/18px ui-monospace,monospace;color:#000;text-decoration:none;background:var(--state);print-color-adjust:exact}
:where(.sign,.days){--state:var(--good)}.sign{vertical-align:-4px;margin-right:6px}
.days td a:hover{outline:2px solid var(--ink)}
.state-partial:not(.bad){background:linear-gradient(to top,var(--good) 50%,var(--line) 50%)!important}
.state-empty:not(.bad){background:linear-gradient(to top,var(--good) 20%,var(--line) 20%)!important}
.state-none{background:none!important;color:var(--quiet)!important}.state-none::before{content:"·"}
.bad.state-empty{--state:var(--doubt)}
.bad.state-partial::before{content:"P"}.bad.state-empty::before{content:"E"}.state-missing::before{content:"M"}
.state-stale::before{content:"S"}.state-failed::before{content:"F"}.state-unreadable::before{content:"U"}
`;
