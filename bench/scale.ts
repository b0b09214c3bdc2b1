/**
 * Scale on paper: what many symbols over many days take in the cloud, by the model of `--dry-run`. It
 * measures the model's constants first and warns where they are no longer those of the table.
 */
import { MEASURED, type MeasuredName } from '../src/core/cost/measured.js';
import { dayRecording } from './contest/day-recording.js';
import { measureToday, SMALL_MINUTES, type Today } from './contest/measured-today.js';
import { asMarkdown, asText, type Cells, counted } from './contest/result-table.js';
import {
  benchOptions,
  folderOption,
  oneOrMore,
  switchOption,
  wholeNumber,
  wholeNumbers,
} from './frame/bench-options.js';
import { temporaryFolder } from './frame/clean-end.js';
import { assumptions, SCALE_DEFAULTS, scaleTable } from './scale-table.js';

/** Beyond this the stored constant has to be looked at. */
const RATIO_MAX = 1.5;

const DAY_MINUTES = 1_440;

const options = benchOptions({
  symbols: wholeNumber('how many are recorded', SCALE_DEFAULTS.symbols),
  days: wholeNumber('how many of each symbol', SCALE_DEFAULTS.days),
  parallelism: wholeNumbers('tasks at once', SCALE_DEFAULTS.parallelism),
  vcpu: wholeNumbers('CPUs of each task', SCALE_DEFAULTS.vcpus),
  chunks: oneOrMore('minute, hour or both', SCALE_DEFAULTS.chunks),
  'bucket-reads': wholeNumber('reads a second, of all tasks together', MEASURED.bucketReads.value),
  'bucket-megabytes': wholeNumber(
    'megabytes a second, of all tasks together',
    MEASURED.bucketBytes.value / 1e6,
  ),
  minutes: wholeNumber('of the recording to measure with; a whole day has 1440', DAY_MINUTES, {
    least: SMALL_MINUTES + 1,
    most: DAY_MINUTES,
  }),
  rounds: wholeNumber('how often each thing is measured', 5),
  raw: folderOption('a raw root that has BTCUSDT on 2025-12-20, in place of a made recording'),
  'no-measuring': switchOption('prints the model alone'),
  markdown: switchOption('prints tables for a page'),
});
const say = (line: string): void => console.error(line);
const show = options.markdown ? asMarkdown : asText;

if (!options['no-measuring']) console.log(`${show(constantsTable(await today()))}\n`);
const cells = scaleTable({
  symbols: options.symbols,
  days: options.days,
  parallelism: options.parallelism,
  vcpus: options.vcpu,
  chunks: options.chunks,
  bucket: {
    bucketReadsPerSecond: options['bucket-reads'],
    bucketBytesPerSecond: options['bucket-megabytes'] * 1e6,
  },
});
const symbols = counted(options.symbols, 'symbol');
console.log(`${symbols} × ${counted(options.days, 'day')}\n\n${show(cells)}\n`);
console.log(`Assumed:\n\n${assumptions().join('\n')}`);

async function today(): Promise<Today> {
  const folder = temporaryFolder('bench');
  say('a whole day takes about 1 minute to prepare and a minute a round');
  say(options.raw === undefined ? 'making the recording …' : 'copying the recording …');
  const recording = await dayRecording(folder, options);
  return measureToday({ recording, threads: 1, folder, say }, options.rounds);
}

/** Today's figures beside the stored ones. */
function constantsTable(found: Today): Cells {
  const rows = Object.entries(MEASURED).flatMap(([name, { value, unit, about }]) => {
    const measured = isMeasured(name) ? found[name] : undefined;
    if (measured === undefined) return [];
    const ratio = measured / value;
    const isFar = ratio > RATIO_MAX || ratio < 1 / RATIO_MAX;
    if (isFar) console.error(`warning: ${name}: found ${measured.toPrecision(3)}, stored ${value}`);
    return [[name, about, String(value), measured.toPrecision(3), unit, ratio.toFixed(2)]];
  });
  return [['constant', 'of', 'stored', 'today', 'unit', 'ratio'], ...rows];
}

function isMeasured(name: string): name is MeasuredName {
  return Object.hasOwn(MEASURED, name);
}
