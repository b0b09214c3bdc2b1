import { expect, test } from 'vitest';
import { describeEvent } from '../../../src/cli/screen/describe-event.js';

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  [
    'connection_opened',
    { line: 0, connection: 3, route: '', why: 'silent' },
    'line 0: connection 3 open on the legacy route: silent',
  ],
  [
    'connection_closed',
    { line: 1, connection: 2, why: '1006 abnormal closure', frames: 1_234 },
    'line 1: connection 2 closed after 1,234 frames: 1006 abnormal closure',
  ],
  [
    'stream_doubtful',
    { line: 0, doubt: 'silent', symbol: null, seconds: 30 },
    'line 0: all symbols silent for 30 s',
  ],
  [
    'stream_doubtful',
    { line: 0, doubt: 'frozen', symbol: 'BTCUSDT', seconds: 120 },
    'line 0: BTCUSDT frozen for 120 s',
  ],
  [
    'upload_recovered',
    { failures: 3, seconds: 12 },
    'uploads succeed again after 3 failures in 12 s',
  ],
  ['spool_lines_bad', { segment: 'x', lines: 2 }, 'spool lines bad segment=x lines=2'],
])('%s', (name, fields, sentence) => {
  expect(describeEvent(name, fields)).toBe(sentence);
});
