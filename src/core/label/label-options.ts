/** How a sample's label is made: the times around a decision, and the rule that names the move. Each has a limit. */
import { durationText } from '../unit/duration.js';
import { refuse } from '../unit/typed-text.js';
import { MINUTE_MS, SECOND_MS } from '../unit/utc-date.js';

/** How far a move has to go to be UP or DOWN, in price: `bps` of the entry, the minute's mean spread, or fee and spread. */
export type DeadZone =
  | { readonly kind: 'bps'; readonly bps: number }
  | { readonly kind: 'spread' }
  /** `feeBps` is one round trip, both sides, as everywhere in flowbars. */
  | { readonly kind: 'cost'; readonly feeBps: number };

export type LabelRule =
  | { readonly kind: 'fixed'; readonly deadZone: DeadZone }
  /** Barriers at `barrierK` volatilities of the horizon above and below the entry. */
  | { readonly kind: 'triple_barrier'; readonly barrierK: number };

export interface LabelOptions {
  /** From the decision to the first moment at which one can have traded. */
  readonly latencyMs: number;
  /** Only bars that begin less than this after the wanted time give a price. */
  readonly waitMaxMs: number;
  readonly horizonMs: number;
  readonly lookBackMinutes: number;
  /** Time of which nobody knows whether something is missing counts as complete. */
  readonly keepUnproven: boolean;
  readonly rule: LabelRule;
}

export const LABEL_DEFAULTS: LabelOptions = {
  latencyMs: SECOND_MS,
  waitMaxMs: 10 * SECOND_MS,
  horizonMs: 5 * MINUTE_MS,
  lookBackMinutes: 60,
  keepUnproven: false,
  rule: { kind: 'fixed', deadZone: { kind: 'bps', bps: 0 } },
};
export const BARRIER_K_DEFAULT = 2;

export const LATENCY_MS_MAX = 60_000;
export const LABEL_WAIT_MS_MAX = 60_000;
export const HORIZON_MS_MAX = 3_600_000;
export const LOOK_BACK_MINUTES_MAX = 60;
export const DEAD_ZONE_BPS_MAX = 1_000;
/** Barriers at the entry itself would be touched by every second. */
export const BARRIER_K_MIN = 0.1;
export const BARRIER_K_MAX = 100;
/** No label ends later than this after its decision. */
export const LABEL_REACH_MS_MAX: number = LATENCY_MS_MAX + HORIZON_MS_MAX + LABEL_WAIT_MS_MAX;

/** Throws a usage error that names the option. */
export function checkLabelOptions(options: LabelOptions): void {
  const { latencyMs, waitMaxMs, horizonMs, lookBackMinutes, rule } = options;
  checkSeconds('--latency', latencyMs, 0, LATENCY_MS_MAX);
  checkSeconds('--wait-max', waitMaxMs, SECOND_MS, LABEL_WAIT_MS_MAX);
  // A shorter horizon could give one bar as entry and exit: a move of 0 that nobody observed.
  checkSeconds('--horizon', horizonMs, waitMaxMs, HORIZON_MS_MAX);
  const isWhole = Number.isInteger(lookBackMinutes) && lookBackMinutes >= 1;
  if (!isWhole || lookBackMinutes > LOOK_BACK_MINUTES_MAX) {
    const range = `a whole number of minutes from 1 to ${LOOK_BACK_MINUTES_MAX}`;
    refuse('--look-back', 'number', String(lookBackMinutes), range);
  }
  if (rule.kind === 'triple_barrier')
    checkAmount('--barrier-k', rule.barrierK, BARRIER_K_MIN, BARRIER_K_MAX);
  else checkDeadZone(rule.deadZone);
}

function checkDeadZone(deadZone: DeadZone): void {
  if (deadZone.kind === 'bps') checkAmount('--dead-zone', deadZone.bps, 0, DEAD_ZONE_BPS_MAX);
  if (deadZone.kind === 'cost') checkAmount('--fee', deadZone.feeBps, 0, DEAD_ZONE_BPS_MAX);
}

function checkSeconds(where: string, ms: number, minMs: number, maxMs: number): void {
  if (ms % SECOND_MS === 0 && ms >= minMs && ms <= maxMs) return;
  const range = `${durationText(minMs)} to ${durationText(maxMs)}`;
  refuse(where, 'duration', `${ms} ms`, `whole seconds from ${range}`);
}

function checkAmount(where: string, amount: number, min: number, max: number): void {
  if (amount >= min && amount <= max) return;
  refuse(where, 'number', String(amount), `a number from ${min} to ${max}`);
}
