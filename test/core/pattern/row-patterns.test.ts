/** The patterns of rows on calm days with a few other rows, each condition just true and just false. */
import { beforeAll, describe, expect, test } from 'vitest';
import { HORIZON_SECONDS, type PatternName } from '../../../src/core/column/pattern-table.js';
import { type DayPatterns, dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { at, dayFiles, eventTexts, OtherRows } from './made-day.js';

/** Sellers press with 2, and bids refill by as much as was sold in the window. */
const PRESSED = { vol_sell: '3', vol_total: '4', vol_delta: '-2', bid_added: '18' };
const BOUGHT = { vol_buy: '3', vol_total: '4', vol_delta: '2' };
const HIGHER = { bid_close: '99.6' };
const EVENING = at('20:00:00');

describe('on a calm day', () => {
  const other = new OtherRows();
  let found: DayPatterns;

  function check(
    pattern: PatternName,
    [from, to]: readonly [string, string],
    expected: { readonly events: readonly string[]; readonly controls: readonly string[] },
  ): void {
    expect(eventTexts(found.events, pattern, from, to)).toEqual(expected.events);
    expect(eventTexts(found.controls, pattern, from, to)).toEqual(expected.controls);
  }

  // Five minutes for each case: their windows do not touch, and few rows leave the quantiles calm.
  other.set(at('01:00:00'), PRESSED);
  other.set(at('01:05:00'), { ...PRESSED, bid_added: '17.999' });
  other.set(at('01:10:00'), PRESSED).setAll(at('01:10:00'), at('01:10:14'), HIGHER);
  other.set(at('01:15:15'), PRESSED).set(at('01:15:00'), { trades_missing_ms: '1' });
  other.set(at('01:20:15'), PRESSED).set(at('01:20:12'), { bid_pulled: '' });
  other.set(at('01:25:00'), PRESSED).set(at('01:25:59'), PRESSED);
  other.set(at('01:30:00'), { ...PRESSED, depth_missing_ms: '1' });

  const rise = (time: string): void => {
    other.setAll(at(time) - 9, at(time) + 5, HIGHER);
    other.set(at(time), BOUGHT);
  };
  rise('02:00:00');
  rise('02:05:00');
  other.setAll(at('02:05:00'), at('02:05:14'), { ask_qty_l20: '20.00000001' });
  rise('02:10:00');
  other.setAll(at('02:10:00'), at('02:10:14'), { bid_close: '99.7' });
  rise('02:20:00');
  other.setAll(at('02:19:00'), at('02:20:14'), { ask_qty_l20: '' });

  other.set(at('03:00:30'), { ask_pulled: '1.001' });
  other.set(at('03:05:30'), { ask_pulled: '1.001', ask_qty_l20_min: '10.001' });
  other.set(at('03:10:30'), { ask_pulled: '1.001', ask_qty_l20_min: '' });
  other.set(at('03:15:30'), { ask_pulled: '1.001', bid_close: '', ask_close: '' });
  other.setAll(at('03:20:25'), at('03:20:30'), { bid_close: '', ask_close: '' });
  other.set(at('03:20:30'), { ask_pulled: '1.001' });

  // 36 of 3,600 values may lie above the quantile of 99 %; the 37th is the quantile.
  other.setAll(EVENING, EVENING + 35, { ask_wall_pulled: '2' });
  other.set(EVENING + 600, { ask_wall_pulled: '1' });
  other.setAll(EVENING + 7_200, EVENING + 7_236, { ask_wall_pulled: '2' });
  other.set(EVENING + 7_800, { ask_wall_pulled: '1.999' });
  other.set(EVENING + 8_400, { ask_wall_pulled: '2' });
  other.set(at('23:59:49'), { ask_wall_pulled: '2' });
  other.set(at('23:59:50'), { bid_wall_pulled: '2' });

  beforeAll(() => {
    found = dayPatterns(dayFiles(other.texts));
  });

  test('absorption needs a refill of all that was sold, at a price that holds', () => {
    const control = ['01:00:00 up'];
    check('absorption', ['01:00:00', '01:04:59'], { events: control, controls: control });
    check('absorption', ['01:05:00', '01:09:59'], { events: [], controls: ['01:05:00 up'] });
    check('absorption', ['01:10:00', '01:14:59'], { events: [], controls: [] });
  });

  test('a window needs the row before it, and all its cells', () => {
    const later = ['01:15:16 up'];
    check('absorption', ['01:15:00', '01:19:59'], { events: later, controls: later });
    const last = ['01:20:27 up'];
    check('absorption', ['01:20:00', '01:24:59'], { events: last, controls: last });
    check('absorption', ['01:30:00', '01:34:59'], { events: [], controls: [] });
  });

  test('an event silences its pattern for 60 rows', () => {
    const both = ['01:25:00 up', '01:26:00 up'];
    check('absorption', ['01:25:00', '01:29:59'], { events: both, controls: both });
  });

  test('exhaustion needs a thin side and a rise that stopped', () => {
    const stopped = ['01:59:56 down'];
    check('exhaustion', ['01:59:00', '02:00:05'], { events: ['02:00:00 down'], controls: stopped });
    check('exhaustion', ['02:04:00', '02:05:05'], { events: [], controls: ['02:04:56 down'] });
    check('exhaustion', ['02:09:00', '02:10:04'], { events: [], controls: ['02:09:56 down'] });
    const [event] = found.events.filter(({ pattern }) => pattern === 'exhaustion');
    expect(event?.strength).toEqual({ mantissa: 2n, decimals: 0 });
  });

  test('a control needs what its event needs', () => {
    check('exhaustion', ['02:19:00', '02:20:05'], { events: [], controls: [] });
  });

  test('a vacuum needs more pulled than added, and little that is left', () => {
    const events = (from: string, to: string): string[] =>
      eventTexts(found.events, 'liquidity_vacuum', from, to);
    expect(events('03:00:00', '03:04:59')).toEqual(['03:00:30 up']);
    expect(events('03:05:00', '03:09:59')).toEqual([]);
    expect(events('03:10:00', '03:14:59')).toEqual([]);
    const controls = eventTexts(found.controls, 'liquidity_vacuum', '03:00:00', '03:04:59');
    expect(controls).toHaveLength(10);
  });

  test('a row without quotes has the price of five rows before it, not of six', () => {
    expect(eventTexts(found.events, 'liquidity_vacuum', '03:15:00', '03:19:59')).toEqual([
      '03:15:30 up',
    ]);
    expect(eventTexts(found.events, 'liquidity_vacuum', '03:20:00', '03:24:59')).toEqual([]);
  });

  test('a quantile is the value of its rank, and equal values reach it', () => {
    const events = eventTexts(found.events, 'wall_pulled', '20:00:00', '22:59:59');
    expect(events).toEqual(['20:00:00 up', '20:10:00 up', '22:00:00 up', '22:20:00 up']);
  });

  test('strength, quantile, price and window of an event', () => {
    const event = found.events.find(({ pattern }) => pattern === 'absorption');
    expect(event).toMatchObject({
      strength: { mantissa: 2n },
      threshold: { mantissa: 0n },
      doublePrice: { mantissa: 2_000n, decimals: 1 },
    });
    expect((event?.confirmedMs ?? 0) - (event?.fromMs ?? 0)).toBe(15_000);
  });

  test('an outcome ends with the day', () => {
    const last = found.events.filter(
      ({ pattern, confirmedMs, fromMs }) =>
        pattern === 'wall_pulled' && confirmedMs - fromMs === 1_000,
    );
    const ends = last
      .slice(-2)
      .map(({ outcomes }) => HORIZON_SECONDS.map((seconds) => outcomes.get(seconds)));
    const still = { sign: 0, rounded: 0n };
    expect(ends).toEqual([
      [still, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('in the first hour', () => {
  const wall = { ask_wall_pulled: '2' };

  test('1,800 values make a quantile, 1,799 do not', () => {
    const enough = new OtherRows().set(1_800, wall).set(1_800 + 120, wall);
    const whole = dayPatterns(dayFiles(enough.texts));
    expect(eventTexts(whole.events, 'wall_pulled')).toEqual(['00:30:00 up', '00:32:00 up']);
    expect(eventTexts(whole.events, 'imbalance').slice(0, 2)).toEqual([
      '00:31:00 down',
      '00:31:00 up',
    ]);
    expect(whole.base).toEqual({ 10: NOTHING, 60: NOTHING, 300: NOTHING });
    const less = dayPatterns(dayFiles(enough.set(7, { trades_missing_ms: '1' }).texts));
    expect(eventTexts(less.events, 'wall_pulled')).toEqual(['00:32:00 up']);
  });

  test('the base rate begins there, and tells where the price went', () => {
    // The price rises once: the ten rows before see it, if enough rows before them are known.
    const rows = new OtherRows().setAll(1_805, 1_814, HIGHER).setAll(1_815, 86_399, HIGHER);
    const early = dayPatterns(dayFiles(rows.texts));
    expect(early.base[10]).toEqual({ up: 5, down: 0 });
    const late = dayPatterns(dayFiles(rows.set(7, { trades_missing_ms: '1' }).texts));
    expect(late.base[10]).toEqual(NOTHING);
  });
});

const NOTHING = { up: 0, down: 0 };
