/**
 * HOT. The path of a day whose minutes are kept or turned upside down by a coin: by minute, how a price becomes another.
 * Each minute begins where the last one ended, so nothing before it tells how its coin fell.
 */
import { MINUTE_ROWS } from '../pattern/minute-cells.js';
import { Random } from '../unit/random.js';
import { DAY_MINUTES } from '../unit/utc-date.js';
import { largestPrice, safeCells } from './price-scale.js';
import type { SecondDay } from './second-day.js';

/** By minute: a price p becomes sign·p + offset, in units of the prices' last decimal. */
export interface MirroredPath {
  /** 1: the minute is turned. */
  readonly turned: Uint8Array;
  readonly offset: Float64Array;
  /** 1: the path jumps back to the price as it was, which counts as a gap. */
  readonly restarted: Uint8Array;
}

/** Whether a minute is turned. */
export type Coin = (minute: number) => boolean;

/** The same seed, symbol, date and minute give the same side. */
export function seededCoin({ symbol, date }: SecondDay, seed: number): Coin {
  return (minute) => new Random(`${seed} ${symbol} ${date} ${minute}`).chance(0.5);
}

/** What a minute's prices do, seen from the last close before it. */
interface MinuteSpan {
  /** That close; before the first one the minute's own first price. NaN: no price up to here. */
  readonly anchor: number;
  /** The farthest that any trade or quote of the minute lies from the anchor, up or down. */
  readonly reach: number;
}

/**
 * A minute that could reach 0, or the largest price, in either direction starts over at the price as it was, behind
 * a gap. That looks at both sides alike, so it tells nothing of the coin; labels across the gap are lost, which can only
 * matter where the turned price may fall by all of itself within a label's few minutes.
 */
export function mirroredPath(day: SecondDay, coin: Coin): MirroredPath {
  const turned = new Uint8Array(DAY_MINUTES);
  const offset = new Float64Array(DAY_MINUTES);
  const restarted = new Uint8Array(DAY_MINUTES);
  const spanOf = minuteSpans(day);
  const most = largestPrice(day.bar('close').decimals);
  let sign = 1;
  let shift = 0;
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    const { anchor, reach } = spanOf(minute);
    if (Number.isNaN(anchor)) continue;
    const begin = sign * anchor + shift;
    if (begin - reach > 0 && begin + reach <= most) {
      sign = coin(minute) ? -1 : 1;
      shift = begin - sign * anchor;
    } else {
      restarted[minute] = 1;
      [sign, shift] = [1, 0];
    }
    turned[minute] = sign < 0 ? 1 : 0;
    offset[minute] = shift;
  }
  return { turned, offset, restarted };
}

/** Call it for one minute after the other. */
function minuteSpans({ bar, signal }: SecondDay): (minute: number) => MinuteSpan {
  const [open, close] = [safeCells(bar('open')), safeCells(bar('close'))];
  const others = [bar('high'), bar('low'), signal('bid_close'), signal('ask_close')].map(safeCells);
  let last = Number.NaN;
  return (minute) => {
    const from = minute * MINUTE_ROWS;
    const end = from + MINUTE_ROWS;
    let anchor = last;
    for (let row = from; row < end; row++) {
      if (Number.isNaN(anchor)) anchor = open[row] ?? Number.NaN;
      const now = close[row] ?? Number.NaN;
      if (!Number.isNaN(now)) last = now;
    }
    let reach = 0;
    for (const cells of others) {
      for (let row = from; row < end; row++) {
        const distance = Math.abs((cells[row] ?? Number.NaN) - anchor);
        if (distance > reach) reach = distance;
      }
    }
    return { anchor, reach };
  };
}
