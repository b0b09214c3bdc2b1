/** A symbol-day to report, made cell by cell: calm minutes and a few that are not. */
import type { AnalysedDay } from '../../../src/core/analyst/fact/analysed-day.js';
import { type FactSheet, factSheet } from '../../../src/core/analyst/fact/fact-sheet.js';
import type { StoredEvent } from '../../../src/core/pattern/read-events.js';
import type { Finding } from '../../../src/core/finding/finding.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { DAY_MINUTES, utcDate } from '../../../src/core/unit/utc-date.js';

const CALM: Readonly<Record<string, string>> = {
  open: '100',
  high: '100',
  low: '100',
  close: '100',
  vol_total: '2',
  vol_buy: '1',
  vol_sell: '1',
  vol_delta: '0',
  trade_count: '3',
  avg_spread: '0.1',
  imbalance_l20: '0.5',
  cvd: '0',
  taker_orders: '2',
  taker_order_max: '150',
  large_buy: '0',
  large_sell: '0',
  spread_max: '0.2',
  bid_qty_l20: '10',
  ask_qty_l20: '12',
};

export type OtherCells = Readonly<Record<number, Readonly<Record<string, string>>>>;

export interface MadeDay {
  readonly symbol?: string;
  readonly others?: OtherCells;
  readonly columns?: readonly string[];
  readonly findings?: readonly Finding[];
  readonly day?: Partial<AnalysedDay>;
}

export function madeDay({
  symbol = 'AAAUSDT',
  others = {},
  columns,
  findings = [],
  day,
}: MadeDay = {}): AnalysedDay {
  const names = columns ?? Object.keys(CALM);
  return {
    symbol: symbolName(symbol, 'test'),
    date: utcDate('2025-12-11', 'test'),
    entry: { status: 'partial', coverage: 0.99951, files: [], findings, checks: [] },
    report: {
      outages: [
        {
          kind: 'feed_down',
          cause: null,
          from: '2025-12-11T00:06:49.916Z',
          to: '2025-12-11T00:07:00Z',
          seconds: 10.084,
          causes: [],
        },
        {
          kind: 'depth_missing',
          cause: null,
          from: '2025-12-11T03:00:00.000Z',
          to: '2025-12-11T03:00:32.000Z',
          seconds: 32,
          causes: [],
        },
      ],
      options: { large_order: '100000' },
      outage_seconds: 42.084,
      unproven_seconds: 0,
      expected_seconds: 86_400,
    },
    columns: names.map((name) => ({
      name,
      cells: Array.from(
        { length: DAY_MINUTES },
        (_, minute) => others[minute]?.[name] ?? CALM[name] ?? '',
      ),
    })),
    events: [],
    scoreboard: undefined,
    evaluation: undefined,
    ...day,
  };
}

export const ROOTS = { out: 'out', raw: 'raw', models: 'models' } as const;

export function madeSheet(made: MadeDay = {}): FactSheet {
  return factSheet(madeDay(made), ROOTS);
}

export function madeEvent(cells: Partial<StoredEvent['cells']> = {}): StoredEvent {
  return {
    pattern: 'absorption',
    direction: 'up',
    fromRow: 2_475,
    toRow: 2_490,
    cells: {
      confirmed: '2025-12-11T00:41:30Z',
      pattern: 'absorption',
      direction: 'up',
      from: '2025-12-11T00:41:15Z',
      price: '100',
      strength: '62.9',
      threshold: '20',
      outcome_10s_bps: '',
      outcome_60s_bps: '',
      outcome_300s_bps: '',
      ...cells,
    },
  };
}

/** A text that the check accepts: all mandatory facts, coverage first. */
export function goodText({ facts }: FactSheet, more = ''): string {
  const slots = facts.filter(({ mandatory }) => mandatory).map(({ id }) => `[[${id}]]`);
  return `The recording covers ${slots.join(', ')}. ${more}`.trim();
}
