/** The causes of outages, against a slow judge of single instants. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withCauses } from '../../../src/core/evidence/outage-cause.js';
import type { Sidecar } from '../../../src/core/sidecar/sidecar.js';
import {
  at,
  BOTH,
  heardOf,
  line,
  outage,
  sidecar,
  untold,
} from '../../support/recorder/asked-cause.js';

const RANKS = ['recorder_down', 'disconnected', 'socket_silent', 'symbol_silent'];
const span = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
const spans = fc.array(span, { maxLength: 3 });
const recorders = fc.array(
  fc.record({ up: span, open: spans, silent: spans, isAlone: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);

function within(ranges: readonly (readonly [number, number])[], second: number): boolean {
  return ranges.some(([a, b]) => a <= second && second < b);
}

test('causes are what a judge of each second says, and add up to the outage', () => {
  fc.assert(
    fc.property(recorders, span, (made, [from, to]) => {
      const sidecars = made.map(({ up, open, silent, isAlone }, index) =>
        sidecar({
          part: `p${index}`,
          from: at(up[0]),
          to: at(up[1]),
          lines: [
            line({
              symbols: isAlone ? ['A'] : BOTH,
              open: open.map(([a, b]) => [at(a), at(b)] as const),
              silent: silent.map(([a, b]) => [at(a), at(b)] as const),
            }),
          ],
        }),
      );
      const seconds = new Map<string, number>();
      for (let second = from; second < to; second += 1) {
        const ranks = made.map(({ up, open, silent, isAlone }) => {
          if (!within([up], second)) return 0;
          if (!within(open, second)) return 1;
          return isAlone || within(silent, second) ? 2 : 3;
        });
        const cause = RANKS[Math.max(...ranks)] ?? '';
        seconds.set(cause, (seconds.get(cause) ?? 0) + 1);
      }
      const [one] = withCauses(untold(outage('trades_missing', from, to)), heardOf(sidecars), []);
      const found = (one?.causes ?? []).map(({ cause, ms }) => [cause, ms / 1_000] as const);
      expect(new Map<string, number>(found)).toEqual(seconds);
    }),
  );
});

test('what one more recorder says never takes a cause back to the recorder', () => {
  fc.assert(
    fc.property(span, span, span, ([a, b], [c, d], [from, to]) => {
      const one = sidecar({ from: at(a), to: at(b) });
      const other = sidecar({ part: 'b2', from: at(c), to: at(d) });
      const downMs = (sidecars: readonly Sidecar[]): number => {
        const [judged] = withCauses(
          untold(outage('trades_missing', from, to)),
          heardOf(sidecars),
          [],
        );
        return judged?.causes?.find(({ cause }) => cause === 'recorder_down')?.ms ?? 0;
      };
      expect(downMs([one, other])).toBeLessThanOrEqual(downMs([one]));
    }),
  );
});
