/** Names a move UP, DOWN or FLAT against a dead zone, in whole numbers alone. */
import { parseDecimal, powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import type { DeadZone } from './label-options.js';
import { LABEL_DOWN, LABEL_FLAT, LABEL_UP } from './reasons.js';

const BPS_OF_ONE = 10_000n;

/** Prices in units of 10^-8. */
export interface Move {
  readonly entryE8: number;
  readonly exitE8: number;
  /** `avg_spread` of the minute before the decision; NaN where it is empty. */
  readonly spreadE8: number;
}

export function usesSpread({ kind }: DeadZone): boolean {
  return kind !== 'bps';
}

/** UP above the dead zone, DOWN below its negative, FLAT within it and on its edges. */
export function fixedLabel({ entryE8, exitE8, spreadE8 }: Move, deadZone: DeadZone): number {
  const { mantissa, scale } = bpsOf(deadZone);
  // Both sides times 10,000 and the scale of the bps, so that nothing is divided.
  const factor = BPS_OF_ONE * scale;
  const spread = usesSpread(deadZone) ? BigInt(spreadE8) * factor : 0n;
  const zone = mantissa * BigInt(entryE8) + spread;
  const move = BigInt(exitE8 - entryE8) * factor;
  if (move > zone) return LABEL_UP;
  return move < -zone ? LABEL_DOWN : LABEL_FLAT;
}

/** The part of the zone that grows with the price, as it is written: bps = mantissa ÷ scale. */
function bpsOf(deadZone: DeadZone): { readonly mantissa: bigint; readonly scale: bigint } {
  if (deadZone.kind === 'spread') return { mantissa: 0n, scale: 1n };
  const bps = parseDecimal(String(deadZone.kind === 'bps' ? deadZone.bps : deadZone.feeBps));
  assert(bps !== undefined, 'a dead zone is a decimal number of bps');
  return { mantissa: bps.mantissa, scale: powerOfTen(bps.decimals) };
}
