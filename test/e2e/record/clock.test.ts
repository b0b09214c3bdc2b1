/** A machine whose clock was ahead and is put right: chunks are cut by the right clock again, and no row is lost. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  delivering,
  expectAllStored,
  startExchange,
  SYMBOLS,
} from '../../support/record/exchange-session.js';
import { RecorderProcess } from '../../support/record/recorder-process.js';
import { chunkNames } from '../../support/record/stored-rows.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

const HOUR_MS = 3_600_000;

test('a recorder begins a further session when its clock is put back by an hour', async () => {
  const [workdir, exchange] = [freshWorkdir(), await startExchange()];
  const args = ['--symbols', SYMBOLS.join(','), '--raw', 'raw', '--endpoint', exchange.endpoint];
  const recorder = new RecorderProcess(workdir.root, args, {
    imports: [join(projectRoot, 'test/support/record/shifted-clock.mjs')],
    env: { FLOWBARS_TEST_CLOCK: `${Date.now() + HOUR_MS} 1 ${HOUR_MS}` },
  });
  onTestFinished(async () => await recorder.kill());
  await delivering(recorder);
  recorder.child.kill('SIGUSR2');
  expect(await recorder.said('clock_put_back')).toMatchObject({ severity: 'ERROR' });
  // Two lines of each of two sessions.
  const delivered = (): number =>
    recorder.events.filter(({ event }) => event === 'connection_delivering').length;
  await recorder.said('connection_delivering', () => delivered() === 4);
  await expectAllStored(workdir, exchange, recorder, { isWhole: false });
  const hours = new Set(
    chunkNames(workdir.path('raw')).map((name) => /\/(\d\d)-\d\d_/u.exec(name)?.[1]),
  );
  expect(hours.size).toBeGreaterThan(1);
});
