/** Sidecars beside a recording with a planted outage: each cause in the report and on the pages that name outages. */
import { describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { recordsOf, runArgs, runExpecting } from '../../support/e2e/run-flowbars.js';
import { SAMPLE_DATE, sampleRecording } from '../../support/e2e/sample-recording.js';
import { bars } from '../../support/e2e/stored-files.js';
import { type MadeLine, madeSidecar, sidecarFile } from '../../support/recorder/made-sidecar.js';
import { copiesOf, type Workdir } from '../../support/workdir.js';

const SYMBOL = 'AAAUSDT';
const SYMBOLS = [SYMBOL, 'BBBUSDT'];
const EXPECT = `${SAMPLE_DATE}T00:00:00Z/${SAMPLE_DATE}T00:04:00Z`;
const ROOTS = ['--raw', 'raw', '--out', 'out'];
const DAYS = ['--from', SAMPLE_DATE, '--to', SAMPLE_DATE];
/** The planted outage of both streams. */
const [OUT_FROM, OUT_TO] = [at('00:01:20'), at('00:01:40')];

const copy = copiesOf(async (workdir) => {
  await sampleRecording(workdir, { symbols: SYMBOLS.join(','), faults: 'outage' });
  await run(workdir);
});

function at(clock: string): string {
  return `${SAMPLE_DATE}T${clock}.000Z`;
}

async function run(workdir: Workdir) {
  const day = { symbols: 'all', from: SAMPLE_DATE, expect: EXPECT };
  return await runExpecting(workdir, 1, runArgs(day));
}

function writeSidecar(workdir: Workdir, lines: readonly MadeLine[], to = at('01:00:00')): void {
  const [name, text] = sidecarFile(madeSidecar({ from: at('00:00:00'), to, lines }));
  workdir.write(`raw/${name}`, text);
}

function linesWith(changes: Partial<MadeLine>, symbols = SYMBOLS): MadeLine[] {
  return [
    { stream: 'trades', symbols, ...changes },
    { stream: 'depth', symbols, ...changes },
  ];
}

function reportOf(workdir: Workdir): Readonly<Record<string, unknown>> {
  const report = workdir.json(`out/${SYMBOL}/${SAMPLE_DATE}_quality.json`);
  if (!isDictionary(report)) throw new Error('no report');
  return report;
}

/** The outage in which both streams were silent. */
function downIn(workdir: Workdir): unknown {
  const outages = reportOf(workdir)['outages'];
  if (!Array.isArray(outages)) throw new Error('no outages');
  return outages.filter(isDictionary).find(({ kind }) => kind === 'feed_down');
}

describe('a sidecar that arrives after the run names the cause of the planted outage', () => {
  test.for<[string, (workdir: Workdir) => void]>([
    ['recorder_down', (workdir) => writeSidecar(workdir, linesWith({}), at('00:01:18'))],
    [
      'disconnected',
      (workdir) =>
        writeSidecar(
          workdir,
          linesWith({
            open: [
              [at('00:00:00'), OUT_FROM],
              [OUT_TO, null],
            ],
          }),
        ),
    ],
    [
      'socket_silent',
      (workdir) => writeSidecar(workdir, linesWith({ silent: [[OUT_FROM, OUT_TO]] })),
    ],
    ['symbol_silent', (workdir) => writeSidecar(workdir, linesWith({}))],
  ])('%s', async ([cause, write]) => {
    const workdir = await copy();
    const before = bars(workdir);
    expect(reportOf(workdir)['sidecars']).toEqual([]);
    expect(downIn(workdir)).toMatchObject({ cause: null, causes: [] });
    write(workdir);
    const stale = await workdir.run(['status', ...ROOTS, ...DAYS, '--live', '--json']);
    expect(stale.stdout).toContain('"stale": 2');
    const asked = await workdir.run(['repair', ...ROOTS, ...DAYS, '--dry-run', '--json']);
    expect(asked.stdout).toContain(`1 object added (_recorder/${SAMPLE_DATE}/00_a1.json)`);
    const done = await run(workdir);
    expect(recordsOf(done).map(({ outcome }) => outcome)).toEqual(['published', 'published']);
    expect(downIn(workdir)).toMatchObject({ cause });
    expect(reportOf(workdir)['sidecars']).toMatchObject([
      { name: `_recorder/${SAMPLE_DATE}/00_a1.json` },
    ]);
    expect(bars(workdir)).toEqual(before);
    const named = `feed_down (${cause})`;
    const status = await workdir.run(['status', ...ROOTS, ...DAYS, '--live', '--json']);
    expect(status.stdout).toContain('"stale": 0');
    expect(status.stdout).toContain(named);
    const inspected = await workdir.run(['inspect', `out/${SYMBOL}/${SAMPLE_DATE}_quality.json`]);
    expect(inspected.stdout).toContain(named);
    expect(recordsOf(await run(workdir)).map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });
});

test('missing ids that may be so many leave a halt possible', async () => {
  const workdir = await copy();
  writeSidecar(workdir, linesWith({}));
  const day = { symbols: 'all', from: SAMPLE_DATE, expect: EXPECT };
  await runExpecting(workdir, 1, [...runArgs(day), '--ids-missing-min', '1000000']);
  expect(downIn(workdir)).toMatchObject({ cause: 'exchange_halt' });
});

test('a line of a single symbol cannot tell a halt from silence', async () => {
  const workdir = await copy();
  writeSidecar(workdir, linesWith({}, [SYMBOL]));
  await run(workdir);
  expect(downIn(workdir)).toMatchObject({ cause: 'socket_silent' });
});

test('the folder of sidecars is no symbol, and its files are no chunks', async () => {
  const workdir = await copy();
  writeSidecar(workdir, linesWith({}));
  const listed = await runExpecting(workdir, 0, ['ls', '--raw', 'raw', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    symbols: [{ symbol: SYMBOL }, { symbol: 'BBBUSDT' }],
  });
  const done = await run(workdir);
  expect(`${listed.stdout}${listed.stderr}${done.stdout}${done.stderr}`).not.toContain(
    'that is no chunk',
  );
  expect(`${listed.stderr}${done.stderr}`).not.toContain('_recorder');
});

test('explain names the cause beside a bar of the outage', async () => {
  const workdir = await copy();
  writeSidecar(workdir, linesWith({}));
  await runExpecting(
    workdir,
    1,
    runArgs({ symbols: SYMBOL, from: SAMPLE_DATE, expect: EXPECT, resolutions: '1s' }),
  );
  const explained = await runExpecting(workdir, 0, [
    'explain',
    ...ROOTS,
    '--symbol',
    SYMBOL,
    '--at',
    at('00:01:30'),
  ]);
  expect(explained.stdout).toContain('the report has an outage feed_down (symbol_silent) from');
});
