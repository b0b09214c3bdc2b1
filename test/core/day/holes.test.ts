/** Holes in trades beside a live book, judged by the ids at their ends, through the pass and through the oracle. */
import { test } from 'vitest';
import { check, expecting } from '../../support/day/checked-day.js';
import { books } from '../../support/day/plain-minutes.js';
import { chunk, trade, tradesWithIdHeader } from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function numbered(offsetMs: number, id: number): string {
  return trade(offsetMs, '100.5', '1', 'true', `${id}`);
}

test('a hole in trades over which ids are missing is an outage beside a live book', async () => {
  const from = 10 * HOUR_MS + MINUTE_MS;
  const chunkMinutes = Array.from({ length: 9 }, (_, n) => 601 + n);
  const live = chunkMinutes.map((minute) => books(minute));
  const traded = (idAfter: number): OracleObject[] =>
    chunkMinutes.map((minute) =>
      chunk('trades', minute, [
        tradesWithIdHeader,
        ...(minute === 601
          ? Array.from({ length: 12 }, (_, n) => numbered(from + n * 5_000, 900_069 + n))
          : []),
        ...(minute === 608 ? [numbered(from + 7 * MINUTE_MS, idAfter)] : []),
      ]),
    );
  const options = { ...expecting(from, 7 * MINUTE_MS + 1_000) };
  await check([...traded(900_321), ...live], options, {
    findings: ['10:01:55 trades_missing for 6m 5s'],
  });
  for (const idAfter of [900_081, 900_083]) {
    await check([...traded(idAfter), ...live], options, { findings: [], status: 'complete' });
  }
  await check([...traded(900_084), ...live], options, {
    findings: ['10:01:55 trades_missing for 6m 5s'],
  });
  await check(
    [...traded(900_083), ...live],
    { ...options, quietMaxMs: 364_000 },
    {
      findings: ['10:01:55 trades_missing for 6m 5s'],
    },
  );
  await check(
    [...traded(900_081), ...live],
    { ...options, quietMaxMs: 364_000 },
    {
      findings: [],
      status: 'complete',
    },
  );
});
