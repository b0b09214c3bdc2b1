/** `flowbars explain` on a sample with faults and planted episodes, through the built binary. */
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { EXPLAINED_SHAPES, type Explained } from '../../../src/core/explain/explained-shape.js';
import { PATTERNS } from '../../../src/core/column/pattern-table.js';
import { guardOf } from '../../../src/core/shape/guard.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { type RunResult, Workdir } from '../../support/workdir.js';

const DATE = '2025-12-11';
const CHUNK = `raw/BTCUSDT/trades/${DATE}/00-41.csv`;
/** When the planted absorption is confirmed. */
const ABSORBED = `${DATE}T00:41:30Z`;

let made: Promise<Workdir> | undefined;

afterAll(async () => (await made)?.dispose());

/** One for all tests: whoever changes a file puts it back. */
async function sampleDay(): Promise<Workdir> {
  return await (made ??= makeDay());
}

async function makeDay(): Promise<Workdir> {
  const workdir = new Workdir();
  await workdir.run(['sample', '--raw', 'raw', '--minutes', '97', '--plant', 'all']);
  const roots = ['--raw', 'raw', '--out', 'out'];
  const recorded = ['--expect', `${DATE}T00:00:00Z/${DATE}T01:37:00Z`];
  const day = ['--symbols', 'BTCUSDT', '--from', DATE];
  const { code } = await workdir.run(['run', ...roots, ...day, ...recorded]);
  // The planted faults make the day partial, and published all the same.
  expect(code).toBe(1);
  return workdir;
}

const isExplained = guardOf('explained', EXPLAINED_SHAPES);
const WHERE = ['--raw', 'raw', '--out', 'out', '--symbol', 'BTCUSDT'];

async function explain(
  workdir: Workdir,
  at: string,
  args: readonly string[] = [],
): Promise<RunResult> {
  return await workdir.run(['explain', ...WHERE, '--at', at, ...args]);
}

async function explained(
  workdir: Workdir,
  at: string,
  args: readonly string[] = [],
): Promise<Explained> {
  const { stdout, stderr } = await explain(workdir, at, [...args, '--json']);
  expect(stdout, stderr).not.toBe('');
  expectSchema('explained', stdout);
  const document: unknown = JSON.parse(stdout);
  if (!isExplained(document)) throw new Error('the document is no explanation');
  return document;
}

/** What is printed, with folded lines joined. */
function unfolded({ stdout }: RunResult): string {
  return stdout.replaceAll(/\s+/gu, ' ');
}

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

test('an event is explained condition by condition, in the bar that ends when it is known', async () => {
  const workdir = await sampleDay();
  const result = await explain(workdir, ABSORBED, ['--event']);
  expect(result.code).toBe(0);
  expect(result.stdout).toContain(`event absorption, up: known at ${ABSORBED}`);
  expect(unfolded(result)).toMatch(
    /holds [\d.]+ ≥ [\d.]+ and hard: abs D threshold: Q95, the \d+th of \d+ values in ascending order, of lines 2 to 2461/u,
  );
  const { from, events } = await explained(workdir, ABSORBED, ['--event']);
  expect(from).toBe(`${DATE}T00:41:29Z`);
  const [event] = events;
  expect(events).toHaveLength(1);
  expect(event).toMatchObject({ pattern: 'absorption', direction: 'up', same: true });
  expect(event?.conditions.every(({ holds }) => holds)).toBe(true);
  expect(event?.conditions).toHaveLength(4);
  const pressure = event?.conditions.find(({ value }) => value === event.strength);
  expect(pressure?.threshold).toBe(event?.threshold);
  const minute = await explained(workdir, `${DATE}T00:41:29.500Z`, ['--resolution', '1m']);
  expect(minute.events.map(({ confirmed }) => confirmed)).toEqual([ABSORBED]);
  const after = await explained(workdir, ABSORBED);
  expect(after.events).toEqual([]);
  expect(after.notes.join(' ')).toContain('--event explains it');
});

test('every planted event is found again by its rule', async () => {
  const workdir = await sampleDay();
  const days = ['--from', DATE, '--to', DATE, '--symbols', 'BTCUSDT'];
  for (const pattern of PATTERNS) {
    const asked = ['--events', '--pattern', pattern, '--format', 'jsonl'];
    const { stdout } = await workdir.run(['scoreboard', '--out', 'out', ...days, ...asked]);
    const [, confirmed = ''] = /"confirmed":"([^"]+)"/u.exec(stdout) ?? [];
    const { events } = await explained(workdir, confirmed, ['--event']);
    const own = events.filter((one) => one.pattern === pattern);
    expect(own.map(({ same, detail }) => ({ pattern, same, detail }))).toEqual([
      { pattern, same: true, detail: '' },
    ]);
  }
});

test('a control says which conditions it tests, and what it only needs', async () => {
  const workdir = await sampleDay();
  const page = unfolded(await explain(workdir, ABSORBED, ['--event', '--column', 'close']));
  const [, control = ''] = /(its control is .*) what followed/u.exec(page) ?? [];
  expect(control).toMatch(
    /it holds here as well: holds -[\d.]+ < 0 sellers press: D.* holds [\d.]+ ≤ [\d.]+ the price holds: abs M/u,
  );
  expect(control).toContain(
    'needs, but does not compare: abs D and its Q95, Σ (bid_added − bid_pulled) − Σ vol_sell of 15 rows',
  );
  expect(control).not.toContain('is there');
  // A column leaves the event, and one cell of the bar beneath it.
  expect(page).toMatch(/event absorption, up.* bars: \S+ line 2491 close [\d.]+/u);
  const { events, cells } = await explained(workdir, ABSORBED, ['--event', '--column', 'close']);
  expect([events.length, cells.length]).toEqual([1, 1]);
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

test('chunks have to be those of the report', async () => {
  const workdir = await sampleDay();
  const chunk = workdir.text(CHUNK);
  workdir.write(CHUNK, chunk.replace(',false,', ',true,'));
  const changed = await explain(workdir, ABSORBED);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain(`${CHUNK} crc32c of the chunk: found `);
  expect(changed.stderr).toContain('it was changed after the day was published');
  workdir.remove(CHUNK);
  const gone = await explain(workdir, ABSORBED);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toContain(`${CHUNK} chunk: found no object`);
  expect(gone.stderr).toContain('flowbars run --accept-removed computes the day from what is left');
  // A bar that none of its rows can be in is explained as before.
  expect((await explain(workdir, `${DATE}T00:10:00Z`)).code).toBe(0);
  workdir.write(CHUNK, chunk);
});

test('a chunk that was only compressed is read, with its content proven', async () => {
  const workdir = await sampleDay();
  const chunk = workdir.text(CHUNK);
  const name = CHUNK.slice('raw/'.length);
  const pack = (text: string): void => workdir.write(`${CHUNK}.gz`, gzipSync(text));
  workdir.remove(CHUNK);
  pack(chunk);
  const packed = await explained(workdir, ABSORBED);
  pack(chunk.replace(',false,', ',true,'));
  const changed = await explain(workdir, ABSORBED);
  workdir.remove(`${CHUNK}.gz`);
  workdir.write(CHUNK, chunk);
  expect(packed.good).toBe(true);
  expect(packed.notes.join(' ')).toContain(
    `${name}.gz was read in place of ${name}: compressed or unpacked since, with the published content`,
  );
  const read = packed.read.find((one) => one.name === `${name}.gz`);
  expect(read?.crc32c).toMatch(/^[0-9a-f]{8}$/u);
  expect(packed.trades.rows.map(({ object }) => object)).toContain(`${name}.gz`);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain(`${CHUNK}.gz crc32c of the content, in place of ${name}: found`);
});

test('a chunk that came later is named and not read', async () => {
  const workdir = await sampleDay();
  const late = CHUNK.replace('.csv', '_late.csv');
  workdir.write(late, workdir.text(CHUNK).split('\n', 3).join('\n'));
  const { code, stdout } = await explain(workdir, ABSORBED);
  workdir.remove(late);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
    'note: 1 chunk of these minutes came after the day was published and is not read: BTCUSDT/trades/2025-12-11/00-41_late.csv',
  );
});

test('a published file that is not the listed one is refused', async () => {
  const workdir = await sampleDay();
  const name = `out/BTCUSDT/${DATE}_1s.csv`;
  const published = workdir.text(name);
  workdir.write(name, published.replace('64', '65'));
  const { code, stderr } = await explain(workdir, ABSORBED);
  workdir.write(name, published);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `out/BTCUSDT/${DATE}_1s.csv file: found other content, expected the content that the quality report lists (flowbars repair or run computes the day again)`,
  );
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

test('a column whose file is not published is refused with a command that publishes it', async () => {
  const workdir = await sampleDay();
  const roots = ['--raw', 'raw', '--out', 'bars'];
  const recorded = ['--expect', `${DATE}T00:00:00Z/${DATE}T01:37:00Z`];
  const products = ['--outputs', 'bars', '--resolutions', '1m'];
  const days = ['--symbols', 'BTCUSDT', '--from', DATE];
  await workdir.run(['run', ...roots, ...days, ...recorded, ...products]);
  const asked = ['explain', ...roots, '--symbol', 'BTCUSDT', '--at', ABSORBED, '--column', 'cvd'];
  const { code, stderr, stdout } = await workdir.run(asked);
  expect(stderr).toContain(
    `--column column: found 'cvd' of signals, which are not published at 1m for BTCUSDT ${DATE}`,
  );
  expect([code, stdout]).toEqual([2, '']);
  const [, command = ''] = /to publish them: flowbars (.*)/u.exec(stderr) ?? [];
  expect(command).toContain('--expect ');
  await workdir.run(command.split(' '));
  expect((await workdir.run(asked)).stdout).toContain('1 published cell as the rows give it');
});
