/** What a session says of itself, made up: two lines of one symbol each. */
import type { StreamFigures } from '../../../src/jobs/feed/count-rows.js';
import type { SessionFigures } from '../../../src/jobs/record/record-session.js';

export const NOW_US = 1_765_400_000_000_000;

export function madeStream(symbol: string, some: Partial<StreamFigures> = {}): StreamFigures {
  const counts = { frames: 120, rows: 100, duplicates: 20 };
  const clocks = { lastFrameUs: NOW_US - 100_000, lagUs: 45_000 };
  return { symbol, stream: 'trades', line: 0, ...counts, ...clocks, ...some };
}

export function madeFigures(
  streams: readonly StreamFigures[],
  {
    isDelivering = true,
    spool = {},
  }: { readonly isDelivering?: boolean; readonly spool?: Partial<SessionFigures['spool']> } = {},
): SessionFigures {
  return {
    isStopping: false,
    part: 'r-1',
    startedUs: NOW_US - 90_000_000,
    nowUs: NOW_US,
    feed: {
      lines: [{ line: 0, kind: 'trade', symbols: streams.length, isDelivering, refused: [] }],
      streams,
      connections: 1,
      connectionsTried: 3,
      brokenFrames: 2,
      otherFrames: 0,
    },
    spool: {
      pendingFiles: 4,
      pendingBytes: 4_000,
      oldestPendingMs: 1_500,
      uploadedFiles: 12,
      uploadedBytes: 34_000,
      lastUploadMs: new Map([['BTCUSDT', NOW_US / 1_000 - 30_000]]),
      isFailing: false,
      conflicts: 0,
      setAside: 0,
      elsewhereFiles: 0,
      elsewhereBytes: 0,
      spoolBytes: 1_200_000,
      bufferedBytes: 10,
      isPressed: false,
      rows: 100,
      ...spool,
    },
  };
}
