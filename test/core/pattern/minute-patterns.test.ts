/** The patterns of minutes on calm days with a few other minutes, each condition just true and just false. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type DayPatterns, dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { at, type Cells, dayFiles, eventTexts, OtherRows } from './made-day.js';

/** One row of a minute; a calm minute has a volume of 120 in 120 orders, and no delta. */
const BUSY = { vol_buy: '2', vol_total: '3', vol_delta: '1' };
const SOLD = { vol_sell: '2', vol_total: '3', vol_delta: '-1' };

describe('busy minutes', () => {
  const other = new OtherRows();
  let found: DayPatterns;

  const busy: readonly (readonly [time: string, cells: Cells])[] = [
    ['00:59:10', BUSY],
    ['01:00:10', BUSY],
    ['01:10:10', SOLD],
    ['01:20:10', { ...BUSY, taker_orders: '4' }],
    ['01:30:10', { ...BUSY, taker_orders: '1' }],
    ['01:40:10', { ...BUSY, vol_delta: '0' }],
    ['01:50:10', { ...BUSY, vol_total: '1.999' }],
    ['02:00:10', { ...BUSY, trades_missing_ms: '1' }],
    ['02:10:10', BUSY],
    ['02:14:10', BUSY],
    ['02:15:10', BUSY],
  ];
  for (const [time, cells] of busy) other.set(at(time), cells);
  other.setAll(at('03:00:00'), at('03:00:59'), { taker_orders: '0' });
  other.set(at('03:00:10'), { ...BUSY, taker_orders: '0' });

  beforeAll(() => {
    found = dayPatterns(dayFiles(other.texts));
  });

  test('a whale needs much volume an order, exactly', () => {
    expect(eventTexts(found.events, 'whale')).toEqual([
      '01:00:59 up',
      '01:10:59 down',
      '01:30:59 up',
      '02:10:59 up',
      '02:15:59 up',
    ]);
    expect(eventTexts(found.controls, 'whale')).toEqual([
      '01:00:59 up',
      '01:10:59 down',
      '01:20:59 up',
      '01:30:59 up',
      '02:10:59 up',
      '02:15:59 up',
    ]);
  });

  test('a crowd needs many orders; minutes without any have a control', () => {
    expect(eventTexts(found.events, 'retail_fomo')).toEqual([
      '01:00:59 up',
      '01:10:59 down',
      '01:20:59 up',
      '02:10:59 up',
      '02:15:59 up',
    ]);
    expect(eventTexts(found.controls, 'retail_fomo')).toContain('03:00:59 up');
    expect(eventTexts(found.controls, 'whale')).not.toContain('03:00:59 up');
  });

  test('strength is the volume of the minute, which is the window', () => {
    const event = found.events.find(({ pattern }) => pattern === 'whale');
    expect(event).toMatchObject({
      strength: { mantissa: 121_000n, decimals: 3 },
      threshold: { mantissa: 120_000n, decimals: 3 },
    });
    expect((event?.confirmedMs ?? 0) - (event?.fromMs ?? 0)).toBe(60_000);
  });
});

describe('divergence', () => {
  /** Highs and lows of some minutes of a day, and what else is there. */
  const cases: readonly {
    readonly what: string;
    readonly rows: readonly (readonly [time: string, cells: Cells])[];
    readonly events: readonly string[];
    readonly controls: readonly string[];
  }[] = [
    {
      what: 'a higher high with no more delta, six minutes later',
      rows: [
        ['02:00:30', { high: '101' }],
        ['02:06:30', { high: '101.1' }],
      ],
      events: ['02:11:59 down'],
      controls: ['02:11:59 down'],
    },
    {
      what: 'not where the delta went along',
      rows: [
        ['03:00:30', { high: '101' }],
        ['03:06:30', { high: '101.1' }],
        ['03:06:59', { cvd: '0.001' }],
      ],
      events: [],
      controls: ['03:11:59 down'],
    },
    {
      what: 'not from an equal high',
      rows: [
        ['04:00:30', { high: '101' }],
        ['04:10:30', { high: '101' }],
      ],
      events: [],
      controls: [],
    },
    {
      what: 'not past the latest pivot, which is higher',
      rows: [
        ['05:00:30', { high: '101' }],
        ['05:10:30', { high: '103' }],
        ['05:20:30', { high: '102' }],
      ],
      events: ['05:15:59 down'],
      controls: ['05:15:59 down'],
    },
    {
      what: 'a lower low with no less delta, from 60 minutes before',
      rows: [
        ['07:00:30', { low: '99' }],
        ['08:00:30', { low: '98.999' }],
      ],
      events: ['08:05:59 up'],
      controls: ['08:05:59 up'],
    },
    {
      what: 'not from 61 minutes before',
      rows: [
        ['09:30:30', { low: '99' }],
        ['10:31:30', { low: '98' }],
      ],
      events: [],
      controls: [],
    },
    {
      what: 'not across a minute that is not known',
      rows: [
        ['12:00:30', { high: '101' }],
        ['12:20:30', { high: '102' }],
        ['12:10:30', { trades_missing_ms: '1' }],
      ],
      events: [],
      controls: [],
    },
    {
      what: 'not from a high beside an equal one, nor from a row without trades',
      rows: [
        ['14:00:30', { high: '101' }],
        ['14:03:30', { high: '101' }],
        ['14:15:30', { high: '101', trade_count: '0' }],
        ['14:30:30', { high: '102' }],
      ],
      events: [],
      controls: [],
    },
  ];
  let found: DayPatterns;

  beforeAll(() => {
    const other = new OtherRows();
    for (const { rows } of cases) {
      for (const [time, cells] of rows) other.set(at(time), cells);
    }
    found = dayPatterns(dayFiles(other.texts));
  });

  test.for(cases)('$what', ({ rows, events, controls }) => {
    const [[from] = [''], [to] = ['']] = [rows[0], rows.at(-1)];
    const hours = [from.slice(0, 3), to.slice(0, 3)];
    const inHours = (texts: readonly string[]): string[] =>
      texts.filter((text) => hours.some((hour) => text.startsWith(hour)));
    expect(inHours(eventTexts(found.events, 'divergence'))).toEqual(events);
    expect(inHours(eventTexts(found.controls, 'divergence'))).toEqual(controls);
  });

  test('its window begins at the earlier pivot, its strength is the difference of the running deltas', () => {
    const event = found.events.find(({ pattern }) => pattern === 'divergence');
    expect((event?.confirmedMs ?? 0) - (event?.fromMs ?? 0)).toBe(12 * 60_000);
    expect(event).toMatchObject({ strength: { mantissa: 0n }, threshold: { mantissa: 0n } });
  });
});
