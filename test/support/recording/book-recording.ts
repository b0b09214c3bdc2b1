/**
 * Recordings whose books are worth comparing: up to 20 levels a side on a narrow grid of ticks, so that prices
 * recur, slide out of the window and are traded at; walls that come and go; books of five levels; rows that
 * share a millisecond, leave a second out, or arrive late.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { book, chunk, depthHeader, trade, tradesHeader } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';

const SNAPSHOTS = 120;

type Side = Map<number, number>;

/** Minutes that a row may arrive after its own: more than two is late. */
const ARRIVALS = [0, 0, 0, 0, 0, 0, 0, 1, 2, 4];
/** Milliseconds to the next snapshot. */
const STEPS_MS = [0, 1, 50, 100, 100, 100, 100, 250, 999, 1_000, 1_001, 2_500];

export function bookRecordings(): Arbitrary<OracleObject[]> {
  return fc
    .record({ seed: fc.nat(), levels: fc.constantFrom(20, 20, 20, 7, 5), wide: fc.boolean() })
    .map(({ seed, levels, wide }) => recording(seed, levels, wide));
}

function recording(seed: number, levels: number, wide: boolean): OracleObject[] {
  const pick = picker(seed);
  const rows = { trades: new Map<number, string[]>(), depth: new Map<number, string[]>() };
  const put = (stream: 'trades' | 'depth', atMs: number, line: string): void => {
    const minute = Math.floor(atMs / 60_000) + pick(ARRIVALS);
    rows[stream].set(minute, [...(rows[stream].get(minute) ?? []), line]);
  };
  const quantityText = (units: number): string =>
    wide ? `${units * 1_000_003}.${'0'.repeat(10)}1` : (units / 10).toString();
  let bid = 1_000;
  const bids: Side = new Map();
  const asks: Side = new Map();
  let atMs = pick([0, 3_000, 59_000]);
  for (let count = 0; count < SNAPSHOTS; count++) {
    bid += pick([-2, -1, 0, 0, 0, 0, 1, 2]);
    const ask = bid + pick([1, 1, 1, 2]);
    change(bids, bid, -1, pick);
    change(asks, ask, 1, pick);
    for (let trades = pick([0, 0, 1, 2, 4]); trades > 0; trades--) {
      const price = pick([bid, ask, bid - 1, ask + 1, bid + 5]);
      const offset = pick([0, 1, 40, 99, 100]);
      const sells = String(pick([0, 1]) === 1);
      put(
        'trades',
        atMs + offset,
        trade(atMs + offset, priceText(price), quantityText(pick(SIZES)), sells),
      );
    }
    const side = (from: Side, best: number, step: number): string[][] =>
      [...from]
        .filter(([price]) => step * (price - best) >= 0)
        .toSorted(([a], [b]) => step * (a - b))
        .slice(0, levels)
        .map(([price, units]) => [priceText(price), quantityText(units)]);
    put('depth', atMs, book(atMs, side(bids, bid, -1), side(asks, ask, 1)));
    atMs += pick(STEPS_MS);
  }
  return [
    ...chunks('trades', tradesHeader, rows.trades),
    ...chunks('depth', depthHeader, rows.depth),
  ];
}

const SIZES = [1, 2, 3, 10, 25, 400];

/** Every tick of a window has a level now and then; some change, some go, some are walls. */
function change(side: Side, best: number, step: number, pick: Picker): void {
  for (let offset = 0; offset < 26; offset++) {
    const price = best + step * offset;
    const before = side.get(price);
    if (before === undefined) side.set(price, pick([...SIZES, 60]));
    else if (pick([0, 0, 0, 0, 0, 1]) === 1)
      side.set(price, Math.max(1, before + pick([-300, -2, 1, 350])));
    else if (offset > 0 && pick(TWENTY) === 0) side.delete(price);
  }
}

const TWENTY = Array.from({ length: 20 }, (_, index) => index);

function priceText(ticks: number): string {
  return (ticks / 4).toString();
}

function chunks(
  stream: 'trades' | 'depth',
  header: string,
  minutes: ReadonlyMap<number, string[]>,
): OracleObject[] {
  return [...minutes].map(([minute, lines]) => chunk(stream, minute, [header, ...lines]));
}

type Picker = <T>(among: readonly T[]) => T;

/** Mulberry32: the same seed picks the same. */
function picker(seed: number): Picker {
  let state = seed | 0;
  return (among) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const share = ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    const found = among[Math.floor(share * among.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  };
}
