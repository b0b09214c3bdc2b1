/** What a step did to one side of the book, in big integers: the way of side-change for values of any size. */
import { FIVE, LEVELS_MAX } from '../event/depth-rows.js';
import type { ExactPair, SideQuantities } from './side-quantities.js';

export interface PlainChange {
  readonly added: bigint;
  readonly pulled: bigint;
  readonly wallPulled: bigint;
  readonly flowL1: bigint;
  readonly flowL5: bigint;
}

export function plainChange(
  before: SideQuantities,
  after: SideQuantities,
  traded: SideQuantities,
  levels: number,
): PlainChange {
  const [old, young] = [before.exact(), after.exact()];
  const net = new Map<bigint, bigint>();
  const worst = lower(old.at(-1)?.rank ?? 0n, young.at(-1)?.rank ?? 0n);
  const add = (rank: bigint, quantity: bigint): void => {
    if (rank <= worst) net.set(rank, (net.get(rank) ?? 0n) + quantity);
  };
  for (const { rank, quantity } of young) add(rank, quantity);
  for (const { rank, quantity } of old) add(rank, -quantity);
  for (const { rank, quantity } of traded.exact()) if (net.has(rank)) add(rank, quantity);
  const all = [...net.values()];
  const total = old.reduce((sum, { quantity }) => sum + quantity, 0n);
  const wallsPulled = old
    .filter(({ quantity }, level) => levels === LEVELS_MAX && level > 0 && 5n * quantity >= total)
    .map(({ rank, quantity }) => ({ gone: -(net.get(rank) ?? 0n), quantity }))
    .filter(({ gone, quantity }) => 5n * gone >= 3n * quantity);
  return {
    added: sumOf(all.filter((one) => one > 0n)),
    pulled: -sumOf(all.filter((one) => one < 0n)),
    wallPulled: sumOf(wallsPulled.map(({ gone }) => gone)),
    flowL1: flowOf(old, young, 1),
    flowL5: levels >= FIVE ? flowOf(old, young, FIVE) : 0n,
  };
}

function flowOf(old: readonly ExactPair[], young: readonly ExactPair[], levels: number): bigint {
  return sumOf(old.slice(0, levels).map((pair, level) => levelFlow(pair, young[level])));
}

function levelFlow(old: ExactPair, young: ExactPair | undefined): bigint {
  if (young === undefined) return 0n;
  const came = young.rank <= old.rank ? young.quantity : 0n;
  const went = young.rank >= old.rank ? old.quantity : 0n;
  return came - went;
}

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

function lower(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
