/** What is kept of a sidecar for one symbol. */
import { expect, test } from 'vitest';
import { heardIn } from '../../../src/core/evidence/heard.js';
import { at, line, outage, sidecar } from '../../support/recorder/asked-cause.js';

/** From one second of the hour to another. */
function range(from: number, to: number): object {
  const { fromMs, toMs } = outage('feed_down', from, to);
  return { fromMs, toMs };
}

test('of a sidecar only what concerns the symbol is kept, its lines of one stream together', () => {
  const others = Array.from({ length: 500 }, (_, index) =>
    line({ symbols: [`S${index}`, 'B'], silent: [[at(0), at(3_000)]] }),
  );
  const own = [
    line({ open: [[at(0), at(100)]], silent: [[at(10), at(20)]] }),
    line({ open: [[at(50), at(200)]], silent: [[at(60), at(130)]] }),
  ];
  const kept = heardIn(sidecar({ to: at(300), lines: [...others, ...own] }), 'A');
  expect(kept).toEqual({
    hour: range(-60, 3_660),
    trades: {
      up: [range(0, 300)],
      open: [range(0, 200)],
      heard: [range(0, 10), range(20, 100), range(130, 200)],
    },
    depth: { up: [], open: [], heard: [] },
  });
});

test('a stretch or a connection that ends before it begins says nothing', () => {
  const turned = line({
    open: [
      [at(0), at(100)],
      [at(300), at(200)],
    ],
    silent: [
      [at(90), at(10)],
      [at(40), at(50)],
    ],
  });
  const { trades } = heardIn(sidecar({ to: at(400), lines: [turned] }), 'A');
  expect(trades.open).toEqual([range(0, 100)]);
  expect(trades.heard).toEqual([range(0, 40), range(50, 100)]);
});
