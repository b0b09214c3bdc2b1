import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readiness, sessionMetrics } from '../../../src/cli/record/session-metrics.js';
import { madeFigures, madeStream } from '../../support/record/made-figures.js';
import { projectRoot } from '../../support/workdir.js';

describe('the metrics of a recorder', () => {
  test('are those of docs/RECORD.md', () => {
    const page = readFileSync(join(projectRoot, 'docs/RECORD.md'), 'utf8');
    const shown = [...page.matchAll(/`flowbars_(\w+)`/gu)].map(([, name]) => name);
    const names = sessionMetrics(madeFigures([madeStream('BTCUSDT')])).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(shown)).toEqual(new Set(names));
  });

  test('leave out what is not known yet', () => {
    const quiet = madeStream('BTCUSDT', { lastFrameUs: undefined, lagUs: undefined });
    const metrics = sessionMetrics(madeFigures([quiet, madeStream('ETHUSDT')]));
    const ages = metrics.find(({ name }) => name === 'last_frame_age_seconds');
    expect(ages?.samples).toEqual([
      { labels: { symbol: 'ETHUSDT', stream: 'trades' }, value: 0.1 },
    ]);
  });
});

test('a recorder is ready when lines deliver, no name is refused, uploads go through and the disk keeps up', () => {
  const streams = [madeStream('BTCUSDT')];
  expect(readiness(madeFigures(streams))).toEqual({ ready: true, reasons: [] });
  const spool = { oldestPendingMs: 301_000, isPressed: true };
  expect(readiness(madeFigures(streams, { isDelivering: false, spool })).reasons).toEqual([
    'line 0 (trade) delivers nothing',
    'uploads wait for more than 5 minutes',
    'the disk is too slow: reception is paused',
  ]);
});
