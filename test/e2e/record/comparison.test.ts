/** The comparison behind "nothing was lost" sees what it has to see. */
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../support/exchange/ledger.js';
import { compareRecording } from '../../support/record/compare-recording.js';

const STREAM = 'btcusdt@trade';

/** What was written to each connection, by ids. */
function ledgerOf(connections: readonly (readonly number[])[]): LedgerEntry[] {
  return connections.flatMap((ids, index) =>
    ids.map((id) => ({ connection: index + 1, stream: STREAM, id, isFlushed: true })),
  );
}

test.each([
  ['all of it', [[1, 2, 3]], [1, 2, 3], { sent: 3, stored: 3 }],
  ['a tail of a connection was never delivered', [[1, 2, 3]], [1], { neverDelivered: 2 }],
  ['a hole is a loss', [[1, 2, 3]], [1, 3], { lost: 1, neverDelivered: 0 }],
  ['a row that is there twice', [[1, 2]], [1, 1, 2], { stored: 2, twice: 1 }],
  ['a row that nobody sent', [[1]], [1, 7], { foreign: 1 }],
  [
    'overlapping connections, the first cut',
    [
      [1, 2, 3],
      [2, 3, 4],
    ],
    [1, 2, 3, 4],
    { sent: 4, lost: 0 },
  ],
  [
    'what one lost, and the other one delivered, proves nothing of the one',
    [
      [1, 2, 3],
      [3, 4],
    ],
    [1, 3, 4],
    { lost: 0, neverDelivered: 1 },
  ],
  [
    'a loss before a row that this connection alone had',
    [
      [1, 2, 3],
      [3, 4, 5],
    ],
    [1, 2, 3, 5],
    { lost: 1 },
  ],
])('%s', async (_name, connections, ids, expected) => {
  const stored = new Map([[STREAM, ids]]);
  const none = { lost: 0, twice: 0, foreign: 0, neverDelivered: 0 };
  expect(await compareRecording(ledgerOf(connections), stored)).toMatchObject({
    ...none,
    ...expected,
  });
});
