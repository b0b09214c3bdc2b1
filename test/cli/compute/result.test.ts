/** What a person and a pipe get at the end: table, closing line, JSON document. */
import { finding } from '../../../src/core/finding/finding-list.js';
import { describe, expect, test } from 'vitest';
import type { World } from '../../../src/cli/command/command.js';
import { finalizedDates, printResult, type RunResult } from '../../../src/cli/compute/result.js';
import { describeEvent } from '../../../src/cli/screen/describe-event.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';
import { manualClock } from '../../support/manual-clock.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const DATE = '2025-12-11';

function recordOf(symbol: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schema_version: SCHEMA_VERSION,
    run_id: 'r1',
    symbol,
    date: DATE,
    outcome: 'published',
    status: 'complete',
    coverage: 1,
    finalized: true,
    findings: [],
    trades: 1_234_567,
    snapshots: 864_000,
    files: [
      `${symbol}/${DATE}_1s.csv`,
      `${symbol}/${DATE}_1m.csv`,
      `${symbol}/${DATE}_quality.json`,
    ],
    input_objects: 2_880,
    input_bytes: 9e8,
    output_bytes: 1e7,
    seconds: 9.87,
    ...changes,
  };
}

const PARTIAL = recordOf('ETHUSDT', {
  status: 'partial',
  coverage: 0.9912345,
  findings: [
    { code: 'trade_ids_missing', severity: 'info', where: 'after id 7', detail: '3 ids missing' },
    { code: 'outage', severity: 'warning', where: '10:00/10:05', detail: 'feed_down for 300 s' },
  ],
});

type Stored = Pick<RunResult, 'hasSummary' | 'manifestDates'>;

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
}

function show(
  records: readonly RunRecord[],
  how: {
    stdoutTty: boolean;
    columns?: number;
    stderrTty?: boolean;
    json?: boolean;
    exitCode?: number;
    stored?: Stored;
    environment?: World['environment'];
  },
): Shown {
  const shown = { stdout: '', stderr: '' };
  const terminal = (name: 'stdout' | 'stderr', isTty: boolean): Terminal => ({
    isTty,
    columns: () => how.columns ?? 100,
    rows: () => 24,
    write: (text) => {
      shown[name] += text;
    },
    paint: (_style, text) => text,
    redraw: () => undefined,
  });
  const world: World = {
    environment: how.environment ?? {},
    clock: manualClock(),
    stdout: terminal('stdout', how.stdoutTty),
    stderr: terminal('stderr', how.stderrTty ?? false),
    stopped: new Promise(() => undefined),
  };
  const result: RunResult = {
    runId: 'r1',
    outRoot: 'out',
    symbolDays: records.map(({ symbol, date }) => ({
      symbol: symbolName(symbol, 'test'),
      date: utcDate(date, 'test'),
    })),
    records,
    exitCode: how.exitCode ?? 0,
    document: { run_id: 'r1', records },
    ...(how.stored ?? { hasSummary: true, manifestDates: [DATE] }),
  };
  printResult(result, how.json === true ? 'json' : undefined, world);
  return shown;
}

function findingLines(record: RunRecord): string[] {
  const lines = show([record], { stdoutTty: true }).stdout.split('\n');
  return lines.filter((line) => line.includes('└'));
}

describe('a result on a terminal', () => {
  test('is a table and one closing line', () => {
    const { stdout, stderr } = show([recordOf('BTCUSDT')], { stdoutTty: true, stderrTty: true });
    expect(stdout.split('\n')).toEqual([
      'symbol   date        status    coverage     trades  snapshots   took',
      '───────  ──────────  ────────  ────────  ─────────  ─────────  ─────',
      'BTCUSDT  2025-12-11  complete      100%  1,234,567    864,000  9.9 s',
      'out/BTCUSDT/2025-12-11_1s.csv',
      'out/BTCUSDT/2025-12-11_1m.csv',
      'out/BTCUSDT/2025-12-11_quality.json',
      'out/_manifest/2025-12-11.json',
      'out/_manifest/runs/r1/summary.json',
      'good (exit code 0): 1 published',
      '',
    ]);
    expect(stderr).toBe('');
  });

  test('has the first finding that matters below a row that is not complete', () => {
    const { stdout } = show([PARTIAL], { stdoutTty: true, exitCode: 1 });
    expect(stdout).toContain('  └ outage: feed_down for 300 s (10:00/10:05)\n');
    expect(stdout).toContain('not good (exit code 1): 1 published');
  });

  test('says every error of a day, and of a complete day its warnings', () => {
    const findings = [...PARTIAL.findings, finding('side_doubtful', 'trades', 'why')];
    expect(findingLines({ ...PARTIAL, findings }).join('\n')).toContain('side_doubtful: why');
    const complete = { ...recordOf('B'), findings: [finding('symbol_differs', 'trades', 'why')] };
    expect(findingLines(complete)).toEqual(['  └ symbol_differs: why (trades)']);
  });

  test('says that a day got worse, beside what matters most and on a complete day', () => {
    const worse = {
      code: 'day_worse',
      severity: 'warning',
      where: 'B',
      detail: 'was 100 %',
    } as const;
    const outage = '  └ outage: feed_down for 300 s (10:00/10:05)';
    const line = '  └ day_worse: was 100 % (B)';
    const partial = { ...PARTIAL, findings: [worse, ...PARTIAL.findings] };
    expect(findingLines(partial)).toEqual([outage, line]);
    expect(findingLines({ ...PARTIAL, findings: [worse] })).toEqual([line]);
    expect(findingLines(recordOf('B', { findings: [worse] }))).toEqual([line]);
    const { symbol, date, outcome, findings } = partial;
    expect(describeEvent('symbol_day', { symbol, date, outcome, findings })).toMatch(
      /^ETHUSDT 2025-12-11: published, .+; day_worse: was 100 % \(B\)$/u,
    );
  });

  test('shows no coverage of a day that failed', () => {
    const failed = recordOf('B', { outcome: 'failed', status: 'failed', coverage: 1, files: [] });
    const [, , row] = show([failed], { stdoutTty: true, exitCode: 1 }).stdout.split('\n');
    expect(row).toMatch(/^B +2025-12-11 +failed +– /u);
  });

  test('says that an unchanged symbol-day was skipped', () => {
    const { stdout } = show([recordOf('BTCUSDT', { outcome: 'unchanged' })], { stdoutTty: true });
    expect(stdout).toContain('complete (unchanged)');
    expect(stdout).toContain('good (exit code 0): 1 unchanged (skipped)\n');
  });

  test('names only files that are there', () => {
    const failed = recordOf('BTCUSDT', { outcome: 'failed', status: 'failed', files: [] });
    const none: Stored = { hasSummary: false, manifestDates: [] };
    const lineOf = (records: readonly RunRecord[], stored = none): string =>
      show(records, { stdoutTty: false, exitCode: 1, stored }).stderr;
    expect(lineOf([failed])).toBe('not good (exit code 1): 1 failed\n');
    expect(lineOf([failed, PARTIAL])).toContain(
      ': 1 published, 1 failed; below out: report ETHUSDT/2025-12-11_quality.json\n',
    );
    expect(lineOf([failed], { hasSummary: true, manifestDates: [] })).toMatch(
      /; below out: summary _manifest\/runs\/r1\/summary\.json\n$/,
    );
    expect(lineOf([failed], { hasSummary: false, manifestDates: ['2025-12-10', DATE] })).toMatch(
      /; below out: manifests _manifest\/\{DATE\}\.json\n$/,
    );
  });

  test('takes the days that the final step has been through from the records', () => {
    const records = [recordOf('A'), recordOf('B'), recordOf('C', { finalized: false })];
    expect(finalizedDates(records)).toEqual([DATE]);
    expect(finalizedDates(records.slice(2))).toEqual([]);
  });

  test('says how many rows and files it leaves out', () => {
    const records = Array.from({ length: 203 }, (_, index) => recordOf(`S${index}`));
    const { stdout } = show(records, { stdoutTty: true });
    expect(stdout).toContain('… and 3 more, --json shows all');
    expect(stdout).toContain('out/S1/2025-12-11_quality.json\n');
    expect(stdout).toContain('… and 603 more like these, of 201 symbol-days');
  });

  test('folds findings and hints at words and drops whole columns', () => {
    const detail = "1,440 chunks: header: found 'time,side,px', expected the columns of trades";
    const where = `${'LONGEST'.repeat(8)}/trades/2025-12-11/00-00.csv`;
    const records = [
      recordOf('LONGEST'.repeat(8), {
        outcome: 'unchanged',
        status: 'partial',
        findings: [
          { code: 'outage', severity: 'warning', where: '10:00/10:05', detail: 'feed_down' },
          { code: 'chunk_unreadable', severity: 'warning', where, detail },
        ],
        hints: ['--sparse-trades, if no trades chunk is written for a minute without trades, none'],
        files: [],
      }),
    ];
    const { stdout } = show(records, { stdoutTty: true, columns: 80, exitCode: 3 });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^symbol +date +status$/u);
    expect(lines.slice(3)).toEqual([
      "  └ chunk_unreadable: 1,440 chunks: header: found 'time,side,px', expected the",
      '    columns of trades; first',
      `    ${where}`,
      '    try: --sparse-trades, if no trades chunk is written for a minute without',
      '         trades, none',
      'out/_manifest/2025-12-11.json',
      'out/_manifest/runs/r1/summary.json',
      'not good (exit code 3, storage, network or machine failed;',
      '  start again to finish): 1 unchanged (skipped)',
      '',
    ]);
  });
});

describe('a result in a pipe', () => {
  test('is one JSON document on stdout and a plain line on stderr', () => {
    const { stdout, stderr } = show([PARTIAL], { stdoutTty: false, exitCode: 1 });
    expect(JSON.parse(stdout)).toEqual({ run_id: 'r1', records: [PARTIAL] });
    expect(stderr).toMatch(/^not good \(exit code 1\): 1 published; .+\n$/);
  });

  test('is the same with --json on a terminal, with the table on stderr', () => {
    const { stdout, stderr } = show([PARTIAL], { stdoutTty: true, stderrTty: true, json: true });
    expect(JSON.parse(stdout)).toEqual({ run_id: 'r1', records: [PARTIAL] });
    expect(stderr).toMatch(/^symbol +date/);
  });
});

test.each([false, true])('a result in a Cloud Run job is one JSON line, --json %s', (json) => {
  const environment = { CLOUD_RUN_JOB: 'bars' };
  const { stdout, stderr } = show([PARTIAL], { stdoutTty: false, exitCode: 1, json, environment });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const event: unknown = JSON.parse(stdout);
  expect(event).toMatchObject({
    severity: 'ERROR',
    event: 'result',
    run_id: 'r1',
    exit_code: 1,
    symbol_days: 1,
  });
  const sentence = /^not good \(exit code 1\): 1 published/;
  expect(event).toHaveProperty('message', expect.stringMatching(sentence));
});
