/** Commands that start an execution or are refused; over folders, without a cloud. */
import { describe, expect, test } from 'vitest';
import { ARGUMENT_BYTES_MAX, argumentOf } from '../../../src/cli/execution/execution-request.js';
import { boundsOf } from '../../../src/core/plan/windows.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';
import { BAD_OPERATOR_REQUESTS } from '../../support/e2e/bad-operator-requests.js';
import { printCases } from '../../support/e2e/print-cases.js';
import { tinyRecording, writeChunks } from '../../support/e2e/tiny-recording.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { freshWorkdir, type RunResult, type Workdir } from '../../support/workdir.js';
import {
  type Answer,
  refused,
  startWorkflowServer,
  WORKFLOW,
  type WorkflowServer,
} from '../../support/operate/workflow-server.js';

const report = printCases('a request to the workflow');
const DATES = datesBetween(utcDate('2024-05-06', 'test'), utcDate('2024-05-08', 'test'));
const DAYS = ['--from', '2024-05-06', '--to', '2024-05-08'];
const REQUEST = {
  dates: DATES,
  range: boundsOf(DATES),
  recorded: false,
  resolutions: undefined,
  outputs: undefined,
  formats: undefined,
  windowDays: 31,
  symbolsWhere: '--symbols',
};

describe('the argument of an execution', () => {
  test('is the days alone where nothing else was asked for', () => {
    expect(argumentOf({ ...REQUEST, symbols: undefined })).toEqual({
      start_date: '2024-05-06',
      end_date: '2024-05-08',
    });
  });

  test('has what was asked for besides', () => {
    const symbols = ['B', 'A'].map((name) => symbolName(name, 'test'));
    const resolutions = parseResolutions('60s,1h', 'test');
    const range = { from: 'first', to: 'last' } as const;
    const days = { range, recorded: true, windowDays: 7 };
    const outputs = ['bars', 'signals'] as const;
    const formats = ['csv', 'parquet'] as const;
    const request = { ...REQUEST, ...days, symbols, resolutions, outputs, formats };
    expect(argumentOf(request, { force: true })).toEqual({
      start_date: 'first',
      end_date: 'last',
      recorded: true,
      symbols: ['B', 'A'],
      force: true,
      resolutions: '1m,1h',
      outputs: 'bars,signals',
      formats: 'csv,parquet',
      window_days: 7,
    });
    expect(argumentOf({ ...REQUEST, symbols: 'all' })).toMatchObject({ symbols: 'all' });
  });

  test.for([
    ['fits', ARGUMENT_BYTES_MAX],
    ['is too long by a byte', ARGUMENT_BYTES_MAX + 1],
  ] as const)('%s', ([, bytes]) => {
    const head = JSON.stringify(argumentOf({ ...REQUEST, symbols: [] })).length;
    // A name of 64 letters takes 67 bytes, with its quotes and a comma.
    const count = Math.floor((bytes - head - 3) / 67);
    const rest = 'X'.repeat(bytes - head - 2 - count * 67);
    const names = Array.from({ length: count }, (_, at) => String(at).padStart(64, 'S'));
    const symbols = [...names, rest].map((name) => symbolName(name, 'test'));
    const build = (): object => argumentOf({ ...REQUEST, symbols });
    if (bytes <= ARGUMENT_BYTES_MAX) expect(JSON.stringify(build())).toHaveLength(bytes);
    else
      expect(build).toThrow(`--symbols argument of the workflow: found ${bytes} bytes, expected`);
  });
});

interface Place {
  readonly workdir: Workdir;
  readonly server: WorkflowServer;
  readonly run: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<RunResult>;
}

/** A deployment over folders that holds the tiny recording of two symbols. */
async function deployed(): Promise<Place> {
  const workdir = freshWorkdir();
  for (const symbol of ['AUSDT', 'BUSDT']) writeChunks(workdir, 'raw', tinyRecording(symbol));
  const [raw, out] = [workdir.path('raw'), workdir.path('out')];
  const server = await startWorkflowServer({ RAW_ROOT: raw, OUT_ROOT: out });
  const where = {
    FLOWBARS_WORKFLOW: WORKFLOW,
    FLOWBARS_WORKFLOWS_ENDPOINT: server.endpoint,
    HOME: workdir.root,
  };
  return {
    workdir,
    server,
    run: async (args, env = {}) => await workdir.run(args, { env: { ...where, ...env } }),
  };
}

describe('a request', () => {
  test('is one execution, and its id and argument in a pipe', async () => {
    const { server, run } = await deployed();
    const symbols = ['--symbols', 'BUSDT,AUSDT'];
    const result = await run(['backfill', ...DAYS, ...symbols, '--force', '--window-days', '2']);
    const argument = {
      start_date: '2024-05-06',
      end_date: '2024-05-08',
      symbols: ['BUSDT', 'AUSDT'],
      force: true,
      window_days: 2,
    };
    expect(server.started).toEqual([argument]);
    expect(JSON.parse(result.stdout)).toEqual({ execution: 'e-1', argument });
    expect(result).toMatchObject({
      code: 0,
      stderr: 'started e-1: 2 symbols, 2024-05-06..2024-05-08\nfollow it: flowbars follow e-1\n',
    });
  });

  test('of one symbol-day is named', async () => {
    const { server, run } = await deployed();
    const day = ['--symbol', 'AUSDT', '--date', '2024-05-06', '--resolutions', '1m,5m'];
    const { code, stderr } = await run(['rerun', ...day]);
    expect(stderr).toContain('started e-1: AUSDT, 2024-05-06\n');
    const days = { start_date: '2024-05-06', end_date: '2024-05-06' };
    expect(server.started).toEqual([{ ...days, symbols: ['AUSDT'], resolutions: '1m,5m' }]);
    expect(code).toBe(0);
  });

  test('by dry run starts nothing and writes nothing', async () => {
    const { server, run, workdir } = await deployed();
    const { code, stdout } = await run(['backfill', ...DAYS, '--dry-run']);
    expectSchema('estimate', stdout);
    const raw = workdir.path('raw');
    // Two minutes of two streams of 05-06; the first trades chunks are the edge of no other day.
    expect(JSON.parse(stdout)).toMatchObject({
      workflow: WORKFLOW,
      raw,
      symbol_days: 6,
      to_compute: 6,
      without_data: 4,
      argument: { start_date: '2024-05-06', end_date: '2024-05-08' },
    });
    expect(server.started).toEqual([]);
    expect(workdir.files('out')).toEqual([]);
    expect(code).toBe(0);
  });

  test('works with its roots given where the settings may not be seen', async () => {
    const { server, run, workdir } = await deployed();
    server.answers.settings = refused(403, 'denied');
    const roots = ['--raw', workdir.path('raw'), '--out', workdir.path('out')];
    expect((await run(['backfill', ...DAYS, ...roots])).code).toBe(0);
    expect(server.started).toHaveLength(1);
  });

  test('takes a root with another slash at its end for the same', async () => {
    const { server, run, workdir } = await deployed();
    expect((await run(['backfill', ...DAYS, '--raw', `${workdir.path('raw')}/`])).code).toBe(0);
    expect(server.started).toHaveLength(1);
  });

  test('is followed to its end with --wait', async () => {
    const { server, run, workdir } = await deployed();
    workdir.write('out/_dataset.json', '{}');
    server.answers.look = failedAnswer('argument x: found 1, expected 2', ['ArgumentError']);
    const { code, stdout, stderr } = await run(['backfill', ...DAYS, '--wait']);
    expect(stderr).toMatch(/^started e-1: .*\nerror: argument x: found 1, expected 2\nnot good/u);
    expect(JSON.parse(stdout)).toMatchObject({ execution: 'e-1', state: 'failed', good: false });
    expect(code).toBe(2);
  });
});

function failedAnswer(message: string, tags: readonly string[]): Answer {
  const argument = JSON.stringify({ start_date: '2024-05-06', end_date: '2024-05-08' });
  const error = { payload: JSON.stringify({ message, tags }) };
  return { status: 200, body: { state: 'FAILED', argument, error } };
}

describe('a request is refused for', () => {
  test.for(BAD_OPERATOR_REQUESTS)(
    '%s',
    async ([name, args, code, message, { env, answers } = {}]) => {
      const { server, run, workdir } = await deployed();
      Object.assign(server.answers, answers);
      const result = await run(args, env);
      const said = result.stderr.replace(/^error: /u, '').trimEnd();
      const [raw, out] = [workdir.path('raw'), workdir.path('out')];
      const plain = said.replaceAll(raw, 'RAW').replaceAll(out, 'OUT');
      report(name, `exit code ${result.code}`, [plain]);
      expect(plain).toBe(message);
      expect(result).toMatchObject({ code, stdout: '' });
      expect(server.started).toEqual([]);
      expect(workdir.files('out')).toEqual([]);
    },
  );
});

describe('a signal while the service is silent', () => {
  const nothing = 'stopped by SIGINT; nothing was started\n';

  test.for<[string, readonly string[], string]>([
    ['starts nothing', ['backfill', ...DAYS], nothing],
    ['ends a dry run', ['backfill', ...DAYS, '--dry-run'], nothing],
    [
      'ends the following alone',
      ['follow', 'e-1'],
      'stopped following; execution e-1 continues: flowbars follow e-1\n',
    ],
  ])('%s', async ([, args, stderr]) => {
    const { server, workdir } = await deployed();
    server.answers.settings = undefined;
    const env = { FLOWBARS_WORKFLOW: WORKFLOW, FLOWBARS_WORKFLOWS_ENDPOINT: server.endpoint };
    const { child, result } = workdir.start(args, { env });
    await server.asked;
    child.kill('SIGINT');
    expect(await result).toMatchObject({ code: 130, stdout: '', stderr });
    expect(server.started).toEqual([]);
  });
});
