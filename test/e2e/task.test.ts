/** The task of a symbol in Cloud Run: where it finds its work, and what a second attempt does. */
import { beforeEach, describe, expect, test } from 'vitest';
import { loggedLines, runTask, TASK_RUN_ID, taskVariables } from '../support/e2e/cloud-task.js';
import { expectStoredShapes, fileStates, published } from '../support/e2e/stored-files.js';
import {
  chunkName,
  editLines,
  TINY_DATE,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { freshWorkdir, type Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', 'BBBUSDT'];
const LIST = { symbols: SYMBOLS.join(',') };

let workdir: Workdir;

beforeEach(() => {
  workdir = freshWorkdir();
  for (const symbol of SYMBOLS) writeChunks(workdir, 'raw', tinyRecording(symbol));
});

describe('a task', () => {
  test.for([
    ['a comma list', 'AAAUSDT, BBBUSDT'],
    ['a JSON list', '["AAAUSDT", "BBBUSDT"]'],
    ['the folders of the raw root', 'all'],
  ] as const)('takes the symbol at its index from %s', async ([, symbols]) => {
    expect(await runTask(workdir, 'task', 1, { symbols })).toMatchObject({ code: 0, stderr: '' });
    expect([...published(workdir).keys()]).toEqual([
      `BBBUSDT/${TINY_DATE}_1m.csv`,
      `BBBUSDT/${TINY_DATE}_quality.json`,
    ]);
    expect(record('BBBUSDT')).toMatchObject({ outcome: 'published', run_id: TASK_RUN_ID });
  });

  test('without an index is refused', async () => {
    const { CLOUD_RUN_TASK_INDEX: _, ...env } = taskVariables(0, LIST);
    const result = await workdir.run(['task'], { env });
    expect(result.code).toBe(2);
    expect(loggedLines(result)).toEqual([
      {
        severity: 'ERROR',
        message:
          'CLOUD_RUN_TASK_INDEX variable: found nothing, expected the index of a symbol, from 0',
      },
    ]);
  });

  test('says each event in a line of JSON with a severity and a sentence', async () => {
    const lines = loggedLines(await runTask(workdir, 'task', 0, LIST));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.at(-1)).toMatchObject({ severity: 'INFO' });
    expect(lines.at(-1)?.message).toMatch(/^AAAUSDT 2024-05-06: published complete, coverage 100%/);
  });
});

describe('a task that runs again', () => {
  test('keeps published in the record of its run', async () => {
    await runTask(workdir, 'task', 0, LIST);
    const before = fileStates(workdir);
    const again = await runTask(workdir, 'task', 0, LIST);
    expect(again.code).toBe(0);
    expect(record('AAAUSDT')).toMatchObject({ outcome: 'published', finalized: false });
    expect(fileStates(workdir)).toEqual(before);
  });

  test('at the same time as the first one does no harm', async () => {
    const tasks = [0, 1, 2].map(async () => await runTask(workdir, 'task', 0, LIST));
    for (const { code } of await Promise.all(tasks)) expect(code).toBe(0);
    expect(record('AAAUSDT')).toMatchObject({ outcome: 'published' });
    const together = published(workdir);
    await runTask(workdir, 'task', 0, { ...LIST, out: 'alone' });
    expect(together).toEqual(published(workdir, 'alone'));
    expect(workdir.files('out').filter((name) => name.includes('tmp'))).toEqual([]);
  });
});

describe('a task whose data is not good', () => {
  test('stores why in its record and ends with 0', async () => {
    malform('AAAUSDT');
    const result = await runTask(workdir, 'task', 0, LIST);
    expect(result.code).toBe(0);
    expect(loggedLines(result).at(-1)).toEqual({
      severity: 'WARNING',
      message:
        'AAAUSDT 2024-05-06: failed, too_many_malformed: 30 of 60 rows of trades are malformed,' +
        ' the first in row: found 6 fields, expected 5' +
        ' (AAAUSDT/trades/2024-05-06/00-00.csv line 2)',
    });
    expect(record('AAAUSDT')).toMatchObject({
      outcome: 'failed',
      status: 'failed',
      findings: [{ code: 'too_many_malformed', severity: 'error' }, { code: 'ids_absent' }],
    });
    expect(published(workdir).size).toBe(0);
    expectStoredShapes(workdir);
  });

  test('leaves what was published of the day', async () => {
    await runTask(workdir, 'task', 0, LIST);
    const before = fileStates(workdir);
    malform('AAAUSDT');
    await runTask(workdir, 'task', 0, { ...LIST, 'run-id': 'execution-2' });
    expect(record('AAAUSDT', 'execution-2')).toMatchObject({ outcome: 'failed' });
    expect(fileStates(workdir)).toEqual(before);
  });

  test('does not take published bars away when the inputs have vanished', async () => {
    await runTask(workdir, 'task', 0, LIST);
    const before = fileStates(workdir);
    workdir.remove('raw/AAAUSDT');
    workdir.write('raw/AAAUSDT/readme.txt', 'no chunk');
    await runTask(workdir, 'task', 0, { ...LIST, 'run-id': 'execution-2' });
    expect(record('AAAUSDT', 'execution-2')).toMatchObject({
      outcome: 'failed',
      findings: [{ code: 'inputs_vanished', severity: 'error' }],
    });
    expect(fileStates(workdir)).toEqual(before);
  });
});

function record(symbol: string, runId = TASK_RUN_ID): unknown {
  return workdir.json(`out/_manifest/runs/${runId}/${symbol}/${TINY_DATE}.json`);
}

/** More than ten rows with a surplus cell. */
function malform(symbol: string): void {
  const chunks = tinyRecording();
  editLines(chunks, 'trades', (lines) =>
    lines.map((line, index) => (index === 0 || line === '' ? line : `${line},x`)),
  );
  const malformed = chunks.get(chunkName('trades', '00-00')) ?? '';
  workdir.write(`raw/${chunkName('trades', '00-00', symbol)}`, malformed);
}
