/** The causes of outages: a table of what recorders say, and properties against a slow judge of single instants. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCauses } from '../../../src/core/evidence/outage-cause.js';
import { outageText, type OutageRange } from '../../../src/core/evidence/outages.js';
import type { Sidecar } from '../../../src/core/sidecar/sidecar.js';
import type { OutageKind } from '../../../src/core/stored/quality-report.js';
import { isoStampMs } from '../../../src/core/unit/utc-date.js';
import {
  type MadeLine,
  madeSidecar,
  type MadeSidecar,
} from '../../support/recorder/made-sidecar.js';

const HOUR = Date.parse('2025-12-11T10:00:00Z');
const BOTH = ['A', 'B'];

/** Second of the hour as an instant. */
function at(second: number): string {
  return isoStampMs(HOUR + second * 1_000);
}

function outage(kind: OutageKind, from: number, to: number): OutageRange {
  return { kind, fromMs: HOUR + from * 1_000, toMs: HOUR + to * 1_000 };
}

function sidecar(changes: Partial<MadeSidecar> = {}): Sidecar {
  return madeSidecar({ from: at(0), to: at(3_600), lines: [line()], ...changes });
}

function line(changes: Partial<MadeLine> = {}): MadeLine {
  return { stream: 'trades', symbols: BOTH, ...changes };
}

/** `disconnected 50, recorder_down 10`, in seconds. */
function said(one: OutageRange, sidecars: readonly Sidecar[], symbol = 'A'): string {
  const [{ causes = [] } = one] = withCauses([one], sidecars, symbol);
  return causes.map(({ cause, ms }) => `${cause} ${ms / 1_000}`).join(', ');
}

describe('the cause of an outage of one stream, from second 100 to 160', () => {
  test.for<[string, readonly Sidecar[], string]>([
    ['no sidecar', [], ''],
    ['a sidecar of another hour', [sidecar({ from: at(-7_200), to: at(-3_600) })], ''],
    ['one that ended before', [sidecar({ to: at(50) })], 'recorder_down 60'],
    ['one that ended in the hour before', [sidecar({ from: at(-90), to: at(-30) })], ''],
    [
      'one that ran for a part of it',
      [sidecar({ to: at(110) })],
      'recorder_down 50, exchange_halt 10',
    ],
    [
      'one that records another symbol',
      [sidecar({ lines: [line({ symbols: ['B', 'C'] })] })],
      'recorder_down 60',
    ],
    [
      'one that records the other stream',
      [sidecar({ lines: [line({ stream: 'depth' })] })],
      'recorder_down 60',
    ],
    ['no connection', [sidecar({ lines: [line({ open: [[at(0), at(90)]] })] })], 'disconnected 60'],
    [
      'a connection that came back',
      [
        sidecar({
          lines: [
            line({
              open: [
                [at(0), at(90)],
                [at(150), null],
              ],
              silent: [[at(90), at(160)]],
            }),
          ],
        }),
      ],
      'disconnected 50, socket_silent 10',
    ],
    [
      'a silent line',
      [sidecar({ lines: [line({ silent: [[at(95), at(200)]] })] })],
      'socket_silent 60',
    ],
    ['rows of other symbols', [sidecar()], 'exchange_halt 60'],
    [
      'a line of a single symbol',
      [sidecar({ lines: [line({ symbols: ['A'] })] })],
      'socket_silent 60',
    ],
    [
      'two recorders, of which one was down',
      [
        sidecar({ to: at(50) }),
        sidecar({ part: 'b2', lines: [line({ silent: [[at(95), at(200)]] })] }),
      ],
      'socket_silent 60',
    ],
    [
      'two recorders in turn',
      [sidecar({ to: at(120) }), sidecar({ part: 'b2', from: at(150) })],
      'exchange_halt 30, recorder_down 30',
    ],
    [
      "a clock that is 40 s ahead of the exchange's",
      [
        sidecar({
          clockOffsetMs: 40_000,
          lines: [
            line({
              open: [
                [at(0), at(140)],
                [at(200), null],
              ],
            }),
          ],
        }),
      ],
      'disconnected 60',
    ],
    [
      'more connections than a sidecar lists',
      [
        sidecar({
          lines: [line({ open: [] })],
          changes: {
            connections_omitted: 7,
            stretches: [{ line: 0, from: at(90), to: at(130), state: 'disconnected' }],
          },
        }),
      ],
      'disconnected 30, exchange_halt 30',
    ],
    [
      'one that stood still for a part of it',
      [
        sidecar({
          changes: { stretches: [{ line: 0, from: at(90), to: at(140), state: 'stalled' }] },
        }),
      ],
      'recorder_down 40, exchange_halt 20',
    ],
    [
      'more stretches than a sidecar lists',
      [
        sidecar({
          lines: [line({ silent: [[at(20), at(120)]] })],
          changes: { stretches_omitted: 3 },
        }),
      ],
      'socket_silent 60',
    ],
  ])('%s', ([, sidecars, expected]) => {
    const causes = said(outage('trades_missing', 100, 160), sidecars);
    expect(causes.split(', ').toSorted()).toEqual(expected.split(', ').toSorted());
  });
});

test('the cause that covers most is named first, and the nearer to the recorder of two alike', () => {
  const cut = sidecar({ to: at(120) });
  expect(said(outage('trades_missing', 100, 160), [cut])).toBe(
    'recorder_down 40, exchange_halt 20',
  );
  expect(said(outage('trades_missing', 100, 140), [cut])).toBe(
    'recorder_down 20, exchange_halt 20',
  );
});

test('of a feed that is down both streams are asked, and exchange_halt needs both', () => {
  const down = outage('feed_down', 100, 160);
  const depth = line({ stream: 'depth' });
  const asked = (trades: MadeLine): string => said(down, [sidecar({ lines: [trades, depth] })]);
  expect(asked(line())).toBe('exchange_halt 60');
  expect(asked(line({ silent: [[at(0), at(300)]] }))).toBe('socket_silent 60');
  expect(asked(line({ open: [] }))).toBe('disconnected 60');
});

test('a text names the cause', () => {
  const [one] = withCauses([outage('feed_down', 100, 300)], [sidecar({ to: at(50) })], 'A');
  expect(one && outageText(one)).toBe('feed_down (recorder_down) for 3m 20s');
  expect(outageText(outage('feed_down', 100, 300))).toBe('feed_down for 3m 20s');
});

const RANKS = ['recorder_down', 'disconnected', 'socket_silent', 'exchange_halt'];
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
      const [one] = withCauses([outage('trades_missing', from, to)], sidecars, 'A');
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
        const [judged] = withCauses([outage('trades_missing', from, to)], sidecars, 'A');
        return judged?.causes?.find(({ cause }) => cause === 'recorder_down')?.ms ?? 0;
      };
      expect(downMs([one, other])).toBeLessThanOrEqual(downMs([one]));
    }),
  );
});
