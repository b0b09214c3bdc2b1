/** backfill, rerun and follow by the built binary, against the deployed workflow of the local cloud. */
import { describe, expect, test, vi } from 'vitest';
import {
  endAtAggregate,
  jobsOf,
  type LocalCloud,
  planOf,
  startServices,
} from '../../support/cloud/local/local-cloud.js';
import { type Operator, operatorOf } from '../../support/cloud/operator.js';
import { printCases } from '../../support/e2e/print-cases.js';
import type { RunningProcess, RunResult } from '../../support/workdir.js';

const services = await startServices();
const report = printCases('a command');
const NOW = '2024-05-10T00:20:00Z';
const SYMBOLS = ['AUSDT', 'BUSDT'];
const DAYS = ['2024-05-06', '2024-05-07', '2024-05-08', '2024-05-09'];
const DAY = ['--from', '2024-05-06'];
const BOTH = ['--from', '2024-05-06', '--to', '2024-05-07'];

async function recorded(dates: readonly string[] = DAYS): Promise<[LocalCloud, Operator]> {
  const cloud = await services.fresh({ now: NOW });
  await cloud.record(SYMBOLS, dates);
  return [cloud, operatorOf(cloud)];
}

interface Document {
  readonly execution: string;
  readonly records: readonly {
    readonly symbol: string;
    readonly date: string;
    readonly outcome: string;
  }[];
}

/** `AUSDT 2024-05-06 published` for each record of the printed document. */
function outcomesIn({ stdout }: RunResult): string[] {
  const { records } = JSON.parse(stdout) as Document;
  return records.map(({ symbol, date, outcome }) => `${symbol} ${date} ${outcome}`);
}

function lastLine({ stderr }: RunResult): string {
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}

/** Holds all tasks after the plan until the returned function is called. */
function holdTasks({ cloudRun }: LocalCloud): () => void {
  const { promise: until, resolve } = Promise.withResolvers<void>();
  cloudRun.faults.taskFault = ({ command }) =>
    command === 'plan' ? undefined : { kind: 'wait', until };
  return resolve;
}

/** Waits until the process writes this text to stderr. */
async function said({ child }: RunningProcess, text: string): Promise<void> {
  await new Promise<void>((settle) => {
    child.stderr?.on('data', (bytes: Buffer) => {
      if (bytes.toString().includes(text)) settle();
    });
  });
}

describe.skipIf(!services.areThere)('backfill --wait', () => {
  test('ends with the records and the summary of the run', async () => {
    const [cloud, operator] = await recorded();
    const result = await operator.run(['backfill', ...BOTH, '--wait']);
    const [id = ''] = /started (\S+):/u.exec(result.stderr)?.slice(1) ?? [];
    report('backfill --wait', `exit code ${result.code}`, [lastLine(result)]);
    expect(JSON.parse(result.stdout)).toMatchObject({
      execution: id,
      state: 'succeeded',
      error: null,
      good: true,
      symbol_days: 4,
      arguments: { from: '2024-05-06', to: '2024-05-07', symbols: SYMBOLS },
    });
    expect(outcomesIn(result)).toEqual([
      'AUSDT 2024-05-06 published',
      'AUSDT 2024-05-07 published',
      'BUSDT 2024-05-06 published',
      'BUSDT 2024-05-07 published',
    ]);
    expect(result.stderr).toContain(`started ${id}: 2 symbols, 2024-05-06..2024-05-07\n`);
    expect(lastLine(result)).toBe(
      `good (exit code 0): 4 published; below gs://${cloud.out}/agg: summary _manifest/runs/${id}/summary.json, manifests _manifest/{DATE}.json, reports {SYMBOL}/{DATE}_quality.json`,
    );
    expect(result.code).toBe(0);
    // A later follow reads the run's own plan, although the deployment's list has changed.
    await cloud.put(cloud.out, 'agg/_symbols.json', '["AUSDT"]');
    const again = await operator.run(['follow', id]);
    expect(again).toMatchObject({ code: 0, stdout: result.stdout });
  });

  test('ends with 1 for a run that is not good, and says why', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    await cloud.record(['LATEUSDT'], ['2024-05-09']);
    const symbols = ['--symbols', 'AUSDT,LATEUSDT'];
    const result = await operator.run(['backfill', ...DAY, ...symbols, '--wait']);
    const [error = ''] = result.stderr.split('\n').filter((line) => line.startsWith('error: '));
    report('backfill --wait of a day without data', `exit code ${result.code}`, [error]);
    expect(error).toMatch(
      /^error: run \S+ is not good\. Worst symbol-days: LATEUSDT 2024-05-06 empty/u,
    );
    expect(JSON.parse(result.stdout)).toMatchObject({
      state: 'failed',
      error: { tags: ['RunNotGoodError'] },
      good: false,
      not_good: 1,
    });
    expect(lastLine(result)).toMatch(/^not good \(exit code 1\): 2 published/u);
    expect(result.code).toBe(1);
  });

  test('ends with 3 for a run that storage or machines failed', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'plan' || command === 'task' ? undefined : { kind: 'exit', code: 3 };
    const result = await operator.run(['backfill', ...DAY, '--symbols', 'AUSDT', '--wait']);
    expect(lastLine(result)).toMatch(
      /^not good \(exit code 3, storage, network or machine failed/u,
    );
    expect(outcomesIn(result)).toEqual(['AUSDT 2024-05-06 published']);
    expect(result.code).toBe(3);
  });
});

describe.skipIf(!services.areThere)('the execution that is started', () => {
  test.for<[string, readonly string[], string, readonly string[]]>([
    ['the list of the deployment', [], '["BUSDT"]', ['BUSDT']],
    ['all folders whatever the list', ['--symbols', 'all'], '["BUSDT"]', SYMBOLS],
    ['the symbols that were named', ['--symbols', 'BUSDT,AUSDT'], '["X"]', ['BUSDT', 'AUSDT']],
  ])('takes %s, as its dry run says', async ([, args, list, symbols]) => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    await cloud.put(cloud.out, 'agg/_symbols.json', list);
    endAtAggregate(cloud);
    const dry = await operator.run(['backfill', ...DAY, ...args, '--dry-run']);
    expect(JSON.parse(dry.stdout)).toMatchObject({ symbols: symbols.length });
    expect(await operator.executions()).toEqual([]);
    expect(await operator.run(['backfill', ...DAY, ...args])).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(jobsOf(cloud)).toHaveLength(2), { timeout: 10_000 });
    const [execution] = await operator.executions();
    const id = String(execution?.['name']).split('/').at(-1) ?? '';
    expect(await planOf(cloud, id)).toMatchObject({ symbols });
  });

  test('is refused for its options before it starts', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    const root = `gs://${cloud.raw}/raw`;
    const cases: readonly (readonly [string, readonly string[], number, string])[] = [
      [
        'an unknown symbol',
        ['--symbols', 'AUSD'],
        2,
        `--symbols symbol: found 'AUSD', which has no folder in ${root}, expected 'AUSDT'`,
      ],
      [
        'another raw root',
        ['--raw', 'gs://other/raw'],
        2,
        `--raw root: found 'gs://other/raw', expected '${root}', the workflow's RAW_ROOT`,
      ],
      [
        'a workflow that is not there',
        ['--workflow', 'projects/local/locations/europe-west1/workflows/other'],
        2,
        "projects/local/locations/europe-west1/workflows/other look at: found HTTP 404 'Resource 'projects/local/locations/europe-west1/workflows/other' was not found', expected a deployed workflow",
      ],
    ];
    for (const [name, args, code, message] of cases) {
      const result = await operator.run(['backfill', ...DAY, ...args]);
      report(`backfill with ${name}`, `exit code ${result.code}`, [result.stderr.trimEnd()]);
      expect(result).toEqual({
        code,
        signal: undefined,
        stdout: '',
        stderr: `error: ${message}\n`,
      });
    }
    expect(await operator.executions()).toEqual([]);
  });
});

describe.skipIf(!services.areThere)('status', () => {
  test('reads missing roots from the workflow', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    await cloud.runWell({ end_date: '2024-05-06' });
    const day = ['--from', '2024-05-06', '--to', '2024-05-06', '--coverage-min', '0'];
    const result = await operator.run(['status', ...day, '--live']);
    expect(JSON.parse(result.stdout)).toMatchObject({
      out: `gs://${cloud.out}/agg`,
      live: true,
      counts: { partial: 2 },
    });
    expect(result.code).toBe(0);
  });
});

describe.skipIf(!services.areThere)('rerun', () => {
  test('skips an unchanged day, computes it by force, and adds a resolution', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    const day = ['rerun', '--symbol', 'BUSDT', '--date', '2024-05-06'];
    await cloud.runWell({ end_date: '2024-05-06' });
    const before = await cloud.generations();
    const outcomes: unknown[] = [];
    for (const more of [[], ['--force'], ['--resolutions', '1m,1h']]) {
      const result = await operator.run([...day, ...more, '--wait']);
      outcomes.push([result.code, ...outcomesIn(result), lastLine(result)]);
    }
    const same = 'unchanged files: 1 of 1';
    expect(outcomes).toEqual([
      [0, 'BUSDT 2024-05-06 unchanged', same],
      [0, 'BUSDT 2024-05-06 published', same],
      [0, 'BUSDT 2024-05-06 published', same],
    ]);
    const after = await cloud.generations();
    const published = [...after.keys()].filter((name) => !name.includes('/runs/'));
    expect(published.filter((name) => before.get(name) !== after.get(name))).toEqual([
      'agg/BUSDT/2024-05-06_1h.csv',
      'agg/BUSDT/2024-05-06_quality.json',
      'agg/_manifest/2024-05-06.json',
    ]);
  });
});

describe.skipIf(!services.areThere)('follow', () => {
  test('ends with 2 for an argument that the workflow refuses', async () => {
    const [, operator] = await recorded(['2024-05-06']);
    const id = await operator.begin({ start_date: '2024-05-08', end_date: '2024-05-06' });
    const result = await operator.run(['follow', id]);
    const [error = ''] = result.stderr.split('\n');
    report('follow an execution with reversed days', `exit code ${result.code}`, [error]);
    expect(error).toBe(
      "error: end_date date: found '2024-05-06' before start_date '2024-05-08', expected the same day or later",
    );
    expect(JSON.parse(result.stdout)).toMatchObject({
      state: 'failed',
      error: { tags: ['ArgumentError'] },
      good: false,
      records: [],
    });
    expect(result.code).toBe(2);
  });

  test('shows a scheduled execution down to the symbol-day', async () => {
    const [cloud, operator] = await recorded();
    const release = holdTasks(cloud);
    const id = await operator.begin({ lookback_days: 3 });
    const following = operator.start(['follow', id]);
    await said(following, 'aggregate: 2 tasks');
    release();
    const result = await following.result;
    expect(JSON.parse(result.stdout)).toMatchObject({ symbol_days: 8, good: true });
    expect(await planOf(cloud, id)).toMatchObject({
      arguments: { lookback_days: 3 },
      from: DAYS[0],
      to: DAYS[3],
      windows: [{ from: DAYS[0], to: DAYS[3] }],
      symbols_found: true,
    });
    expect(outcomesIn(result)).toEqual(
      SYMBOLS.flatMap((symbol) => DAYS.map((date) => `${symbol} ${date} published`)),
    );
    const [first = ''] = result.stderr.split('\n');
    report('follow', `exit code ${result.code}`, [first, lastLine(result)]);
    expect(first).toMatch(/^aggregate: 2 tasks$/u);
    expect(jobsOf(cloud)).toHaveLength(4);
    expect(result.code).toBe(0);
  });

  test('leaves the execution running when it is stopped', async () => {
    const [cloud, operator] = await recorded(['2024-05-06']);
    const release = holdTasks(cloud);
    const following = operator.start(['backfill', ...DAY, '--wait']);
    await said(following, 'aggregate: 2 tasks');
    following.child.kill('SIGINT');
    const { code, stdout, stderr } = await following.result;
    const [running] = await operator.executions();
    const id = String(running?.['name']).split('/').at(-1) ?? '';
    expect(running).toMatchObject({ state: 'ACTIVE' });
    expect(stderr).toContain(
      `stopped following; execution ${id} continues: flowbars follow ${id}\n`,
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    release();
    expect(await operator.run(['follow', id])).toMatchObject({ code: 0 });
  });
});
