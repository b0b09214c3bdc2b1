/** A day on several threads: the same bytes as on one, and the same errors. */
import { existsSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loggedLines, runTask } from '../support/e2e/cloud-task.js';
import type { Options } from '../support/e2e/run-flowbars.js';
import { rewriteChunks, sampleRecording } from '../support/e2e/sample-recording.js';
import { published } from '../support/e2e/stored-files.js';
import { Workdir } from '../support/workdir.js';

const DATE = '2025-12-11';
/** More than three stretches' worth of bytes, with every planted fault. */
const MINUTES = '50';
const EVERYTHING: Options = { resolutions: '1s,1m', outputs: 'bars,signals,patterns' };
/** A file that can be opened and not read, where the system has one. */
const UNREADABLE = '/proc/self/mem';

let workdir: Workdir;

beforeAll(async () => {
  workdir = new Workdir();
  await sampleRecording(workdir, { minutes: MINUTES });
});

afterAll(() => {
  workdir.dispose();
});

interface Ran {
  readonly code: number | undefined;
  readonly messages: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

async function onThreads(threads: number, out: string, options: Options = {}): Promise<Ran> {
  const expected = `${DATE}T00:00:00Z/${DATE}T00:${MINUTES}:00Z`;
  const what = { symbols: 'BTCUSDT', from: DATE, to: DATE, expect: expected };
  const how = { resolutions: '1m', threads: String(threads), out, ...options };
  const result = await runTask(workdir, 'task', 0, { ...what, ...how });
  const messages = loggedLines(result).map(({ message }) => message);
  return { code: result.code, messages, files: published(workdir, out) };
}

describe('a day on several threads', () => {
  test('has the bytes of the same day on one', async () => {
    const one = await onThreads(1, 'one', EVERYTHING);
    expect(one.messages).toContain(`BTCUSDT ${DATE}: on 1 thread`);
    expect(one.files.size).toBe(7);
    const events = one.files.get(`BTCUSDT/${DATE}_patterns.csv`)?.split('\n') ?? [];
    expect(events.length).toBeGreaterThan(10);
    const three = await onThreads(3, 'three', EVERYTHING);
    expect(three.messages).toContain(`BTCUSDT ${DATE}: on 3 threads`);
    expect(three.messages.filter((message) => message.includes('again'))).toEqual([]);
    expect(three.files).toEqual(one.files);
  });

  test('is computed again in one pass where only that is exact', async () => {
    rewriteChunks(workdir, 'texts', (name, content) => [
      [
        name,
        name.includes('/trades/') ? content.replaceAll(/,(\d+),(\w*)$/gmu, ',t$1,$2') : content,
      ],
    ]);
    const one = await onThreads(1, 'texts-one', { raw: 'texts' });
    const two = await onThreads(2, 'texts-two', { raw: 'texts' });
    expect(two.messages).toContain(`BTCUSDT ${DATE}: again, in one pass: ids that are texts`);
    expect(two.files).toEqual(one.files);
  });

  test.skipIf(!existsSync(UNREADABLE))('ends with the error of a further thread', async () => {
    rewriteChunks(workdir, 'unreadable', (name, content) => [[name, content]]);
    const name = `unreadable/BTCUSDT/depth/${DATE}/00-45.csv`;
    workdir.remove(name);
    symlinkSync(UNREADABLE, workdir.path(name));
    const { code, messages } = await onThreads(2, 'unreadable-out', { raw: 'unreadable' });
    expect(messages).toContain(`BTCUSDT ${DATE}: on 2 threads`);
    expect(messages.at(-2)).toMatch(/00-45\.csv read: found .*\(EIO\), expected /u);
    expect(code).toBe(3);
  });
});
