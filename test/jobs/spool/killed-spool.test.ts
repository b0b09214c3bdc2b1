/** A session that is killed at any of its file operations: the next start stores what was written, once and in order. */
import { describe, expect, test } from 'vitest';
import { isSidecar } from '../../../src/core/sidecar/sidecar.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import { openSpool, type SpoolEffects } from '../../../src/jobs/spool/open-spool.js';
import { dyingProcess, type DyingProcess } from '../../support/spool/dying-folder.js';
import {
  LINES,
  madeRow,
  rowsInChunks,
  rowsInSegment,
  SECOND_US,
  START_US,
} from '../../support/spool/made-session.js';
import {
  OPTIONS,
  recovered,
  spoolAtWork,
  spoolInMemory,
  type SpoolAtWork,
  uploaderOf,
  written,
} from '../../support/spool/spool-at-work.js';

const slots = slotsOf(LINES, 'trades');
/** Rows every five seconds, over the end of a minute and of an hour. */
const ROWS = 30;
/** Of a clock whose waits take no longer than a turn. */
const UPLOAD_MS = 1e9;

async function session(span: '1m' | '1h', effects: SpoolEffects, part = 'a1'): Promise<void> {
  const spool = await openSpool({ ...OPTIONS, span, part }, effects);
  const recovering = spool.recover();
  spool.note({ is: 'begun', atUs: START_US, endpoint: 'e', market: 'usdm', lines: LINES });
  for (let row = 0; row < ROWS; row++) {
    const receiveUs = START_US + row * 5 * SECOND_US;
    const slot = slots[row % 3];
    if (slot !== undefined) spool.row(slot.index, madeRow(slot, row, receiveUs), receiveUs);
    if (row % 4 === 0) await written(spool, effects);
  }
  spool.note({ is: 'ended', atUs: START_US + ROWS * 5 * SECOND_US });
  await spool.stop(UPLOAD_MS);
  await recovering;
}

async function runUntilKilled(
  work: SpoolAtWork,
  diesAt: number,
  run: (effects: SpoolEffects) => Promise<unknown>,
): Promise<{ readonly process: DyingProcess; readonly isKilled: boolean }> {
  const process = dyingProcess(work.effects, diesAt);
  const { folder, raw, clock } = process;
  const end = await Promise.race([run({ ...work.effects, folder, raw, clock }), process.killed]);
  return { process, isKilled: end === 'killed' };
}

async function nextStart(span: '1m' | '1h', effects: SpoolEffects): Promise<void> {
  const uploader = uploaderOf(effects, span);
  await uploader.start();
  await recovered(effects, uploader);
  await uploader.stop(UPLOAD_MS);
}

/** A minute whose segment has a head has a chunk of every slot, or its hour has. */
function checkEveryMinute(names: readonly string[], process: DyingProcess): void {
  const isHour = names.some((name) => /\/\d\d_a1\.csv/u.test(name));
  for (const [path, text] of process.written) {
    if (!text.includes('\n')) continue;
    const [, clock = ''] = /T(\d\d-\d\d)_/u.exec(path) ?? [];
    for (const { symbol, stream } of slots) {
      const end = isHour ? clock.slice(0, 2) : clock;
      expect(names).toContain(`${symbol}/${stream}/2025-12-12/${end}_a1.csv.gz`);
    }
  }
}

/** Everything that was written, and nothing else, lies in the store. */
async function check(work: SpoolAtWork, process: DyingProcess): Promise<number> {
  const expected = slots.map((_, slot) =>
    [...process.written.values()].flatMap((text) => rowsInSegment(text, slots)[slot] ?? []),
  );
  const contents = await work.contents();
  expect(rowsInChunks(contents, slots)).toEqual(expected);
  checkEveryMinute([...contents.keys()], process);
  const sidecars = [...contents]
    .filter(([name]) => name.startsWith('_recorder/'))
    .map(([, bytes]): unknown => JSON.parse(Buffer.from(bytes).toString()));
  const isEnded = [...process.written.values()].some((text) => /^!.*"ended".*\n/mu.test(text));
  let rows = 0;
  for (const [index, sidecar] of sidecars.entries()) {
    if (!isSidecar(sidecar)) throw new Error('no sidecar');
    if (index === sidecars.length - 1 && isEnded) expect(sidecar.ended).toBe('stopped');
    if (index === sidecars.length - 1 && !isEnded) expect(sidecar.ended).not.toBe('stopped');
    if (index < sidecars.length - 1) expect(sidecar.ended).toBe('running');
  }
  for (const sidecar of sidecars) {
    if (!isSidecar(sidecar)) throw new Error('no sidecar');
    for (const stream of sidecar.streams) rows += stream.rows;
  }
  expect(rows).toBe(expected.flat().length);
  for (const place of ['segments', 'stage', 'kept', 'trash', 'pending', 'aside']) {
    expect(await work.effects.folder.list(place), place).toEqual([]);
  }
  return rows;
}

/** Whether it was killed before its end. */
async function killAndStart(
  span: '1m' | '1h',
  work: SpoolAtWork,
  diesAt: number,
): Promise<boolean> {
  const { process, isKilled } = await runUntilKilled(work, diesAt, (effects) =>
    session(span, effects),
  );
  await process.bury();
  await nextStart(span, work.effects);
  await check(work, process);
  expect(work.events.filter((event) => event.startsWith('ERROR'))).toEqual([]);
  await work.clear();
  return isKilled;
}

describe.each(['1m', '1h'] as const)('a session with chunks of %s', (span) => {
  test('stores every row when nothing fails', async () => {
    const work = await spoolAtWork();
    const { process, isKilled } = await runUntilKilled(work, Infinity, (effects) =>
      session(span, effects),
    );
    expect(isKilled).toBe(false);
    expect(await check(work, process)).toBe(ROWS);
    const ends = span === '1m' ? ['00-58', '00-59', '01-00', '01-01'] : ['00', '01'];
    expect(work.store.names().filter((name) => name.startsWith('币安人生USDT/'))).toEqual(
      ends.map((end) => `币安人生USDT/depth/2025-12-12/${end}_a1.csv.gz`),
    );
    await work.clear();
  });

  test('loses nothing that was written, wherever it is killed', { timeout: 60_000 }, async () => {
    let kills = 0;
    for (let diesAt = 1, isOver = false; !isOver; diesAt++) {
      isOver = !(await killAndStart(span, spoolInMemory(), diesAt));
      kills += isOver ? 0 : 1;
    }
    expect(kills).toBeGreaterThan(50);
  });

  test('loses nothing on a real disk either', { timeout: 60_000 }, async () => {
    let kills = 0;
    for (let diesAt = 2, isOver = false; !isOver; diesAt += 17) {
      isOver = !(await killAndStart(span, await spoolAtWork(), diesAt));
      kills += isOver ? 0 : 1;
    }
    expect(kills).toBeGreaterThan(3);
  });

  test('loses nothing when the next start is killed too', { timeout: 60_000 }, async () => {
    let kills = 0;
    for (let diesAt = 20; diesAt < 80; diesAt += 15) {
      for (let thenAt = 1, isOver = false; !isOver; thenAt++) {
        const work = spoolInMemory();
        const { process } = await runUntilKilled(work, diesAt, (effects) => session(span, effects));
        const next = await runUntilKilled(work, thenAt, (effects) => nextStart(span, effects));
        isOver = !next.isKilled;
        kills += next.isKilled ? 1 : 0;
        await nextStart(span, work.effects);
        await check(work, process);
      }
    }
    expect(kills).toBeGreaterThan(50);
  });

  test(
    'loses nothing when a session is killed beside its recovery',
    { timeout: 60_000 },
    async () => {
      let kills = 0;
      for (const diesAt of [15, 40, 65]) {
        for (let thenAt = 5, isOver = false; !isOver; thenAt += 11) {
          const work = spoolInMemory();
          const first = await runUntilKilled(work, diesAt, (effects) => session(span, effects));
          const next = await runUntilKilled(work, thenAt, (effects) =>
            session(span, effects, 'a2'),
          );
          isOver = !next.isKilled;
          kills += next.isKilled ? 1 : 0;
          await nextStart(span, work.effects);
          const texts = [...first.process.written.values(), ...next.process.written.values()];
          const expected = texts.flatMap((text) => rowsInSegment(text, slots).flat());
          const stored = rowsInChunks(await work.contents(), slots).flat();
          expect(stored.toSorted()).toEqual(expected.toSorted());
          expect(work.events.filter((event) => event.startsWith('ERROR'))).toEqual([]);
          for (const place of ['segments', 'stage', 'kept', 'trash', 'pending', 'aside']) {
            expect(await work.effects.folder.list(place), place).toEqual([]);
          }
        }
      }
      expect(kills).toBeGreaterThan(20);
    },
  );
});
