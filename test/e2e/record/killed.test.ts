/** A recorder that is killed at any moment loses nothing that arrived, and repeats nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startExchangeProcess } from '../../support/exchange/exchange-process.js';
import { compareRecording } from '../../support/record/compare-recording.js';
import { POLLING } from '../../support/record/exchange-session.js';
import { RecorderProcess } from '../../support/record/recorder-process.js';
import { chunkNames, storedIds } from '../../support/record/stored-rows.js';
import { freshWorkdir, type Workdir } from '../../support/workdir.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'XRPUSDT'];
/** That the last life is sent, whatever the others were. */
const EVENTS_MIN = 1_000;
/** Milliseconds that each life lasts after its first rows. */
const LIVES_MS = [40, 400, 3, 900, 130, 1_500];

describe('a recorder that is killed', () => {
  test.each(['1m', '1h'])('has every row that arrived, once, in chunks of %s', async (chunk) => {
    const workdir = freshWorkdir();
    const market = {
      is: 'generated',
      symbols: SYMBOLS,
      tradesPerSecond: 500,
      snapshotsPerSecond: 10,
    } as const;
    const exchange = await startExchangeProcess({ market });
    onTestFinished(async () => await exchange.stop());
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
    const lives = new Set<string>();
    for (const [life, lifeMs] of LIVES_MS.entries()) {
      const recorder = new RecorderProcess(workdir.root, args);
      await recorder.said('connection_delivering');
      // A life that left nothing on the disk would have no chunk.
      const seen = (): number => partsOnDisk(workdir, lives).size;
      await expect.poll(seen, POLLING).toBe(life + 1);
      await setTimeout(lifeMs);
      await recorder.kill();
    }
    const last = new RecorderProcess(workdir.root, args);
    onTestFinished(async () => await last.kill());
    expect(await last.said('spool_recovered')).toMatchObject({ severity: 'INFO' });
    const sentToLast = async (): Promise<number> => {
      const { connections } = await exchange.view();
      const open = connections.filter(({ closedMs }) => closedMs === null);
      return open.reduce((sum, { written }) => sum + written, 0);
    };
    await expect.poll(sentToLast, POLLING).toBeGreaterThan(EVENTS_MIN);
    await exchange.make({ is: 'market-end' });
    expect(await last.stop()).toBe(0);

    const compared = await compareRecording(exchange.ledger(), storedIds(workdir.path('raw')));
    expect(compared).toMatchObject({ lost: 0, twice: 0, foreign: 0 });
    expect(compared.stored + compared.neverDelivered).toBe(compared.sent);
    expect(compared.stored).toBeGreaterThan(EVENTS_MIN);
    const parts = chunkNames(workdir.path('raw')).map((name) => /_([\w-]+)\./u.exec(name)?.[1]);
    expect(new Set(parts).size).toBe(LIVES_MS.length + 1);
    // What waits is nothing; the lock and empty folders stay.
    expect(workdir.files('spool').filter((name) => !/^(?:lock$|reserve\/)/u.test(name))).toEqual(
      [],
    );
  });
});

/** Adds the parts of sessions whose segment has its first line on the disk. */
function partsOnDisk(workdir: Workdir, parts: Set<string>): Set<string> {
  const folder = workdir.path('spool/segments');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (text.includes('\n')) parts.add(name.slice(name.indexOf('_')));
  }
  return parts;
}
