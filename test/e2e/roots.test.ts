/** How a raw root is found and looked at: other layouts and names, recorded days, and roots that are not what they seem. */
import { expect, test } from 'vitest';
import { expectSchema } from '../support/schema/schemas.js';
import {
  chunkName,
  TINY_EXPECT,
  tinyChunk,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { freshWorkdir, type Workdir } from '../support/workdir.js';

const DAYS = ['2021-01-01', '2021-01-02', '2025-12-20'] as const;

/** Four symbol-days in five years, header-only. */
function sparseRecording(workdir: Workdir): void {
  for (const date of DAYS) {
    for (const stream of ['trades', 'depth'] as const) {
      const name = chunkName(stream, '00-00', 'AUSDT', date);
      workdir.write(`raw/${name}`, tinyChunk(stream, 0, 0));
    }
  }
  workdir.write(`raw/${chunkName('trades', '00-00', 'BUSDT', DAYS[1])}`, tinyChunk('trades', 0, 0));
  workdir.write('raw/logs/2021/x.txt', 'x');
}

async function refusal(workdir: Workdir, args: readonly string[]): Promise<string> {
  const { code, stderr } = await workdir.run([...args, '--out', 'out']);
  expect(code, stderr).toBe(2);
  return stderr;
}

test('chunks of an hour under other names give the bars of the minutes', async () => {
  const workdir = freshWorkdir();
  const chunks = tinyRecording();
  writeChunks(workdir, 'raw', chunks);
  for (const [stream, folder] of [
    ['trades', 'aggTrade'],
    ['depth', 'depth20'],
  ] as const) {
    const [first = '', second = ''] = ['00-00', '00-01'].map((clock) =>
      String(chunks.get(chunkName(stream, clock))),
    );
    const rows = second.slice(second.indexOf('\n') + 1);
    workdir.write(`other/TINYUSDT/${folder}/2024/05/06/00.csv`, first + rows);
  }
  const layout = '{symbol}/{stream}/{year}/{month}/{day}/{hour}.csv';
  const names = ['--raw-layout', layout, '--stream-names', 'trades=aggTrade,depth=depth20'];
  const day = ['--symbols', 'all', '--from', '2024-05-06', '--expect', TINY_EXPECT];
  const aggregate = ['aggregate', ...day, '--resolutions', '1m', '--json'];
  await workdir.run([...aggregate, '--raw', 'raw', '--out', 'a']);
  const ran = await workdir.run([...aggregate, '--raw', 'other', '--out', 'b', ...names]);
  expect(ran.code, ran.stderr).toBe(0);
  const bars = 'TINYUSDT/2024-05-06_1m.csv';
  expect(workdir.text(`b/${bars}`)).toBe(workdir.text(`a/${bars}`));
  const report: unknown = JSON.parse(workdir.text('b/TINYUSDT/2024-05-06_quality.json'));
  expectSchema('quality', JSON.stringify(report));
  expect(report).toMatchObject({
    chunk_minutes: { trades: { expected: 1, present: 1, missing: 0 } },
  });
  const listed = await workdir.run(['ls', '--raw', 'other']);
  expect(listed.code).toBe(2);
  expect(listed.stderr).toContain(
    `in 'TINYUSDT': 'aggTrade', 'depth20', such as 'TINYUSDT/aggTrade/2024/05/06/00.csv', expected --raw-layout '${layout}' --stream-names trades=aggTrade,depth=depth20`,
  );
});

test('of what is recorded alone, four symbol-days in five years are four', async () => {
  const workdir = freshWorkdir();
  sparseRecording(workdir);
  const listed = await workdir.run(['ls', '--raw', 'raw']);
  expect(listed.code, listed.stderr).toBe(0);
  expectSchema('recording', listed.stdout);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    symbol_days: 4,
    chunks: 7,
    symbols: [
      { symbol: 'AUSDT', days: DAYS.map((date) => ({ date, trades: { missing: 1_439 } })) },
      { symbol: 'BUSDT', days: [{ date: DAYS[1], depth: null, streams: ['trades'] }] },
    ],
  });
  const range = ['--from', 'first', '--to', 'last', '--recorded'];
  const roots = ['--raw', 'raw', '--out', 'out'];
  const argument = '{"start_date": "first", "end_date": "last", "recorded": true}';
  const planned = await workdir.run(['plan', ...roots, '--run-id', 'r', '--arguments', argument]);
  expect(JSON.parse(planned.stdout)).toMatchObject({
    symbols: 2,
    from: DAYS[0],
    to: DAYS[2],
    windows: [{ aggregate_tasks: 2, finalize_tasks: 3 }],
  });
  const all = [...roots, '--symbols', 'all'];
  const ran = await workdir.run(['run', ...all, '--from', DAYS[1], '--recorded', '--json']);
  expect(JSON.parse(ran.stdout)).toMatchObject({ symbol_days: 2, statuses: { empty: 2 } });
  expect(ran.stderr).toContain(
    'recorded in raw: 2 symbols (AUSDT, BUSDT), 4 symbol-days from 2021-01-01 to 2025-12-20',
  );
  const status = await workdir.run(['status', ...all, ...range, '--json']);
  const counts = { empty: 2, missing: 2, none: 2 };
  expect(JSON.parse(status.stdout)).toMatchObject({ symbol_days: 6, counts });
});

test('what is not there is refused, with what is', async () => {
  const workdir = freshWorkdir();
  sparseRecording(workdir);
  const run = ['run', '--raw', 'raw', '--from', DAYS[0]];
  expect(await refusal(workdir, [...run, '--symbols', 'ausdt'])).toContain(
    "--symbols symbol: found 'ausdt', which has no folder in raw, expected 'AUSDT'",
  );
  const deep = ['run', '--raw', 'raw/AUSDT', '--from', DAYS[0], '--symbols'];
  expect(await refusal(workdir, [...deep, 'all'])).toContain(
    "found 2 folders, 'depth', 'trades', which look like streams; in 'depth': '2021-01-01', '2021-01-02', '2025-12-20', such as 'depth/2021-01-01/00-00.csv', expected the folder above as raw root",
  );
  const aggregate = ['aggregate', ...run.slice(1), '--recorded', '--symbols', 'BUSDT'];
  expect(await refusal(workdir, aggregate)).toContain(
    'found nothing recorded 2021-01-01..2021-01-01, expected some of what is recorded: 1 symbol (BUSDT), 1 symbol-day from 2021-01-02 to 2021-01-02',
  );
  const argument = ['--arguments', '{"symbols": ["BUSD"], "end_date": "2021-01-01"}'];
  const plan = ['plan', '--raw', 'raw', '--run-id', 'r', ...argument];
  expect(await refusal(workdir, plan)).toContain(
    "symbols symbol: found 'BUSD', which has no folder in raw, expected 'BUSDT'",
  );
});
