/** Labels by the words of docs/DATASET.md, second by second and in whole numbers: slow, and with nothing of the product's code. */
import type { LabelOptions } from '../../../src/core/label/label-options.js';
import type { SecondPrices } from '../../../src/core/minute/second-prices.js';

export interface World {
  readonly parts: readonly SecondPrices[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface OracleRow {
  readonly reason: string;
  readonly label: number;
  readonly entryE8: bigint | undefined;
  readonly exitE8: bigint | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** The exact number, as near as a double can be. */
  readonly retBpsE4: number | undefined;
}

interface Second {
  readonly gap: 'none' | 'outage' | 'unproven' | 'beyond';
  readonly traded: boolean;
  readonly openE8: number;
  readonly highE8: number;
  readonly lowE8: number;
  readonly closeE8: number;
}

const NOTHING = { traded: false, openE8: NaN, highE8: NaN, lowE8: NaN, closeE8: NaN };
const GAPS = ['none', 'outage', 'unproven', 'beyond'] as const;
/** Volatility is a fixed-point number with this many units in 1. */
const ONE = 10n ** 40n;

function secondOf({ parts, fromMs, toMs }: World, timeMs: number): Second {
  if (timeMs < fromMs || timeMs >= toMs) return { ...NOTHING, gap: 'beyond' };
  for (const part of parts) {
    const at = (timeMs - part.startMs) / 1_000;
    const code = part.gap[at];
    if (code === undefined) continue;
    return {
      gap: GAPS[code] ?? 'none',
      traded: part.traded[at] === 1,
      openE8: part.openE8[at] ?? NaN,
      highE8: part.highE8[at] ?? NaN,
      lowE8: part.lowE8[at] ?? NaN,
      closeE8: part.closeE8[at] ?? NaN,
    };
  }
  return { ...NOTHING, gap: 'outage' };
}

export function oracleRow(
  world: World,
  decisionMs: number,
  spreadE8: number,
  options: LabelOptions,
): OracleRow {
  const { latencyMs, waitMaxMs, horizonMs, lookBackMinutes, keepUnproven, rule } = options;
  const seconds = (fromMs: number, toMs: number): Second[] =>
    Array.from({ length: (toMs - fromMs) / 1_000 }, (_, at) =>
      secondOf(world, fromMs + at * 1_000),
    );
  const isGap = ({ gap }: Second): boolean =>
    gap === 'outage' || (gap === 'unproven' && !keepUnproven);

  const lookBack = seconds(decisionMs - lookBackMinutes * 60_000, decisionMs);
  if (lookBack.some(({ gap }) => gap === 'beyond')) return rejected('warming_up');
  if (lookBack.some(isGap)) return rejected('gap_before');
  const zoneKind = rule.kind === 'fixed' ? rule.deadZone.kind : 'bps';
  if (zoneKind !== 'bps' && Number.isNaN(spreadE8)) return rejected('gap_before');

  const entryWait = decisionMs + latencyMs;
  const exitWait = entryWait + horizonMs;
  const startMs = tradeWithin(world, entryWait, waitMaxMs);
  const lastMs = startMs === undefined ? undefined : tradeWithin(world, exitWait, waitMaxMs);
  const waitedMs = (startMs === undefined ? entryWait : exitWait) + waitMaxMs;
  if (seconds(decisionMs, lastMs === undefined ? waitedMs : lastMs + 1_000).some(isGap)) {
    return rejected('gap_after');
  }
  if (startMs === undefined || lastMs === undefined) {
    return rejected(waitedMs > world.toMs ? 'end_of_data' : 'no_price');
  }
  const entry = secondOf(world, startMs).openE8;
  if (rule.kind === 'fixed') {
    const exit = secondOf(world, lastMs).openE8;
    const spread = zoneKind === 'bps' ? 0 : spreadE8;
    const label = zoneLabel(BigInt(entry), BigInt(exit), BigInt(spread), bpsText(options));
    return accepted(label, entry, exit, startMs, lastMs + 1_000);
  }
  // Σ of squared returns, floor of each at 80 decimals.
  const known = lookBack.map(({ closeE8 }) => closeE8);
  const squares = known.slice(1).flatMap((close, at) => {
    const before = known[at] ?? NaN;
    if (Number.isNaN(close) || Number.isNaN(before)) return [];
    return [((BigInt(close) - BigInt(before)) * ONE) / BigInt(before)];
  });
  const sum = squares.reduce((total, change) => total + change * change, 0n);
  const count = BigInt(Math.max(1, squares.length));
  // distance ≥ k · σ · √horizon · entry, squared; k is a number of thousandths.
  const k = BigInt(Math.round(rule.barrierK * 1_000));
  const limit = k * k * sum * BigInt(horizonMs / 1_000) * BigInt(entry) ** 2n;
  const touches = (distance: number): boolean =>
    distance >= 0 && (BigInt(distance) * ONE * 1_000n) ** 2n * count >= limit;
  for (let timeMs = startMs; timeMs < exitWait; timeMs += 1_000) {
    const { highE8, lowE8, closeE8 } = secondOf(world, timeMs);
    const [up, down] = [touches(highE8 - entry), touches(entry - lowE8)];
    if (up && down) return rejected('ambiguous');
    if (up || down) return accepted(up ? 1 : -1, entry, closeE8, startMs, timeMs + 1_000);
  }
  return accepted(0, entry, secondOf(world, lastMs).openE8, startMs, lastMs + 1_000);
}

function tradeWithin(world: World, fromMs: number, waitMs: number): number | undefined {
  for (let timeMs = fromMs; timeMs < fromMs + waitMs; timeMs += 1_000) {
    if (secondOf(world, timeMs).traded) return timeMs;
  }
  return undefined;
}

function bpsText({ rule }: LabelOptions): string {
  if (rule.kind !== 'fixed' || rule.deadZone.kind === 'spread') return '0';
  return String(rule.deadZone.kind === 'bps' ? rule.deadZone.bps : rule.deadZone.feeBps);
}

function zoneLabel(entry: bigint, exit: bigint, spread: bigint, bps: string): number {
  const [whole = '', fraction = ''] = bps.split('.');
  const unit = 10n ** BigInt(4 + fraction.length);
  const zone = entry * BigInt(whole + fraction) + spread * unit;
  if ((exit - entry) * unit > zone) return 1;
  return (entry - exit) * unit > zone ? -1 : 0;
}

function rejected(reason: string): OracleRow {
  return {
    reason,
    label: 0,
    entryE8: undefined,
    exitE8: undefined,
    startMs: undefined,
    endMs: undefined,
    retBpsE4: undefined,
  };
}

function accepted(
  label: number,
  entry: number,
  exit: number,
  startMs: number,
  endMs: number,
): OracleRow {
  const [entryE8, exitE8] = [BigInt(entry), BigInt(exit)];
  // exit ÷ entry is above 0, so that BigInt's division is a floor: half up of it, minus one whole, is half up of the return.
  const retBpsE4 = (2n * exitE8 * 10n ** 8n + entryE8) / (2n * entryE8) - 10n ** 8n;
  return { reason: 'ok', label, entryE8, exitE8, startMs, endMs, retBpsE4: Number(retBpsE4) };
}
