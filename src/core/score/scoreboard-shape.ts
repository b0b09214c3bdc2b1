/** The scoreboard of a symbol-day and the pooled one, declared once (docs/SIGNALS.md). */
import { PATTERNS } from '../column/pattern-table.js';
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { DAY_SHAPES } from '../stored/report-parts.js';

const SCOREBOARD_PARTS = {
  outcome_counts: {
    is: 'object',
    about: 'Events by what the price did, judged before rounding.',
    fields: {
      n: { is: 'count', about: 'Events whose outcome is known and not 0.' },
      ties: { is: 'count', about: 'Events whose outcome is 0.' },
      hits: { is: 'count', about: 'Those of n whose outcome is above 0.' },
      up: { is: 'count', about: 'Those of n that point up.' },
      down: { is: 'count', about: 'Those of n that point down.' },
    },
  },
  base_rate: {
    is: 'object',
    about:
      'Known rows, from the first on whose trailing hour holds 1,800 known rows, by what the price did after them.',
    fields: {
      up: { is: 'count', about: 'Rows after which it was higher.' },
      down: { is: 'count', about: 'Rows after which it was lower.' },
    },
  },
  rate_interval: {
    is: 'object',
    fields: {
      low: { is: 'share', about: 'Its lower end, half up to four decimals.' },
      high: { is: 'share', about: 'Its upper end, half up to four decimals.' },
    },
  },
  score: {
    is: 'object',
    about: 'One pattern at one horizon.',
    fields: {
      pattern: { is: 'ref', to: 'pattern_name', about: 'The pattern.' },
      horizon_seconds: { is: 'positive', about: 'Seconds after the event.' },
      verdict: {
        is: 'word',
        of: ['evidence', 'no evidence beyond its control', 'no events'],
        about:
          "evidence: the interval lies above the control's hit rate, or above the expected one where the control has no events. no events: n is 0.",
      },
      events: { is: 'ref', to: 'outcome_counts' },
      control: {
        is: 'ref',
        to: 'outcome_counts',
        about: 'The same of its control: the pattern without its order-flow half.',
      },
      base: { is: 'ref', to: 'base_rate' },
      hit_rate: {
        is: 'share',
        orNull: true,
        about: 'hits / n, half up to four decimals; null without events.',
      },
      control_hit_rate: { is: 'share', orNull: true, about: 'The same of the control.' },
      expected_hit_rate: {
        is: 'share',
        orNull: true,
        about:
          'Hit rate of events that point at random, as often up and down as these: by the base rate of each symbol-day. Null without.',
      },
      interval: {
        is: 'ref',
        to: 'rate_interval',
        orNull: true,
        about: 'Interval of 95 % of the hit rate; null where fewer than six blocks have events.',
      },
      mean_move_bps: {
        is: 'decimal',
        orNull: true,
        about:
          'Mean of the outcomes as the patterns file holds them, ties included, half up to four decimals; null without.',
      },
      median_move_bps: {
        is: 'decimal',
        orNull: true,
        about: 'Their median; of two in the middle the mean, half up to four decimals.',
      },
    },
  },
  half_hour: {
    is: 'object',
    about: 'Events whose last row lies in one half hour, for pooling.',
    fields: {
      half_hour: { is: 'count', max: 47, about: 'Half hours since 00:00.' },
      n: { is: 'count', about: 'As in events.' },
      hits: { is: 'count', about: 'As in events.' },
      moves_bps: {
        is: 'text',
        about: 'The known outcomes in order of time, ties included, separated by spaces.',
      },
    },
  },
  day_score: {
    is: 'object',
    about: 'One pattern at one horizon.',
    like: 'score',
    fields: {
      half_hours: {
        is: 'list',
        of: { is: 'ref', to: 'half_hour' },
        max: 48,
        about: 'Half hours with known outcomes.',
      },
    },
  },
  fee_bps: { is: 'decimal', about: 'The fee that a move has to earn: taker both ways.' },
  scoreboard: {
    is: 'object',
    about: 'What followed the patterns of a symbol-day.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      fee_bps: { is: 'ref', to: 'fee_bps' },
      scores: { is: 'list', of: { is: 'ref', to: 'day_score' }, about: 'By pattern and horizon.' },
    },
  },
  pooled_scoreboard: {
    is: 'object',
    about: 'What followed the patterns of several symbol-days.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      symbols: { is: 'list', of: { is: 'ref', to: 'symbol' }, about: 'Their symbols.' },
      dates: { is: 'list', of: { is: 'ref', to: 'date' }, about: 'Their days.' },
      symbol_days: { is: 'count', about: 'Number of symbol-days.' },
      resampled: {
        is: 'word',
        of: ['half hours', 'days'],
        about:
          'What the intervals resample: half hours of a symbol-day, or whole days of all symbols where there are 20 or more.',
      },
      fee_bps: { is: 'ref', to: 'fee_bps' },
      scores: { is: 'list', of: { is: 'ref', to: 'score' }, about: 'By pattern and horizon.' },
    },
  },
} as const;

/** Its words are those of the patterns file. */
type PatternWord = Record<'pattern_name', { readonly is: 'word'; readonly of: typeof PATTERNS }>;

type Named = typeof DAY_SHAPES & typeof SCOREBOARD_PARTS & PatternWord;

export const SCOREBOARD_SHAPES: Named = {
  ...DAY_SHAPES,
  ...SCOREBOARD_PARTS,
  pattern_name: { is: 'word', of: PATTERNS },
};

export type OutcomeCounts = ValueOf<Named['outcome_counts'], Named>;
export type Score = ValueOf<Named['score'], Named>;
export type DayScore = ValueOf<Named['day_score'], Named>;
export type HalfHour = ValueOf<Named['half_hour'], Named>;
export type Scoreboard = ValueOf<Named['scoreboard'], Named>;
export type PooledScoreboard = ValueOf<Named['pooled_scoreboard'], Named>;

export const isScoreboard: Guard<Scoreboard> = guardOf('scoreboard', SCOREBOARD_SHAPES);
