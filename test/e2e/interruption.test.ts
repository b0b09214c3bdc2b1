/** A run that is killed or told to stop leaves whole files or none, and a second start finishes the work. */
import { constants, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProcessGroup, startGroup } from '../support/e2e/process-group.js';
import { runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import { SAMPLE_DATE, sampleRecording } from '../support/e2e/sample-recording.js';
import { expectStoredShapes, published, temporaryFiles } from '../support/e2e/stored-files.js';
import { Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'];
const ARGS = { symbols: 'all', from: SAMPLE_DATE, resolutions: '10s,1m' };
const LAST_REPORT = `CCCUSDT/${SAMPLE_DATE}_quality.json`;

const workdir = new Workdir();
let undisturbed: Map<string, string> = new Map();

beforeAll(async () => {
  await sampleRecording(workdir, { symbols: SYMBOLS.join(','), minutes: '2' });
  await runExpecting(workdir, 1, runArgs(ARGS));
  undisturbed = published(workdir);
  expect(undisturbed.has(LAST_REPORT)).toBe(true);
});

afterAll(() => workdir.dispose());

describe('a run with all of its tasks is killed', () => {
  test.for([
    ['before its first file', `AAAUSDT/${SAMPLE_DATE}_10s.csv`],
    ['between two bar files', `AAAUSDT/${SAMPLE_DATE}_1m.csv`],
    ['between bars and report', `AAAUSDT/${SAMPLE_DATE}_quality.json`],
    ['between two symbols', `BBBUSDT/${SAMPLE_DATE}_10s.csv`],
    ['before the manifest', `_manifest/${SAMPLE_DATE}.json`],
  ] as const)('%s', async ([place, file]) => {
    const out = `killed ${place}`;
    // The report is read before the first bar too, so the pipe takes its place only after the last bar.
    const isReport = file.endsWith('_quality.json');
    let hold = await holdFile(out, isReport ? `AAAUSDT/${SAMPLE_DATE}_1m.csv` : file);
    const group = startGroup(workdir, runArgs({ ...ARGS, out, jobs: '1' }));
    await Promise.race([hold.wanted, group.ended]);
    if (isReport) {
      const next = await holdFile(out, file);
      await hold.release();
      hold = next;
      await Promise.race([hold.wanted, group.ended]);
    }
    group.signalAll('SIGKILL');
    expect(await group.ended).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
    await hold.release();
    expect([...published(workdir, out).keys()].sort()).toEqual(doneBefore(file));
    expect(workdir.exists(`${out}/${file}`)).toBe(false);
    expectWholeFiles(out);
    await expectFinished(out);
  });
});

test('a run is killed and its tasks go on beside those of the second start', async () => {
  const out = 'orphans';
  const group = startGroup(workdir, runArgs({ ...ARGS, out, jobs: '3' }));
  await group.said('published');
  group.signalLeader('SIGKILL');
  await expectFinished(out);
  expect(await group.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(published(workdir, out)).toEqual(undisturbed);
});

describe('a run is told to stop', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s and ends with %i', async ([signal, code]) => {
    const held = await heldRun(`stopped by ${signal}`);
    held.group.signalLeader(signal);
    await expectStopped(held, { signal, code });
  });

  test('by an interrupt of the terminal, which goes to its tasks as well', async () => {
    const held = await heldRun('interrupted');
    held.group.signalAll('SIGINT');
    await expectStopped(held, { signal: 'SIGINT', code: 130 });
  });
});

interface HeldRun {
  readonly group: ProcessGroup;
  readonly out: string;
  readonly hold: Hold;
}

/** A run whose first symbol is done, and whose second waits to write its first file. */
async function heldRun(out: string): Promise<HeldRun> {
  const hold = await holdFile(out, `BBBUSDT/${SAMPLE_DATE}_10s.csv`);
  const group = startGroup(workdir, runArgs({ ...ARGS, out, jobs: '1' }));
  await Promise.race([hold.wanted, group.ended]);
  return { group, out, hold };
}

async function expectStopped(
  { group, out, hold }: HeldRun,
  { signal, code }: { readonly signal: string; readonly code: number },
): Promise<void> {
  // From here on no other symbol starts, and no process ends while it waits to read a pipe.
  await group.said('to stop');
  await hold.release();
  const end = await group.ended;
  expect(end).toMatchObject({ code, signal: null, stdout: '' });
  expect(end.stderr.trimEnd().split('\n').at(-1)).toBe(
    `stopped by ${signal}; start again to finish`,
  );
  expect(workdir.exists(`${out}/AAAUSDT/${SAMPLE_DATE}_quality.json`)).toBe(true);
  expect(workdir.exists(`${out}/${LAST_REPORT}`)).toBe(false);
  expectWholeFiles(out);
  await expectFinished(out);
}

/** Every published name holds what an undisturbed run publishes. */
function expectWholeFiles(out: string): void {
  const temporary = temporaryFiles(workdir, out);
  const visible = [...published(workdir, out)].filter(([name]) => !temporary.includes(name));
  for (const [name, content] of visible) expect(content === undisturbed.get(name), name).toBe(true);
  // Readers list without hidden files; leftovers of a killed process are hidden.
  for (const name of temporary) expect(name).toMatch(/(?:^|\/)\.[^/]+$/);
}

async function expectFinished(out: string): Promise<void> {
  await runExpecting(workdir, 1, runArgs({ ...ARGS, out }));
  expect(published(workdir, out)).toEqual(undisturbed);
  expect(temporaryFiles(workdir, out).filter((name) => !name.includes('/runs/'))).toEqual([]);
  expectStoredShapes(workdir, out);
}

/** What a run with one task at a time has published before this file. */
function doneBefore(file: string): string[] {
  const order = SYMBOLS.flatMap((symbol) =>
    ['10s.csv', '1m.csv', 'quality.json'].map((ending) => `${symbol}/${SAMPLE_DATE}_${ending}`),
  );
  const place = order.indexOf(file);
  return order.slice(0, place < 0 ? order.length : place).sort();
}

interface Hold {
  /** Settles when a process opens the file to read, as every writer does first; that process then waits. */
  readonly wanted: Promise<void>;
  readonly release: () => Promise<void>;
}

/** A pipe in the place of a file: opening either end waits for the other, reading for the writer's end. */
async function holdFile(out: string, file: string): Promise<Hold> {
  const path = workdir.path(out, file);
  mkdirSync(dirname(path), { recursive: true });
  expect(await workdir.spawn('mkfifo', [path]).result).toMatchObject({ code: 0 });
  const writing = open(path, 'w');
  return {
    wanted: writing.then(() => undefined),
    release: async () => {
      // If no process came, our own reader lets the writer's end open.
      const reader: FileHandle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
      workdir.remove(`${out}/${file}`);
      await (await writing).close();
      await reader.close();
    },
  };
}
