import { expect, it } from 'vitest';
import { metricsText } from '../../../src/cli/record/metrics-text.js';

it('writes a head for each metric and a line for each sample, with escaped labels', () => {
  const text = metricsText([
    {
      name: 'rows_total',
      kind: 'counter',
      help: 'Rows received.',
      samples: [
        { labels: { symbol: 'BTCUSDT', stream: 'trades' }, value: 12 },
        { labels: { symbol: 'A"\\\n', stream: 'depth' }, value: 0.5 },
      ],
    },
    { name: 'spool_bytes', kind: 'gauge', help: 'Bytes.', samples: [{ labels: {}, value: 7 }] },
  ]);
  expect(text).toBe(
    [
      '# HELP flowbars_rows_total Rows received.',
      '# TYPE flowbars_rows_total counter',
      'flowbars_rows_total{symbol="BTCUSDT",stream="trades"} 12',
      String.raw`flowbars_rows_total{symbol="A\"\\\n",stream="depth"} 0.5`,
      '# HELP flowbars_spool_bytes Bytes.',
      '# TYPE flowbars_spool_bytes gauge',
      'flowbars_spool_bytes 7',
      '',
    ].join('\n'),
  );
});
