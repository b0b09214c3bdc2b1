/** The causes of outages: a table of what recorders say. */
import { describe, expect, test } from 'vitest';
import { withCauses } from '../../../src/core/evidence/outage-cause.js';
import { outageText } from '../../../src/core/evidence/outages.js';
import type { Sidecar } from '../../../src/core/sidecar/sidecar.js';
import type { OutageKind } from '../../../src/core/stored/quality-report.js';
import {
  at,
  heardOf,
  line,
  outage,
  said,
  sidecar,
  untold,
} from '../../support/recorder/asked-cause.js';
import type { MadeLine } from '../../support/recorder/made-sidecar.js';

describe('the cause of an outage of one stream, from second 100 to 160', () => {
  test.for<[string, readonly Sidecar[], string]>([
    ['no sidecar', [], ''],
    ['a sidecar of another hour', [sidecar({ from: at(-7_200), to: at(-3_600) })], ''],
    ['one that ended before', [sidecar({ to: at(50) })], 'recorder_down 60'],
    ['one that ended in the hour before', [sidecar({ from: at(-90), to: at(-30) })], ''],
    [
      'one that ran for a part of it',
      [sidecar({ to: at(110) })],
      'recorder_down 50, symbol_silent 10',
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
    ['rows of other symbols', [sidecar()], 'symbol_silent 60'],
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
      'symbol_silent 30, recorder_down 30',
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
      'disconnected 30, symbol_silent 30',
    ],
    [
      'one that stood still for a part of it',
      [
        sidecar({
          changes: { stretches: [{ line: 0, from: at(90), to: at(140), state: 'stalled' }] },
        }),
      ],
      'recorder_down 40, symbol_silent 20',
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
    [
      'a cut list of which the last stretch is long and of another line',
      [
        sidecar({
          lines: [line(), line({ stream: 'depth', silent: [[at(130), at(3_000)]] })],
          changes: { stretches_omitted: 1 },
        }),
      ],
      'symbol_silent 30, socket_silent 30',
    ],
  ])('%s', ([, sidecars, expected]) => {
    const causes = said(outage('trades_missing', 100, 160), sidecars);
    expect(causes.split(', ').toSorted()).toEqual(expected.split(', ').toSorted());
  });
});

test('the cause that covers most is named first, and the nearer to the recorder of two alike', () => {
  const cut = sidecar({ to: at(120) });
  expect(said(outage('trades_missing', 100, 160), [cut])).toBe(
    'recorder_down 40, symbol_silent 20',
  );
  expect(said(outage('trades_missing', 100, 140), [cut])).toBe(
    'recorder_down 20, symbol_silent 20',
  );
});

test('of a feed that is down both streams are asked, and a halt needs lively lines of both', () => {
  const down = outage('feed_down', 100, 160);
  const depth = line({ stream: 'depth' });
  const asked = (trades: MadeLine): string =>
    said(down, [sidecar({ lines: [trades, depth] })], [outage('feed_down', 90, 170)]);
  expect(asked(line())).toBe('exchange_halt 60');
  expect(asked(line({ silent: [[at(0), at(300)]] }))).toBe('socket_silent 60');
  expect(asked(line({ open: [] }))).toBe('disconnected 60');
});

describe('with lively lines an outage from second 100 to 160 is', () => {
  const lines = [line(), line({ stream: 'depth' })];
  test.for<[string, OutageKind, readonly [number, number] | undefined, string]>([
    ['a halt where no ids are missing', 'feed_down', [90, 170], 'exchange_halt 60'],
    ['none where ids are missing', 'feed_down', undefined, 'symbol_silent 60'],
    ['none of depth while trades flow', 'depth_missing', undefined, 'symbol_silent 60'],
    [
      'one of depth for as long as nothing was traded',
      'depth_missing',
      [120, 170],
      'exchange_halt 40, symbol_silent 20',
    ],
    ['none of trades beside a live book', 'trades_missing', [90, 170], 'symbol_silent 60'],
  ])('%s', ([, kind, pause, expected]) => {
    const untraded = pause === undefined ? [] : [outage(kind, ...pause)];
    expect(said(outage(kind, 100, 160), [sidecar({ lines })], untraded)).toBe(expected);
  });
});

test('time of which only a sidecar that is not read could tell has no cause', () => {
  const one = outage('trades_missing', 100, 160);
  const unread = [outage(one.kind, 0, 130)];
  const up = [sidecar({ to: at(120) })];
  expect(said(one, [], [], unread)).toBe('');
  expect(said(one, [sidecar({ to: at(50) })], [], unread)).toBe('recorder_down 30');
  // What another one says counts, and nothing in between is down.
  expect(said(one, up, [], unread)).toBe('recorder_down 30, symbol_silent 20');
});

test('an outage of which most has no cause is named without one', () => {
  const [one] = withCauses(
    untold(outage('trades_missing', 100, 160)),
    heardOf([sidecar({ to: at(50) })]),
    [outage('trades_missing', 0, 140)],
  );
  expect(one?.causes).toEqual([{ cause: 'recorder_down', ms: 20_000 }]);
  expect(one && outageText(one)).toBe('trades_missing for 1m 0s');
});

test('a clock that is behind tells of an outage after the full hour in the sidecar of the hour before', () => {
  const clock = { clockOffsetMs: -30_000 };
  const hours = [sidecar({ ...clock, from: at(-3_600), to: at(0) }), sidecar(clock)];
  expect(said(outage('trades_missing', 0, 20), hours)).toBe('symbol_silent 20');
  expect(said(outage('trades_missing', 0, 20), hours.slice(1))).toBe('recorder_down 20');
});

test('a text names the cause', () => {
  const [one] = withCauses(
    untold(outage('feed_down', 100, 300)),
    heardOf([sidecar({ to: at(50) })]),
    [],
  );
  expect(one && outageText(one)).toBe('feed_down (recorder_down) for 3m 20s');
  expect(outageText(outage('feed_down', 100, 300))).toBe('feed_down for 3m 20s');
});
