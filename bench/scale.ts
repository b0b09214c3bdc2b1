/**
 * Scale on paper: what many symbols over many days take in the cloud, by the model of `--dry-run`. It
 * measures the model's constants first and warns where they are no longer those of the table.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MEASURED, type MeasuredName } from '../src/core/cost/measured.js';
import type { ChunkLength } from '../src/core/cost/scale.js';
import { dayRecording } from './contest/day-recording.js';
import { measureToday, type Today } from './contest/measured-today.js';
import { asMarkdown, asText, type Cells } from './contest/result-table.js';
import { assumptions, SCALE_DEFAULTS, scaleTable } from './scale-table.js';

/** Beyond this the stored constant has to be looked at. */
const RATIO_MAX = 1.5;

const { values: options } = parseArgs({
  options: {
    symbols: { type: 'string', default: String(SCALE_DEFAULTS.symbols) },
    days: { type: 'string', default: String(SCALE_DEFAULTS.days) },
    parallelism: { type: 'string', default: SCALE_DEFAULTS.parallelism.join(',') },
    vcpu: { type: 'string', default: SCALE_DEFAULTS.vcpus.join(',') },
    /** 'minute', 'hour' or both. */
    chunks: { type: 'string', default: SCALE_DEFAULTS.chunks.join(',') },
    /** Reads a second, and megabytes a second, of all tasks together. */
    'bucket-reads': { type: 'string', default: String(MEASURED.bucketReads.value) },
    'bucket-megabytes': { type: 'string', default: String(MEASURED.bucketBytes.value / 1e6) },
    /** Of the recording to measure with, and how often. */
    minutes: { type: 'string', default: '1440' },
    rounds: { type: 'string', default: '5' },
    raw: { type: 'string' },
    /** Prints the model alone. */
    'no-measuring': { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => console.error(line);
const show = options.markdown ? asMarkdown : asText;
const numbers = (list: string): number[] => list.split(',').map(Number);

if (!options['no-measuring']) console.log(`${show(constantsTable(await today()))}\n`);
const bucket = {
  bucketReadsPerSecond: Number(options['bucket-reads']),
  bucketBytesPerSecond: Number(options['bucket-megabytes']) * 1e6,
};
const cells = scaleTable({
  symbols: Number(options.symbols),
  days: Number(options.days),
  parallelism: numbers(options.parallelism),
  vcpus: numbers(options.vcpu),
  chunks: options.chunks.split(',').filter(isChunkLength),
  bucket,
});
console.log(`${options.symbols} symbols × ${options.days} days\n\n${show(cells)}\n`);
console.log(`Assumed:\n\n${assumptions().join('\n')}`);

async function today(): Promise<Today> {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-bench-'));
  try {
    const what = { minutes: Number(options.minutes), raw: options.raw };
    const recording = await dayRecording(folder, what);
    return await measureToday({ recording, threads: 1, folder, say }, Number(options.rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

function isChunkLength(text: string): text is ChunkLength {
  return text === 'minute' || text === 'hour';
}
