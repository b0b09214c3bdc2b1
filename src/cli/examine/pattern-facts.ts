/** What `flowbars inspect` shows of a patterns file and of a scoreboard, which no rate leaves without its control. */
import type { PatternsInspection, ScoreboardInspection } from '../../core/inspect/inspection.js';
import {
  knownEvents,
  NO_EVENTS_REASON,
  noEventsReason,
  verdictWords,
} from '../../core/score/verdict-text.js';
import { formatCount, formatCounted, formatRounded, formatShare } from '../screen/figures.js';
import type { Fact } from '../screen/page.js';

const MOVE_DECIMALS = 2;
const RULES = 'docs/SIGNALS.md#patterns';

/** Patterns without an event are left out; `--json` has all of them. */
export function patternFacts({ columns, rows, first, last, events }: PatternsInspection): Fact[] {
  const time = first === null || last === null ? 'none' : `${first} to ${last}, when confirmed`;
  return [
    { label: 'columns', value: columns.join(', ') },
    {
      label: 'events',
      value: rows === 0 ? `0; ${NO_EVENTS_REASON} (${RULES})` : formatCount(rows),
    },
    { label: 'time', value: time },
    ...eventFacts(events),
  ];
}

export function eventFacts(events: PatternsInspection['events']): Fact[] {
  return events
    .filter(({ down, up }) => down + up > 0)
    .map(({ pattern, down, up }): Fact => {
      const value = `${formatCount(down + up)}: ${formatCount(down)} down, ${formatCount(up)} up`;
      return { label: `  ${pattern}`, value };
    });
}

type Line = ScoreboardInspection['scores'][number];

/** A line for each pattern and horizon with events, and one for each reason why there are none. */
export function scoreboardFacts({
  symbol,
  date,
  fee_bps: fee,
  scores,
}: ScoreboardInspection): Fact[] {
  const lines = scores.filter(({ events }) => knownEvents(events) > 0);
  const silent = [...Map.groupBy(scores, ({ pattern }) => pattern)].filter(([, ofPattern]) =>
    ofPattern.every((line) => !lines.includes(line)),
  );
  const byReason = Map.groupBy(silent, ([pattern, some]) => noEventsReason(pattern, some));
  const reasons = Array.from(byReason, ([reason, patterns]) => {
    const names = patterns.map(([pattern]) => pattern).join(', ');
    return `${names}: ${reason}`;
  });
  return [
    { label: 'of', value: `${symbol} ${date}` },
    { label: 'fee', value: `${fee} bps` },
    ...lines.map((line): Fact => {
      const label = `${line.pattern} ${line.horizon_seconds} s`;
      return { label, value: `${ratesText(line)}: ${verdictText(line, fee)}` };
    }),
    ...(reasons.length === 0 ? [] : [{ label: 'no events', value: [...reasons, `see ${RULES}`] }]),
  ];
}

/** Rates of which no interval is known are shown as counts: a few events make any rate. */
function ratesText(line: Line): string {
  const { events, control, interval, hit_rate: rate } = line;
  const ties = events.ties === 0 ? [] : [formatCounted(events.ties, 'tie')];
  if (interval === null || rate === null) {
    const hits = events.n === 0 ? [] : [`hits ${countsText(events)}`];
    return [...hits, ...ties, `control ${countsText(control)}`].join(', ');
  }
  const ends = `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
  return [
    `${formatShare(rate)} of ${formatCount(events.n)} (${ends})`,
    ...ties,
    `control ${rateText(line.control_hit_rate)}`,
    `expected ${rateText(line.expected_hit_rate)}`,
  ].join(', ');
}

function countsText({ hits, n }: Line['events']): string {
  return n === 0 ? 'none' : `${formatCount(hits)} of ${formatCount(n)}`;
}

function verdictText(line: Line, fee: string): string {
  const { mean_move_bps: mean } = line;
  const words = verdictWords(line);
  if (words !== 'evidence' || mean === null) return words;
  return `${words}, mean ${formatRounded(mean, MOVE_DECIMALS)} bps, fee ${fee}`;
}

function rateText(rate: number | null): string {
  return rate === null ? 'none' : formatShare(rate);
}
