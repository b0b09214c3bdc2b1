/** A recorder that is killed at any moment loses nothing that arrived, and repeats nothing. */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startExchangeProcess } from '../../support/exchange/exchange-process.js';
import { compareRecording } from '../../support/record/compare-recording.js';
import { RecorderProcess } from '../../support/record/recorder-process.js';
import { chunkNames, storedIds } from '../../support/record/stored-rows.js';
import { freshWorkdir } from '../../support/workdir.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'XRPUSDT'];
/** Milliseconds that each life lasts after its first rows. */
const LIVES_MS = [40, 400, 3, 900, 130, 1_500];

describe('a recorder that is killed', () => {
  test.each(['1m', '1h'])('has every row that arrived, once, in chunks of %s', async (chunk) => {
    const workdir = freshWorkdir();
    const market = {
      is: 'generated',
      symbols: SYMBOLS,
      tradesPerSecond: 200,
      snapshotsPerSecond: 10,
    } as const;
    const exchange = await startExchangeProcess({ market });
    const args = [
      '--symbols',
      SYMBOLS.join(','),
      '--raw',
      'raw',
      '--chunk',
      chunk,
      '--endpoint',
      exchange.endpoint,
    ];
    for (const lifeMs of LIVES_MS) {
      const recorder = new RecorderProcess(workdir.root, args);
      await recorder.said('connection_delivering');
      await setTimeout(lifeMs);
      await recorder.kill();
    }
    const last = new RecorderProcess(workdir.root, args);
    expect(await last.said('spool_recovered')).toMatchObject({ severity: 'INFO' });
    await last.said('connection_delivering');
    await exchange.make({ is: 'market-end' });
    await setTimeout(300);
    expect(await last.stop()).toBe(0);

    const compared = await compareRecording(exchange.ledger(), storedIds(workdir.path('raw')));
    await exchange.stop();
    expect(compared).toMatchObject({ lost: 0, twice: 0, foreign: 0 });
    expect(compared.stored + compared.neverDelivered).toBe(compared.sent);
    expect(compared.stored).toBeGreaterThan(1_000);
    const parts = chunkNames(workdir.path('raw')).map((name) => /_([\w-]+)\./u.exec(name)?.[1]);
    expect(new Set(parts).size).toBe(LIVES_MS.length + 1);
    // What waits is nothing; the lock and empty folders stay.
    expect(workdir.files('spool').filter((name) => !/^(?:lock$|reserve\/)/u.test(name))).toEqual(
      [],
    );
  });
});
