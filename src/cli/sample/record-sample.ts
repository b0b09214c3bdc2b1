/** Writes a synthetic recording and says what it holds, for `flowbars sample`. */
import { dayOf } from '../../core/plan/relative-days.js';
import type { PlantedEpisode } from '../../core/sample/symbol-sample.js';
import { DAY_MS, dateOf, isoStamp } from '../../core/unit/utc-date.js';
import { gzipBytes } from '../../edge/format/gzip.js';
import { openStore } from '../../edge/store-root.js';
import { type SampleSummary, writeSample } from '../../jobs/sample/write-sample.js';
import type { SampleOptions } from '../../jobs/sample/sample-options.js';
import type { Clock } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import { formatCount, formatMegabytes } from '../screen/figures.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, rawOption } from '../option/options.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { sampleDocument } from './sample-document.js';
import { printCommand, printFolded } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';
import { tableLines } from '../screen/table.js';
import {
  dateOption,
  depthLevelsOption,
  faultsOption,
  gzipOption,
  marketOption,
  minutesOption,
  noTradeIdsOption,
  plantOption,
  rateOption,
  snapshotMsOption,
  seedOption,
  startOption,
  symbolsOption,
} from './sample.js';

export async function executeSample(given: Given, world: World): Promise<number> {
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
}

function readSampleOptions(given: Given, clock: Clock): SampleOptions {
  return {
    symbols: given.value(symbolsOption),
    date: dayOf(given.value(dateOption), clock.nowMs()),
    start: given.value(startOption),
    minutes: given.value(minutesOption),
    seed: given.value(seedOption),
    depthLevels: given.value(depthLevelsOption),
    rate: given.value(rateOption),
    snapshotMs: given.value(snapshotMsOption),
    market: given.value(marketOption),
    faults: given.value(faultsOption),
    episodes: given.value(plantOption),
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
  printEpisodes(symbols[0]?.episodes ?? [], stdout);
  const names = symbols.map(({ symbol }) => symbol).join(',');
  stdout.write(`recorded ${from} to ${to}\n`);
  const lastDay = dateOf(Date.parse(to) - 1);
  const days = lastDay === date ? `--from ${date}` : `--from ${date} --to ${lastDay}`;
  const next = `flowbars run --raw ${shellWord(root)} --out aggregated --symbols ${names} ${days}`;
  // Whole days are what is expected anyway.
  const isWhole = [from, to].every((stamp) => Date.parse(stamp) % DAY_MS === 0);
  printCommand('next: ', isWhole ? next : `${next} --expect ${from}/${to}`, stdout);
}

/** They are the same for every symbol. */
function printEpisodes(episodes: readonly PlantedEpisode[], stdout: Terminal): void {
  if (episodes.length === 0) return;
  const columns = [
    { title: 'episode', align: 'left' },
    { title: 'direction', align: 'left' },
    { title: 'confirmed', align: 'left' },
  ] as const;
  const rows = episodes.map(({ kind, direction, confirmedMs }) => [
    kind,
    direction,
    isoStamp(confirmedMs),
  ]);
  for (const line of tableLines(columns, rows)) stdout.write(`${line}\n`);
}
