/** The built `flowbars repair`: what it refuses, what it prints, and how it stops. */
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemaErrors } from '../../support/schema/schemas.js';
import { copiesOf, freshWorkdir } from '../../support/workdir.js';

const ROOTS = ['--raw', 'raw', '--out', 'out'];
const DAY = ['--from', '2025-12-11', '--to', '2025-12-11'];
const REPAIR = ['repair', ...ROOTS, ...DAY];
const EXPECT = ['--expect', '2025-12-11T00:00:00Z/2025-12-11T00:02:00Z'];
const LATE = 'trades/2025-12-11/00-01.csv';

function dayBefore(back: number): string {
  return new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
}

/** Two minutes of A and B; B is published without its last chunk. */
const withStaleDay = copiesOf(async (workdir) => {
  const args = ['sample', '--raw', 'raw', '--minutes', '2', '--faults', 'none', '--symbols', 'A,B'];
  expect((await workdir.run(args)).code).toBe(0);
  const late = workdir.text(`raw/B/${LATE}`);
  workdir.remove(`raw/B/${LATE}`);
  const run = ['run', ...ROOTS, ...EXPECT, '--from', '2025-12-11', '--symbols', 'all'];
  expect((await workdir.run([...run, '--resolutions', '10s'])).code).toBe(1);
  workdir.write(`raw/B/${LATE}`, late);
});

function documentIn(stdout: string): unknown {
  const document: unknown = JSON.parse(stdout);
  expect(schemaErrors('repair', document)).toEqual([]);
  return document;
}

describe('flowbars repair', () => {
  test('in a dry run says what is stale, writes nothing and ends with 1', async () => {
    const workdir = await withStaleDay();
    const before = workdir.contents('out');
    const { code, stdout, stderr } = await workdir.run([...REPAIR, '--dry-run']);
    expect(documentIn(stdout)).toMatchObject({
      good: false,
      dry_run: true,
      from: '2025-12-11',
      to: '2025-12-11',
      symbol_days: 2,
      stale: 1,
      days: [{ symbol: 'B', cause: 'inputs', detail: `1 object added (B/${LATE})`, outcome: null }],
      runs: [{ run_id: null, symbols: ['B'], symbol_days: 1, rules: { resolutions: ['10s'] } }],
    });
    expect(stderr).toMatch(/^not good \(exit code 1\): 1 of 2 symbol-days from .* stale; 1 run/mu);
    expect(code).toBe(1);
    expect(before.size).toBeGreaterThan(5);
    expect(workdir.contents('out')).toEqual(before);
  });

  test('prints one document on stdout and plain lines on stderr, and is then good', async () => {
    const workdir = await withStaleDay();
    const { code, stdout, stderr } = await workdir.run(REPAIR);
    expect(documentIn(stdout)).toMatchObject({
      good: true,
      outcomes: { repaired: 1, failed: 0, undone: 0, not_started: 0 },
      days: [{ symbol: 'B', outcome: 'repaired', after: { status: 'complete' } }],
      runs: [{ end: 'done', message: null }],
    });
    expect(stderr).toMatch(/^B 2025-12-11: published complete, coverage 100%/mu);
    expect(stderr).toMatch(/^good \(exit code 0\): .* were stale; 1 repaired in 1 run /mu);
    expect(code).toBe(0);
    const again = await workdir.run([...REPAIR, '--dry-run']);
    expect(documentIn(again.stdout)).toMatchObject({ good: true, stale: 0, days: [], runs: [] });
    expect(again.code).toBe(0);
  });

  test('prints JSON lines alone in a Cloud Run job', async () => {
    const workdir = await withStaleDay();
    const { code, stdout, stderr } = await workdir.run(REPAIR, { env: { CLOUD_RUN_JOB: 'bars' } });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events.length).toBeGreaterThan(3);
    expect(events.at(-1)).toMatchObject({ event: 'result', exit_code: 0, severity: 'INFO' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s stops its tasks and leaves no copies behind', async (signal, exitCode) => {
    const workdir = await withStaleDay();
    mkdirSync(workdir.path('tmp'));
    const env = { TMPDIR: workdir.path('tmp') };
    const { child, result } = workdir.start(REPAIR, { env });
    let copies = 0;
    await new Promise<void>((settle) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        if (!bytes.toString().includes('task: 1 to do')) return;
        copies = readdirSync(env.TMPDIR).length;
        settle();
      });
    });
    child.kill(signal);
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain(`stopped by ${signal}; start again to finish`);
    expect({ code, stdout, copies }).toEqual({ code: exitCode, stdout: '', copies: 1 });
    expect(readdirSync(env.TMPDIR)).toEqual([]);
    expect((await workdir.run(REPAIR, { env })).code).toBe(0);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  test('looks at the 30 days up to yesterday unless it is told others', async () => {
    const workdir = await withStaleDay();
    const expected = [dayBefore(30), dayBefore(1)];
    const { code, stdout } = await workdir.run(['repair', ...ROOTS]);
    // Midnight may pass in between.
    if (dayBefore(1) === expected[1]) {
      expect(documentIn(stdout)).toMatchObject({ from: expected[0], to: expected[1] });
    }
    expect(code).toBe(0);
    const until = await workdir.run(['repair', ...ROOTS, '--to', '2025-12-20', '--dry-run']);
    expect(documentIn(until.stdout)).toMatchObject({ from: '2025-11-21', stale: 1 });
  });
});

describe('flowbars repair ends before it starts anything', () => {
  test('where the temporary folder lies in a root', async () => {
    const workdir = await withStaleDay();
    mkdirSync(workdir.path('out/tmp'));
    const env = { TMPDIR: workdir.path('out/tmp') };
    const { code, stderr } = await workdir.run(REPAIR, { env });
    expect(stderr).toMatch(/^error: TMPDIR temporary folder: found '.*out\/tmp', inside --out/u);
    expect(code).toBe(2);
    expect((await workdir.run([...REPAIR, '--dry-run'], { env })).code).toBe(1);
  });

  test('where the output root is not there', async () => {
    const workdir = await withStaleDay();
    const args = ['repair', '--raw', 'raw', '--out', 'ouut', '--dry-run'];
    const { code, stderr } = await workdir.run(args);
    expect(stderr).toMatch(
      /^error: --out root: found 'ouut': nothing there, expected an existing folder: 'out'/mu,
    );
    expect(code).toBe(2);
  });

  test('where the roots are of two markets', async () => {
    const workdir = await withStaleDay();
    workdir.write('raw/_dataset.json', '{"market":"usdm"}');
    workdir.write('out/_dataset.json', '{"market":"spot"}');
    const { code, stdout, stderr } = await workdir.run(REPAIR);
    expect(stderr).toMatch(/^error: out\/_dataset\.json field 'market': found "spot"/mu);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    ['--to', ['--to', '2999-01-01'], 'which is not over'],
    ['--from', ['--from', '2025-12-12', '--to', '2025-12-11'], "'2025-12-11' before --from"],
    ['--symbols', ['--symbols', 'A,A'], "--symbols symbols: found 'A' twice"],
    ['--force', ['--force'], "option: found '--force'"],
    ['--resolutions', ['--resolutions', '7s'], "--resolutions resolution: found '7s'"],
  ])('for a wrong %s', async (_name, args, message) => {
    const { code, stderr } = await freshWorkdir().run(['repair', ...ROOTS, ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
