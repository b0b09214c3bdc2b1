/** `flowbars explain` on a sample with faults and planted episodes, through the built binary. */
import { afterAll, expect, test } from 'vitest';
import {
  ABSORBED,
  DATE,
  WHERE,
  disposeSample,
  explain,
  explained,
  sampleDay,
  unfolded,
} from '../../support/explain/explained-sample.js';

afterAll(disposeSample);

test('a row off the book is shown with its reason, its distance and the snapshots beside it', async () => {
  const workdir = await sampleDay();
  const result = await explain(workdir, `${DATE}T00:00:10Z`);
  expect(result.code).toBe(0);
  const page = unfolded(result);
  expect(page).toContain("exec_type 'INSURANCE_FUND': not traded against the book");
  expect(page).toMatch(
    /\d+(?:\.\d)? above the best quotes beside it: before it [\d.]+ \/ [\d.]+ at 00:00:09\.\d{3} \(BTCUSDT\/depth\/2025-12-11\/00-00\.csv line \d+\)/u,
  );
  expect(page).toContain('are all in rows that are not used');
  expect(page).toContain('fill_reason quiet');
});

test('a filled bar of an outage says what was silent and what proves it', async () => {
  const workdir = await sampleDay();
  const page = unfolded(await explain(workdir, `${DATE}T00:01:30Z`));
  expect(page).toMatch(
    /trade ids: \d+ between \d+ and \d+ are in no row read, so something was traded/u,
  );
  expect(page).toContain('snapshots were silent as well');
  expect(page).toMatch(/the report has an outage feed_down from 2025-12-11T00:01:1/u);
  const { cells, silence, good } = await explained(workdir, `${DATE}T00:01:30Z`);
  expect(good).toBe(true);
  expect(silence.length).toBeGreaterThan(3);
  const missing = cells.find(({ column }) => column === 'trades_missing_ms');
  expect(missing).toMatchObject({ published: '1000', arithmetic: '1000', pass: '1000' });
});

test('a bar with trades and without a book says why the book is silent', async () => {
  const workdir = await sampleDay();
  const at = `${DATE}T00:04:30Z`;
  const page = unfolded(await explain(workdir, at, ['--column', 'bid_close']));
  expect(page).toMatch(
    /no usable snapshot in the bar: what was silent.*snapshots were silent: last one before 2025-12-11T00:03:59\.\d{3}Z, \S+00-03\.csv line \d+; first one after 2025-12-11T00:04:59\.\d{3}Z, \S+00-05\.csv line \d+/u,
  );
  expect(page).toMatch(/the feed of trades was alive: \d+ trades? in the bar, .*, trade_id \d+/u);
  expect(page).toContain(`no object: BTCUSDT/depth/${DATE}/00-04.csv`);
  expect(page).toContain('the report has an outage depth_missing from 2025-12-11T00:0');
  expect((await explained(workdir, at)).silence).toHaveLength(4);
  expect((await explained(workdir, at, ['--column', 'vwap'])).silence).toEqual([]);
});

test('far from the recording it says how far it looked, and in what', async () => {
  const workdir = await sampleDay();
  const { silence } = await explained(workdir, `${DATE}T05:00:30Z`);
  const looked = 'within 60 minutes on either side (looked at: no chunk, as none is listed there)';
  expect(silence.slice(0, 3)).toEqual([
    `trades were silent: no trade ${looked}`,
    `snapshots were silent as well: no usable snapshot ${looked}`,
    `no object: BTCUSDT/trades/${DATE}/05-00.csv`,
  ]);
  const [beside] = (await explained(workdir, `${DATE}T01:50:30Z`)).silence;
  expect(beside).toMatch(
    /^trades were silent: last one before 2025-12-11T01:36:.*; no trade within 60 minutes after the bar \(looked at: \d+ chunks, \S+00-50\.csv to \S+01-36\.csv\)$/u,
  );
});

test('without rows the counts remain', async () => {
  const workdir = await sampleDay();
  const { stdout, code } = await explain(workdir, `${DATE}T00:00:10Z`, ['--rows', '0']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /\ntrades: 0 used, 1 excluded.*\n\nsnapshots: \d+ used.*\n\nsteps of the book: /u,
  );
  expect(stdout).toContain('\nmalformed rows of these minutes: 2;');
  expect(stdout).not.toMatch(/──|more: --rows/u);
});

test('a column narrows the page to its cell and its rows', async () => {
  const workdir = await sampleDay();
  const { stdout } = await explain(workdir, `${DATE}T00:41:20Z`, ['--column', 'vwap']);
  expect(stdout).toContain('÷ Σ quantity');
  expect(stdout).toContain('\ntrades: ');
  expect(stdout).not.toContain('\nsnapshots: ');
  const cell = await explained(workdir, `${DATE}T00:41:20Z`, ['--column', 'ask_pulled']);
  expect(cell.cells.map(({ column }) => column)).toEqual(['ask_pulled']);
  expect(cell.steps.list.length).toBe(cell.steps.count);
  const pulled = cell.steps.list.reduce((sum, { ask }) => sum + Number(ask.pulled), 0);
  expect(pulled).toBeCloseTo(Number(cell.cells[0]?.published), 9);
});

test('long lists show as many rows as are asked for, and the document has all', async () => {
  const workdir = await sampleDay();
  const at = `${DATE}T01:20:00Z`;
  const minute = ['--resolution', '1m', '--column', 'vol_total'];
  const few = await explain(workdir, at, [...minute, '--rows', '4']);
  expect(few.stdout.match(/ {2}used$/gmu)).toHaveLength(4);
  expect(few.stdout).toMatch(/^ {2}… [\d,]+ more: --rows/mu);
  const { trades, cells } = await explained(workdir, at, minute);
  expect(trades.rows.length).toBe(trades.counts.used);
  const sum = trades.rows.reduce((total, { quantity }) => total + Number(quantity), 0);
  expect(sum).toBeCloseTo(Number(cells[0]?.published), 6);
});

test('the page for a browser stands alone and holds every cell', async () => {
  const workdir = await sampleDay();
  const { code } = await explain(workdir, ABSORBED, ['--event', '--html', 'bar.html']);
  expect(code).toBe(0);
  const html = workdir.text('bar.html');
  const { cells } = await explained(workdir, ABSORBED, ['--event']);
  expect(cells.length).toBe(49);
  for (const { column, published } of cells) {
    expect(html).toContain(column);
    expect(html).toContain(`${published === '' ? '(empty)' : published}</td>`);
  }
  expect(html).toContain('event absorption, up');
  expect(html).not.toMatch(/<script|https?:|src=/u);
});

test('a cell a line, for programs', async () => {
  const workdir = await sampleDay();
  const { stdout } = await explain(workdir, ABSORBED, ['--format', 'jsonl']);
  const cells: unknown[] = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(cells).toHaveLength(49);
  expect(cells[5]).toMatchObject({ file: 'bars', column: 'vwap', same: true });
});

test.each([
  ['2025-12-12T00:00:00Z', [], 'published day 2025-12-12 of BTCUSDT: found no BTCUSDT/2025-12-12'],
  [
    ABSORBED,
    ['--resolution', '5m'],
    "--resolution resolution: found '5m', expected a published one: 1s, 1m",
  ],
  [ABSORBED, ['--column', 'vwpa'], "--column column: found 'vwpa', expected 'vwap'"],
  [ABSORBED, ['--column', 'nope'], "found 'nope', expected a column of bars (docs/OUTPUT.md)"],
  [ABSORBED, ['--event', '--column', 'strength'], '--event alone shows what an event holds'],
  [`${DATE}T00:41:31Z`, ['--event'], `the instant at which one is confirmed, such as ${ABSORBED}`],
  ['noon', [], "--at instant: found 'noon'"],
  [ABSORBED, ['--rows', '-1'], '--rows number'],
])('%s %j is refused', async (at, args, message) => {
  const workdir = await sampleDay();
  const { code, stderr, stdout } = await explain(workdir, at, args);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a symbol that is not published is refused with the nearest one, a root with its option', async () => {
  const workdir = await sampleDay();
  const symbol = await workdir.run([
    'explain',
    ...WHERE.slice(0, 4),
    '--symbol',
    'BTCUSD',
    '--at',
    ABSORBED,
  ]);
  expect(symbol.code).toBe(2);
  expect(symbol.stderr).toContain('expected a published symbol, such as BTCUSDT');
  const root = await workdir.run([
    'explain',
    '--raw',
    'raw',
    '--out',
    'nowhere',
    '--symbol',
    'BTCUSDT',
    '--at',
    ABSORBED,
  ]);
  expect(root.code).toBe(2);
  expect(root.stderr).toContain('nowhere');
});
