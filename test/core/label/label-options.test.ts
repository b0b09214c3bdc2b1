/** Which ways of labelling are refused, and by which words. */
import { expect, test } from 'vitest';
import {
  checkLabelOptions,
  HORIZON_MS_MAX,
  LABEL_DEFAULTS,
  LABEL_WAIT_MS_MAX,
  LATENCY_MS_MAX,
  type LabelOptions,
} from '../../../src/core/label/label-options.js';

function checked(change: Partial<LabelOptions>): () => void {
  return () => checkLabelOptions({ ...LABEL_DEFAULTS, ...change });
}

test('the defaults and the limits are allowed', () => {
  expect(checked({})).not.toThrow();
  const most = { waitMaxMs: LABEL_WAIT_MS_MAX, horizonMs: HORIZON_MS_MAX };
  expect(checked({ ...most, latencyMs: LATENCY_MS_MAX })).not.toThrow();
  expect(checked({ latencyMs: 0, horizonMs: 10_000, lookBackMinutes: 1 })).not.toThrow();
  expect(checked({ rule: { kind: 'triple_barrier', barrierK: 2 } })).not.toThrow();
  expect(checked({ rule: { kind: 'fixed', deadZone: { kind: 'spread' } } })).not.toThrow();
});

const REFUSED: readonly (readonly [Partial<LabelOptions>, string])[] = [
  [{ latencyMs: 1_500 }, '--latency duration: found 1500 ms, expected whole seconds from 0 s to'],
  [{ latencyMs: LATENCY_MS_MAX + 1_000 }, '--latency'],
  [{ latencyMs: Number.NaN }, '--latency'],
  [{ waitMaxMs: 0 }, '--wait-max'],
  [{ waitMaxMs: LABEL_WAIT_MS_MAX + 1_000, horizonMs: 300_000 }, '--wait-max'],
  [{ horizonMs: 9_000 }, '--horizon duration: found 9000 ms, expected whole seconds from 10 s to'],
  [{ horizonMs: HORIZON_MS_MAX + 1_000 }, '--horizon'],
  [{ lookBackMinutes: 61 }, '--look-back number: found 61, expected a whole number of minutes'],
  [{ lookBackMinutes: 0.5 }, '--look-back'],
  [{ rule: { kind: 'triple_barrier', barrierK: 0 } }, '--barrier-k number: found 0, expected'],
  [{ rule: { kind: 'triple_barrier', barrierK: Number.NaN } }, '--barrier-k'],
  [{ rule: { kind: 'fixed', deadZone: { kind: 'bps', bps: -1 } } }, '--dead-zone'],
  [{ rule: { kind: 'fixed', deadZone: { kind: 'cost', feeBps: 1e9 } } }, '--fee'],
];

test.each(REFUSED)('%j is refused', (change, message) => {
  expect(checked(change)).toThrow(message);
});
