/**
 * Runs the commands of docs/ELSEWHERE.md on a minute in each of its formats, and compares the bar with
 * sums of the same rows. The first run is a process; the others compute in this one, by `aggregate`,
 * which takes the options of `run`.
 */
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type TestContext } from 'vitest';
import { runHere } from './support/command-here.js';
import {
  barOf,
  type ElsewhereTrade,
  levels,
  price,
  quantity,
  quotedField,
  TRADES,
  zipOf,
} from './support/elsewhere-formats.js';
import { failureOf } from './support/frame/python-packages.js';
import { freshWorkdir, projectRoot, type Workdir } from './support/workdir.js';

const page = readFileSync(join(projectRoot, 'docs/ELSEWHERE.md'), 'utf8');
const DAY = '2025-12-20';
const MIDNIGHT_MS = Date.parse(DAY);
const OLD_DAY = '2020-02-22';
/** The bars of seconds are 86,400 rows a day that nothing here reads. */
const ENVIRONMENT = { FLOWBARS_RESOLUTIONS: '1m' };
const EXIT_CODES_OF_DATA = [0, 1];
const BOOK = { avg_spread: 0.1, imbalance_l20: 0.25 };

test("Binance's archive", async (context) => {
  requireProgram(context, 'unzip', '-v');
  const workdir = freshWorkdir();
  const futures = trades('id,price,qty,quote_qty,time,is_buyer_maker', futuresRow(MIDNIGHT_MS));
  writeZip(workdir, `BTCUSDT-trades-${DAY}`, futures);
  const old = trades('', futuresRow(Date.parse(OLD_DAY)));
  writeZip(workdir, `BTCUSDT-trades-${OLD_DAY}`, old);
  const spot = trades('', (trade) => {
    const named = [trade.id, price(trade), quantity(trade), trade.id, trade.id];
    return [...named, `${MIDNIGHT_MS + trade.atMs}017`, trade.isSell ? 'True' : 'False', 'True'];
  });
  writeZip(workdir, `BTCUSDT-aggTrades-${DAY}`, spot);
  await runSection(workdir, "Binance's archive");
  expectBar(workdir, `bars/BTCUSDT/${DAY}`);
  expectBar(workdir, `bars/BTCUSDT/${OLD_DAY}`);
  expectBar(workdir, `spot-bars/BTCUSDT/${DAY}`);
  expect(workdir.files('cut')).toEqual([`BTCUSDT/trades/${DAY}/00.csv`]);
  expect(workdir.text(`cut/BTCUSDT/trades/${DAY}/00.csv`)).toBe(futures);
});

test('columns of raw stream messages', async () => {
  const workdir = freshWorkdir();
  const chunk = `${DAY}/00-00.csv`;
  const rows = trades('e,E,s,t,p,q,T,m,X', (trade) => {
    const timeMs = MIDNIGHT_MS + trade.atMs;
    const named = ['trade', timeMs + 3, 'BTCUSDT', trade.id, price(trade), quantity(trade)];
    return [...named, timeMs, trade.isSell, 'MARKET'];
  });
  workdir.write(`raw/BTCUSDT/trade/${chunk}`, rows);
  const [bids, asks] = [jsonField('bids'), jsonField('asks')];
  const depth = TRADES.map(({ id, atMs }) => {
    const timeMs = MIDNIGHT_MS + atMs;
    return [timeMs + 2, timeMs, 'BTCUSDT', id - 1, id, bids, asks].join(',');
  });
  workdir.write(`raw/BTCUSDT/depth20/${chunk}`, lines(['E,T,s,U,u,b,a', ...depth]));
  await runSection(workdir, 'Columns of raw stream messages');
  expectBar(workdir, `bars/BTCUSDT/${DAY}`, BOOK);
});

test('tardis.dev', async (context) => {
  requireProgram(context, 'python3', '--version');
  const workdir = freshWorkdir();
  const header = 'exchange,symbol,timestamp,local_timestamp';
  const rows = trades(`${header},id,side,price,amount`, (trade) => {
    const named = ['binance-futures', 'BTCUSDT', tardisTimes(trade.atMs), trade.id];
    return [...named, trade.isSell ? 'sell' : 'buy', price(trade), quantity(trade)];
  });
  workdir.write(`binance-futures_trades_${DAY}_BTCUSDT.csv.gz`, gzipSync(rows));
  const [bids, asks] = [levels('bids', 25), levels('asks', 25)];
  const names = bids.flatMap((_, level) =>
    ['asks', 'bids'].flatMap((side) => [`${side}[${level}].price`, `${side}[${level}].amount`]),
  );
  const cells = bids.flatMap((bid, level) => [...(asks[level] ?? []), ...bid]);
  const books = TRADES.map(({ atMs }) =>
    ['binance-futures', 'BTCUSDT', tardisTimes(atMs), ...cells].join(','),
  );
  const flat = lines([[header, ...names].join(','), ...books]);
  workdir.write(`binance-futures_book_snapshot_25_${DAY}_BTCUSDT.csv.gz`, gzipSync(flat));
  await runSection(workdir, 'tardis.dev');
  expectBar(workdir, `bars/BTCUSDT/${DAY}`, BOOK);
});

test('ccxt and pandas', async () => {
  const workdir = freshWorkdir();
  const header = 'timestamp,datetime,symbol,id,order,type,side,price,amount,cost';
  const rows = trades(header, (trade) => {
    const timeMs = MIDNIGHT_MS + trade.atMs;
    const named = [timeMs, new Date(timeMs).toISOString(), 'BTC/USDT:USDT', trade.id, '', ''];
    const { tenths, thousandths, isSell } = trade;
    return [...named, isSell ? 'sell' : 'buy', tenths / 10, thousandths / 1_000, 0.1];
  });
  workdir.write('ccxt-trades.csv', rows);
  await runSection(workdir, 'ccxt and pandas');
  expectBar(workdir, `bars/BTC-USDT/${DAY}`);
});

test('a recorder with its own names', async () => {
  const workdir = freshWorkdir();
  const startMs = MIDNIGHT_MS + 13 * 3_600_000;
  const rows = trades('when,px,vol,taker', (trade) => [
    startMs + trade.atMs,
    price(trade),
    quantity(trade),
    trade.isSell ? 'sell' : 'buy',
  ]);
  workdir.write('raw/btcusdt/aggTrade/2025/12/20/13.csv.gz', gzipSync(rows));
  const depth = TRADES.map(
    ({ atMs }) => `${startMs + atMs},${jsonField('bids')},${jsonField('asks')}`,
  );
  const chunk = lines(['when,bids,asks', ...depth]);
  workdir.write('raw/btcusdt/depth/2025/12/20/13.csv.gz', gzipSync(chunk));
  await runSection(workdir, 'A recorder with its own names');
  expectBar(workdir, `bars/btcusdt/${DAY}`, BOOK, 'T13:00');
});

/** A day's file of trades; a header that is empty is left out. */
function trades(
  header: string,
  row: (trade: ElsewhereTrade) => readonly (string | number | boolean)[],
): string {
  return lines([
    ...(header === '' ? [] : [header]),
    ...TRADES.map((trade) => row(trade).join(',')),
  ]);
}

function futuresRow(startMs: number): (trade: ElsewhereTrade) => (string | number | boolean)[] {
  return (trade) => {
    const named = [trade.id, price(trade), quantity(trade), '1.0'];
    return [...named, startMs + trade.atMs, trade.isSell];
  };
}

/** The exchange's time and the receipt's, in microseconds. */
function tardisTimes(atMs: number): string {
  return `${MIDNIGHT_MS + atMs}000,${MIDNIGHT_MS + atMs + 4}123`;
}

function jsonField(side: 'bids' | 'asks'): string {
  return quotedField(JSON.stringify(levels(side)));
}

function lines(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}

function writeZip(workdir: Workdir, name: string, text: string): void {
  workdir.write(`${name}.zip`, zipOf(`${name}.csv`, text));
}

/** Every block of a section in its order: Python is saved as the page says, shell is run. */
async function runSection(workdir: Workdir, title: string): Promise<void> {
  const section = page.split(/^## /mu).find((text) => text.startsWith(`${title}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```(sh|python)\n(.*?)^```$/gmsu)];
  expect(blocks.some(([, , code]) => code?.includes('flowbars run'))).toBe(true);
  for (const [, language, code = ''] of blocks) {
    if (language === 'python') workdir.write('depth.py', code);
    else for (const command of commandsOf(code)) await runCommand(workdir, command);
  }
  expectNotes(workdir, section);
}

/** A line each, but what a backslash or an open quote continues. */
function commandsOf(code: string): string[] {
  const joined = code.replaceAll(' \\\n', ' ').match(/(?:[^'\n]|'[^']*')+/gu);
  return [...(joined ?? [])].map((command) => command.replaceAll(/ {2,}/gu, ' '));
}

async function runCommand(workdir: Workdir, command: string): Promise<void> {
  const isHere = command.startsWith('flowbars ') && !command.includes('--recorded');
  const { code, output } = isHere
    ? await runFlowbarsHere(workdir, command)
    : await runShell(workdir, command);
  expect(EXIT_CODES_OF_DATA, `${command}\n${output}`).toContain(code);
  if (/^(?:flowbars|head|grep)/u.test(command)) expect(output).not.toBe('');
}

async function runFlowbarsHere(
  workdir: Workdir,
  command: string,
): Promise<{ code: number; output: string }> {
  const words = command.replaceAll("'", '').split(' ').slice(1);
  const args = words.map((word) =>
    /^(?:raw|bars|spot|spot-bars)(?:\/|$)/u.test(word) ? workdir.path(word) : word,
  );
  let output = '';
  const take = (text: string): void => {
    output += text;
  };
  const [name = '', ...rest] = args;
  const here = [name === 'run' ? 'aggregate' : name, ...rest];
  const code = await runHere(here, ENVIRONMENT, { onStdout: take, onStderr: take });
  return { code, output };
}

async function runShell(
  workdir: Workdir,
  command: string,
): Promise<{ code: number | undefined; output: string }> {
  const binary = join(projectRoot, 'dist/main.js');
  workdir.write('bin/flowbars', `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`);
  chmodSync(workdir.path('bin/flowbars'), 0o755);
  const PATH = [workdir.path('bin'), process.env['PATH'] ?? ''].join(delimiter);
  const { code, stdout, stderr } = await workdir.spawn('sh', ['-ec', command], {
    env: { ...ENVIRONMENT, PATH },
  }).result;
  return { code, output: stdout + stderr };
}

function expectBar(
  workdir: Workdir,
  day: string,
  book: Readonly<Record<string, number>> = {},
  minute = 'T00:00',
): void {
  const [header = '', ...rows] = workdir.text(`${day}_1m.csv`).split('\n');
  const cells = rows.find((row) => row.includes(minute))?.split(',') ?? [];
  const bar = Object.fromEntries(header.split(',').map((name, at) => [name, Number(cells[at])]));
  expect(bar).toMatchObject({ ...barOf(TRADES), ...book });
}

/** What is worth a note in every recording of a source, the page says. */
function expectNotes(workdir: Workdir, section: string): void {
  const reports = workdir.files().filter((name) => name.endsWith('_quality.json'));
  expect(reports).not.toEqual([]);
  const codes = reports.flatMap((name) =>
    [...workdir.text(name).matchAll(/"code": ?"(\w+)",\s*"severity": ?"info"/gu)].map(
      ([, code]) => code,
    ),
  );
  expect(codes).not.toEqual([]);
  expect(codes.filter((code) => !section.includes(`\`${code}\``))).toEqual([]);
}

function requireProgram(context: TestContext, program: string, flag: string): void {
  const failure = failureOf(program, [flag], projectRoot);
  if (failure === undefined) return;
  process.stderr.write(`skipped: ${failure}\n`);
  context.skip(failure);
}
