/** A run that is killed or told to stop leaves whole files or none, and a second start finishes the work. */
import { watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
    const hold = holdFile(out, file);
    const group = startGroup(workdir, runArgs({ ...ARGS, out, jobs: '1' }));
    await Promise.race([hold.wanted, group.ended]);
    group.signalAll('SIGKILL');
    expect(await group.ended).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
    hold.release();
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
    const { group, out } = await heldRun(`stopped by ${signal}`);
    group.signalLeader(signal);
    await expectStopped(group, out, { signal, code });
  });

  test('by an interrupt of the terminal, which goes to its tasks as well', async () => {
    const { group, out } = await heldRun('interrupted');
    group.signalAll('SIGINT');
    await expectStopped(group, out, { signal: 'SIGINT', code: 130 });
  });
});

/** A run whose first symbol is done, and whose second waits to write its first file. */
async function heldRun(out: string): Promise<{ group: ProcessGroup; out: string }> {
  const hold = holdFile(out, `BBBUSDT/${SAMPLE_DATE}_10s.csv`);
  const group = startGroup(workdir, runArgs({ ...ARGS, out, jobs: '1' }));
  void group.ended.then(hold.release);
  await Promise.race([hold.wanted, group.ended]);
  return { group, out };
}

async function expectStopped(
  group: ProcessGroup,
  out: string,
  { signal, code }: { readonly signal: string; readonly code: number },
): Promise<void> {
  const end = await group.ended;
  expect(end).toMatchObject({ code, signal: null, stdout: '' });
  expect(end.stderr.trimEnd().split('\n').at(-1)).toBe(
    `stopped by ${signal}, a second start finishes the work`,
  );
  expect(workdir.exists(`${out}/AAAUSDT/${SAMPLE_DATE}_quality.json`)).toBe(true);
  expect(workdir.exists(`${out}/${LAST_REPORT}`)).toBe(false);
  expectWholeFiles(out);
  await expectFinished(out);
}

/** What can be seen under a published name is what an undisturbed run publishes. */
function expectWholeFiles(out: string): void {
  const temporary = temporaryFiles(workdir, out);
  const visible = [...published(workdir, out)].filter(([name]) => !temporary.includes(name));
  for (const [name, content] of visible) expect(content === undisturbed.get(name), name).toBe(true);
  // A reader lists without hidden files; what a killed process leaves is one.
  for (const name of temporary) expect(name).toMatch(/(?:^|\/)\.[^/]+$/);
}

async function expectFinished(out: string): Promise<void> {
  await runExpecting(workdir, 1, runArgs({ ...ARGS, out }));
  expect(published(workdir, out)).toEqual(undisturbed);
  expect(temporaryFiles(workdir, out).filter((name) => !name.includes('/runs/'))).toEqual([]);
  expectStoredShapes(workdir, out);
}

/** Stands in the way of whoever wants to write a file, as another writer does. */
function holdFile(out: string, file: string): { wanted: Promise<void>; release: () => void } {
  const prefix = `.${basename(file)}.`;
  // Of another machine, so that nobody here can say whether its process still runs.
  const rival = join(out, dirname(file), `${prefix}1-00000000-000000000000.flowbars-tmp`);
  workdir.write(rival, '');
  const wanted = Promise.withResolvers<void>();
  const watcher = watch(workdir.path(out, dirname(file)), (_event, name) => {
    if (name?.startsWith(prefix) === true && name !== basename(rival)) wanted.resolve();
  });
  return {
    wanted: wanted.promise,
    release: () => {
      watcher.close();
      workdir.remove(rival);
    },
  };
}
