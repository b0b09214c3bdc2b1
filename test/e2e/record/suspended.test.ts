/** A recorder whose machine stands still for a while says so, and takes it for no silence of the exchange. */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isSidecar } from '../../../src/core/sidecar/sidecar.js';
import { readJson } from '../../../src/core/unit/json.js';
import {
  delivering,
  expectAllStored,
  startExchange,
  startRecorder,
} from '../../support/record/exchange-session.js';
import { freshWorkdir } from '../../support/workdir.js';

const STILL_MS = 3_000;

test('a recorder that stands still for 3 s has stretches that are stalled, and no row less', async () => {
  const workdir = freshWorkdir();
  const exchange = await startExchange();
  const recorder = startRecorder(workdir, exchange);
  await delivering(recorder);
  const stoppedMs = Date.now();
  recorder.child.kill('SIGSTOP');
  await setTimeout(STILL_MS);
  recorder.child.kill('SIGCONT');
  await setTimeout(500);
  await expectAllStored(workdir, exchange, recorder);
  const sidecars = workdir
    .files('raw')
    .filter((name) => name.includes('_recorder/'))
    .map((name) => readJson(readFileSync(workdir.path(`raw/${name}`), 'utf8')))
    .filter((value) => isSidecar(value));
  const stretches = sidecars.flatMap((sidecar) => sidecar.stretches);
  // A slow start is a long stretch too.
  const stalled = stretches.filter(
    ({ from, to }) =>
      Date.parse(to) - Date.parse(from) >= STILL_MS - 1_000 && Date.parse(to) > stoppedMs,
  );
  expect(new Set(stalled.map(({ line, state }) => `${line} ${state}`))).toEqual(
    new Set(['0 stalled', '1 stalled']),
  );
  expect(recorder.events.filter(({ event }) => event === 'stream_doubtful')).toEqual([]);
});
