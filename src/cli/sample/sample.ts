/** `flowbars sample`: writes a synthetic recording to try the other commands on. */
import { FAULT_KINDS, type FaultKind } from '../../core/sample/fault-plan.js';
import type { DepthLevels } from '../../core/sample/symbol-setup.js';
import { dayOf } from '../../core/plan/relative-days.js';
import { gzipBytes } from '../../edge/format/gzip.js';
import { openStore } from '../../edge/store-root.js';
import {
  SAMPLE_DEFAULTS,
  SAMPLE_MINUTES_MAX,
  SAMPLE_RATE_MAX,
  SAMPLE_RATE_MIN,
  SAMPLE_SEED_MAX,
  type SampleOptions,
  type SampleSummary,
  writeSample,
} from '../../jobs/sample/write-sample.js';
import type { Clock } from '../../jobs/ports.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import { formatCount, formatMegabytes } from '../screen/figures.js';
import { parseDay, parseSymbols } from '../option/option-forms.js';
import { flag, type Given, option } from '../option/option.js';
import {
  decimalNumber,
  oneOf,
  parseText,
  refuse,
  wholeNumber,
} from '../../core/unit/typed-text.js';
import { gcsEndpointOption, noColorOption, outputOptions, rawOption } from '../option/options.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { sampleDocument } from './sample-document.js';
import { printCommand, printFolded } from '../screen/page.js';
import { tableLines } from '../screen/table.js';

const symbolsOption = option({
  name: 'symbols',
  env: 'FLOWBARS_SYMBOLS',
  group: 'What:',
  help: 'A,B or a JSON list',
  defaultText: SAMPLE_DEFAULTS.symbols.join(','),
  parse: (text, where) => {
    const symbols = parseSymbols(text, where);
    return symbols === 'all' ? refuse(where, 'symbols', "'all'", 'names of symbols') : symbols;
  },
});
const dateOption = option({
  name: 'date',
  env: 'FLOWBARS_SAMPLE_DATE',
  group: 'What:',
  help: 'first UTC day, YYYY-MM-DD or yesterday',
  words: ['yesterday'],
  defaultText: SAMPLE_DEFAULTS.date,
  parse: parseDay,
});
const startOption = option({
  name: 'start',
  env: 'FLOWBARS_SAMPLE_START',
  group: 'What:',
  help: 'first minute, HH:MM in UTC',
  defaultText: SAMPLE_DEFAULTS.start,
  parse: parseText,
});
const minutesOption = option({
  name: 'minutes',
  env: 'FLOWBARS_SAMPLE_MINUTES',
  group: 'What:',
  help: 'length of the recording in minutes; 1440 is a whole day',
  defaultText: String(SAMPLE_DEFAULTS.minutes),
  parse: wholeNumber(1, SAMPLE_MINUTES_MAX),
});
const seedOption = option({
  name: 'seed',
  env: 'FLOWBARS_SAMPLE_SEED',
  group: 'What:',
  help: 'number; the same seed gives the same rows',
  defaultText: String(SAMPLE_DEFAULTS.seed),
  parse: wholeNumber(0, SAMPLE_SEED_MAX),
});
const depthLevelsOption = option<DepthLevels>({
  name: 'depth-levels',
  env: 'FLOWBARS_SAMPLE_DEPTH_LEVELS',
  group: 'What:',
  help: "levels a side: '5', '20', or 'switch' (5, then 20 half-way)",
  defaultText: String(SAMPLE_DEFAULTS.depthLevels),
  words: ['5', '20', 'switch'],
  parse: (text, where) => {
    const word = oneOf(['5', '20', 'switch'])(text, where);
    if (word === 'switch') return word;
    return word === '5' ? 5 : 20;
  },
});
const rateOption = option({
  name: 'rate',
  env: 'FLOWBARS_SAMPLE_RATE',
  group: 'What:',
  help: 'factor on the number of trades; snapshots stay at ten a second',
  defaultText: String(SAMPLE_DEFAULTS.rate),
  parse: decimalNumber(SAMPLE_RATE_MIN, SAMPLE_RATE_MAX),
});
const FAULTS_HELP = `'all', 'none', or some of ${FAULT_KINDS.join(', ')}`;
const faultsOption = option<readonly FaultKind[]>({
  name: 'faults',
  env: 'FLOWBARS_SAMPLE_FAULTS',
  group: 'What:',
  help: FAULTS_HELP,
  words: ['all', 'none', ...FAULT_KINDS],
  defaultText: 'all',
  parse: (text, where) => {
    if (text === 'all') return FAULT_KINDS;
    if (text === 'none') return [];
    const kinds = text.split(',');
    const known = kinds.flatMap((kind) => FAULT_KINDS.find((one) => one === kind) ?? []);
    if (known.length === kinds.length) return known;
    const odd = kinds.find((kind) => !FAULT_KINDS.some((one) => one === kind));
    return refuse(where, 'faults', `'${odd ?? ''}'`, FAULTS_HELP);
  },
});
const noTradeIdsOption = flag({
  name: 'no-trade-ids',
  env: 'FLOWBARS_SAMPLE_NO_TRADE_IDS',
  group: 'What:',
  help: 'leave out the columns trade_id and exec_type',
});
const gzipOption = flag({
  name: 'gzip',
  env: 'FLOWBARS_SAMPLE_GZIP',
  group: 'What:',
  help: 'compress the chunks to .csv.gz',
});

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'write a synthetic raw recording with planted faults, reproducible by its seed',
  required: [{ option: rawOption }],
  options: [
    rawOption,
    gcsEndpointOption,
    symbolsOption,
    dateOption,
    startOption,
    minutesOption,
    seedOption,
    depthLevelsOption,
    rateOption,
    faultsOption,
    noTradeIdsOption,
    gzipOption,
    ...outputOptions,
    noColorOption,
  ],
  examples: [
    { line: 'sample --raw raw', does: 'write ten minutes of BTCUSDT' },
    {
      line: 'sample --raw raw --minutes 1440 --faults none',
      does: 'write a whole day without faults',
    },
  ],
  execute: async (given, world) => {
    const asked = askedFormat(given);
    const sampleOptions = readSampleOptions(given, world.clock);
    const gcsEndpoint = given.optional(gcsEndpointOption);
    const raw = openStore(given.value(rawOption), { gcsEndpoint });
    const onChunk = chunkCounter(world);
    const writing = writeSample(sampleOptions, { raw, gzip: gzipBytes, onChunk });
    const summary = await inTypedRoot('--raw', raw, writing);
    world.stderr.redraw([]);
    const document = sampleDocument(summary);
    const page = (stdout: Terminal): void => printSample(summary, sampleOptions, raw.root, stdout);
    printOutput({ document, rows: document.symbols, page }, asked, world);
    return EXIT_GOOD;
  },
};

function readSampleOptions(given: Given, clock: Clock): SampleOptions {
  return {
    symbols: given.value(symbolsOption),
    date: dayOf(given.value(dateOption), clock.nowMs()),
    start: given.value(startOption),
    minutes: given.value(minutesOption),
    seed: given.value(seedOption),
    depthLevels: given.value(depthLevelsOption),
    rate: given.value(rateOption),
    faults: given.value(faultsOption),
    tradeIds: !given.value(noTradeIdsOption),
    gzip: given.value(gzipOption),
  };
}

const CHUNKS_PER_REDRAW = 20;

/** Draws the progress of the writes on a terminal. */
function chunkCounter({ stderr }: World): (chunk: { readonly storedBytes: number }) => void {
  let chunks = 0;
  let sizeBytes = 0;
  return ({ storedBytes }) => {
    chunks += 1;
    sizeBytes += storedBytes;
    if (!stderr.isTty || chunks % CHUNKS_PER_REDRAW !== 0) return;
    stderr.redraw([`${formatCount(chunks)} chunks · ${formatMegabytes(sizeBytes)}`]);
  };
}

function printSample(
  { symbols, from, to }: SampleSummary,
  { date }: SampleOptions,
  root: string,
  stdout: Terminal,
): void {
  const columns = [
    { title: 'symbol', align: 'left' },
    { title: 'chunks', align: 'right' },
    { title: 'trades', align: 'right' },
    { title: 'snapshots', align: 'right' },
    { title: 'stored', align: 'right' },
  ] as const;
  const rows = symbols.map((sample) => [
    sample.symbol,
    `${formatCount(sample.chunks)}${sample.chunksUnchanged > 0 ? ' (there)' : ''}`,
    formatCount(sample.tradeRows),
    formatCount(sample.snapshotRows),
    formatMegabytes(sample.storedBytes),
  ]);
  for (const line of tableLines(columns, rows)) stdout.write(`${line}\n`);
  const planted = new Set(symbols.flatMap((sample) => sample.planted.map(({ kind }) => kind)));
  printFolded(`planted ${planted.size === 0 ? 'no faults' : [...planted].join(' ')}`, stdout);
  const names = symbols.map(({ symbol }) => symbol).join(',');
  stdout.write(`recorded ${from} to ${to}\n`);
  const next = `flowbars run --raw ${root} --out aggregated --symbols ${names} --from ${date}`;
  printCommand('next: ', `${next} --expect ${from}/${to}`, stdout);
}
