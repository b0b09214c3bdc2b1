/**
 * The first two minutes with flowbars, in two acts: a clean recording with its bars and signals, then the same market
 * with faults planted in its recording, and what flowbars says of each. It calls the built binary only,
 * as a person would. An argument names another folder to work in; with `--documents` behind it, a pipe
 * gets the JSON document of each command as well.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const node = path.join(root, 'node_modules', '.bin', 'node');
const folder = path.resolve(process.argv[2] ?? root);
const date = '2025-12-22';
const recorded = `${date}T00:00:00Z/${date}T00:10:00Z`;
const isShown = process.stdout.isTTY || process.argv[3] === '--documents';
const EXIT_DATA_NOT_GOOD = 1;
/** Columns of a bar file that fit into 80 columns of a terminal. */
const SHOWN = ['open', 'high', 'low', 'close', 'vol_total', 'vol_delta', 'imbalance_l20'];
/** The same of a signals file. */
const SIGNALS_SHOWN = ['delta_min', 'delta_max', 'taker_orders', 'bid_added', 'bid_pulled'];

mkdirSync(folder, { recursive: true });

console.log('Act 1 of 2: ten minutes of a market, recorded without a fault');
step(sampleArgs('clean', 'none'), [0]);
step(runArgs('clean'), [0]);
const clean = rowsOf('clean', '1m');
console.log(`
What these files are:

  _1s.csv, _1m.csv   bars: what was traded, second by second, minute by minute
  …_signals.csv      the same rows: who was in a hurry, how the book answered
  _patterns.csv      moments at which that was unusual, one a row
  _scoreboard.json   what the price did after them, beside a control
  _quality.json      what was recorded, and what became of each row
  _manifest/         what readers may trust, with sizes and checksums

The first bars of 1m, exact to the last digit; seven of their twelve columns:

${table(clean.slice(0, 5), SHOWN)}

vol_delta is what buyers took less what sellers took; imbalance_l20 is the bids'
share of twenty levels of the order book. The file has all 1,440 minutes of the
day; --expect says that only ten of them were recorded. ${strayWords()}

The signals of 00:00 say how that came about; five of their 36 columns:

${table(rowsOf('clean', '1m_signals').slice(0, 1), SIGNALS_SHOWN)}

delta_min and delta_max are how far the delta ran within the minute; bid_added
and bid_pulled are what came into the bids and left them, other than by trades.
Patterns need 30 known minutes before them (some 60), so these ten have none.

Act 2 of 2: the same ten minutes, with faults planted in their recording`);
step(sampleArgs('faulty', 'all'), [0]);
step(runArgs('faulty'), [EXIT_DATA_NOT_GOOD]);
const faulty = rowsOf('faulty', '1m');
console.log(`
"not good" is right: over a third of the time is missing. What was planted, and
what flowbars says of it:

${aligned(answers())}

Bars are published all the same. 00:05 was recorded whole: ${comparison(clean[5], faulty[5])}
At 00:02 the trades are lost: the price is carried, the volume is 0. At 00:07
nothing was recorded, so the cells of the order book are empty, too:

${table([faulty[2], faulty[5], faulty[7]], SHOWN)}

A bar alone does not say "not recorded". The report and the signals do, and
docs/COOKBOOK.md shows how to leave such bars out.

Look at
  sample/clean/bars/BTCUSDT/${date}_1s.csv
  sample/faulty/bars/BTCUSDT/${date}_quality.json
Try next
  npx flowbars inspect sample/faulty/bars/BTCUSDT/${date}_quality.json
  npx flowbars inspect sample/clean/raw/BTCUSDT/trades/${date}/00-00.csv
  npx flowbars view --out sample/faulty/bars --symbol BTCUSDT --from ${date} \\
    --page sample/faulty/${date}.html   # open it in a browser
  npx flowbars explain --raw sample/faulty/raw --out sample/faulty/bars \\
    --symbol BTCUSDT --at ${date}T00:07:00Z   # why this second holds no trade
  npx flowbars sample --raw sample/planted/raw --date ${date} \\
    --faults none --plant all --minutes 120   # with an episode of each pattern
  npx flowbars run --raw sample/planted/raw --out sample/planted/bars \\
    --symbols BTCUSDT --from ${date} \\
    --expect ${date}T00:00:00Z/${date}T02:00:00Z
  npx flowbars scoreboard --out sample/planted/bars \\
    --from ${date} --to ${date}
  npm run quickstart    # again: nothing has changed, so nothing is computed
  npx flowbars --help
Your own recording: docs/INPUT.md says what it has to look like.`);

function sampleArgs(name, faults) {
  return ['sample', '--raw', `sample/${name}/raw`, '--date', date, '--faults', faults];
}

function runArgs(name) {
  const roots = ['--raw', `sample/${name}/raw`, '--out', `sample/${name}/bars`];
  return ['run', ...roots, '--symbols', 'BTCUSDT', '--from', date, '--expect', recorded];
}

/**
 * Runs one command in view of the person, and stops unless its exit code is an expected one. In a
 * pipe the JSON document of a command is left out: its plain lines say what happened.
 */
function step(args, expectedCodes) {
  console.log(
    `\n$ flowbars ${args.join(' ').replaceAll(/ (?=--(?:symbols|expect))/g, ' \\\n    ')}`,
  );
  const child = flowbars(args, [isShown ? 'inherit' : 'ignore', 'inherit']);
  if (child.status !== null && expectedCodes.includes(child.status)) return;
  console.error(
    `quickstart flowbars ${args[0]}: found exit code ${child.status ?? child.signal}, expected ${expectedCodes.join(' or ')}`,
  );
  process.exit(child.status ?? 1);
}

function flowbars(args, [stdout, stderr]) {
  const stdio = ['ignore', stdout, stderr];
  const command = [path.join(root, 'dist/main.js'), ...args];
  return spawnSync(node, command, { cwd: folder, stdio, encoding: 'utf8' });
}

/** The minutes of a day, each as its cells by column. */
function rowsOf(name, end) {
  const file = `sample/${name}/bars/BTCUSDT/${date}_${end}.csv`;
  const [header = '', ...lines] = read(file).split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}

function table(rows, columns) {
  const cells = rows.map((row) => [
    row.timestamp.slice(11, 16),
    ...columns.map((name) => row[name]),
  ]);
  return aligned([['time', ...columns], ...cells], 'right');
}

function comparison(one, other) {
  const isSame = JSON.stringify(one) === JSON.stringify(other);
  return isSame ? 'the bar of act 1.' : 'ANOTHER BAR.';
}

/** Each planted fault with what the report says of it. */
function answers() {
  const args = [...sampleArgs('faulty', 'all'), '--json'];
  const [{ planted }] = JSON.parse(flowbars(args, ['pipe', 'inherit']).stdout).symbols;
  const report = reportOf('faulty');
  const lines = planted.map((fault) => [`  ${plantedWords(fault)}`, answer(fault, report)]);
  return [...lines, ['  the edges of these silences', edgeWords(lines, report)]];
}

/** The outages that no line names: a stream falls silent or comes back a little before the other. */
function edgeWords(lines, { outages }) {
  const isNamed = ({ kind, seconds }) =>
    lines.some(([, words]) => words === `outage: ${kind} for ${seconds} s`);
  const others = outages.filter((outage) => !isNamed(outage));
  const seconds = others.reduce((sum, one) => sum + one.seconds, 0);
  return `outage: ${others.length} more, ${seconds.toFixed(3)} s in all`;
}

/** The sample has more trades than the bars: some are stamped before midnight. */
function strayWords() {
  const { neighbour_day: strays } = reportOf('clean').rows.trades;
  return `${strays} of its trades\nare stamped before midnight and belong to the day before.`;
}

function reportOf(name) {
  return JSON.parse(read(`sample/${name}/bars/BTCUSDT/${date}_quality.json`));
}

function plantedWords({ kind, stream, object = '', rows, from, to }) {
  const [, folderName, , chunk] = object.split('/');
  switch (kind) {
    case 'off-book':
      return 'a print 2 % above the market';
    case 'lost-trade':
      return 'a trade that was not stored';
    case 'damaged-line':
      return `a line of ${stream} cut in the middle`;
    case 'zero-row':
      return 'a row of price 0';
    case 'late-rows':
      return `${rows} rows of ${folderName} a chunk late`;
    case 'outage':
      return `silence from ${clock(from)} to ${clock(to)}`;
    case 'missing-chunk':
      return `${folderName} ${chunk} not there`;
    default:
      return kind;
  }
}

function answer(fault, report) {
  switch (fault.kind) {
    case 'off-book':
    case 'zero-row':
      return report.rows.trades.excluded === 2 ? 'excluded: in no bar' : 'NOT EXCLUDED';
    case 'lost-trade': {
      const gap = report.trade_ids.gaps.find(({ after_id }) => +after_id === fault.trade_id - 1);
      return `trade_ids_missing: ${gap?.missing} after id ${gap?.after_id}`;
    }
    case 'damaged-line': {
      const row = report.malformed_rows.find(({ object }) => object === fault.object);
      return `malformed_rows: line ${row?.line}`;
    }
    case 'late-rows':
      return 'used: each in the bar of its time';
    default:
      return outageWords(fault, report);
  }
}

/** The longest outage within a silence or the minute of a missing chunk. */
function outageWords({ from, to, object = '' }, { outages }) {
  const minute = `${date}T${object.slice(-9, -4).replace('-', ':')}`;
  const [longest] = outages
    .filter((one) =>
      from === undefined
        ? one.from < `${minute}:30` && one.to > `${minute}:30`
        : one.from < to && one.to > from,
    )
    .toSorted((one, other) => other.seconds - one.seconds);
  return `outage: ${longest?.kind} for ${longest?.seconds} s`;
}

function clock(stamp) {
  return stamp.slice(11, 19);
}

/** Rows of cells as aligned lines, two spaces apart. */
function aligned(rows, side = 'left') {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, width) => (side === 'left' ? cell.padEnd(width) : cell.padStart(width));
  return rows
    .map((row) =>
      row
        .map((cell, at) => pad(cell, widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function read(name) {
  return readFileSync(path.join(folder, name), 'utf8');
}
