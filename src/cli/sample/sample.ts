/** `flowbars sample`: writes a synthetic recording to try the other commands on. */
import { EPISODE_KINDS } from '../../core/sample/episode-scripts.js';
import { FAULT_KINDS } from '../../core/sample/fault-plan.js';
import { MARKET_KINDS } from '../../core/market/sample-book.js';
import type { DepthLevels } from '../../core/sample/symbol-setup.js';
import {
  SAMPLE_DEFAULTS,
  SAMPLE_MINUTES_MAX,
  SAMPLE_RATE_MAX,
  SAMPLE_RATE_MIN,
  SAMPLE_SEED_MAX,
  SAMPLE_SNAPSHOT_MS_MAX,
  SAMPLE_SNAPSHOT_MS_MIN,
} from '../../jobs/sample/sample-options.js';
import type { Command } from '../command/command.js';
import { parseDay, parseSymbols } from '../option/option-forms.js';
import { flag, option } from '../option/option.js';
import {
  decimalNumber,
  oneOf,
  parseText,
  refuse,
  type TextReader,
  wholeNumber,
} from '../../core/unit/typed-text.js';
import { gcsEndpointOption, noColorOption, outputOptions, rawOption } from '../option/options.js';

export const symbolsOption = option({
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
export const dateOption = option({
  name: 'date',
  env: 'FLOWBARS_SAMPLE_DATE',
  group: 'What:',
  help: 'first UTC day, YYYY-MM-DD or yesterday',
  words: ['yesterday'],
  defaultText: SAMPLE_DEFAULTS.date,
  parse: parseDay,
});
export const startOption = option({
  name: 'start',
  env: 'FLOWBARS_SAMPLE_START',
  group: 'What:',
  help: 'first minute, HH:MM in UTC',
  defaultText: SAMPLE_DEFAULTS.start,
  parse: parseText,
});
export const minutesOption = option({
  name: 'minutes',
  env: 'FLOWBARS_SAMPLE_MINUTES',
  group: 'What:',
  help: 'length of the recording in minutes; 1440 is a whole day',
  defaultText: String(SAMPLE_DEFAULTS.minutes),
  parse: wholeNumber(1, SAMPLE_MINUTES_MAX),
});
export const seedOption = option({
  name: 'seed',
  env: 'FLOWBARS_SAMPLE_SEED',
  group: 'What:',
  help: 'number; the same seed gives the same rows',
  defaultText: String(SAMPLE_DEFAULTS.seed),
  parse: wholeNumber(0, SAMPLE_SEED_MAX),
});
export const depthLevelsOption = option<DepthLevels>({
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
export const rateOption = option({
  name: 'rate',
  env: 'FLOWBARS_SAMPLE_RATE',
  group: 'What:',
  help: 'factor on the number of trades; snapshots do not follow it',
  defaultText: String(SAMPLE_DEFAULTS.rate),
  parse: decimalNumber(SAMPLE_RATE_MIN, SAMPLE_RATE_MAX),
});
export const snapshotMsOption = option({
  name: 'snapshot-ms',
  env: 'FLOWBARS_SAMPLE_SNAPSHOT_MS',
  group: 'What:',
  help: 'milliseconds between snapshots, in hundreds; more make a small recording of many days',
  defaultText: String(SAMPLE_DEFAULTS.snapshotMs),
  parse: (text, where) => {
    const ms = wholeNumber(SAMPLE_SNAPSHOT_MS_MIN, SAMPLE_SNAPSHOT_MS_MAX)(text, where);
    const step = SAMPLE_SNAPSHOT_MS_MIN;
    return ms % step === 0 ? ms : refuse(where, 'number', `'${text}'`, `a multiple of ${step}`);
  },
});
export const marketOption = option({
  name: 'market',
  env: 'FLOWBARS_SAMPLE_MARKET',
  group: 'What:',
  help: "'leaning': the book foretells the next price, as real ones do; 'martingale': nothing does",
  words: MARKET_KINDS,
  defaultText: SAMPLE_DEFAULTS.market,
  parse: oneOf(MARKET_KINDS),
});
export const faultsOption = option({
  name: 'faults',
  env: 'FLOWBARS_SAMPLE_FAULTS',
  group: 'What:',
  help: helpOfKinds(FAULT_KINDS),
  words: ['all', 'none', ...FAULT_KINDS],
  defaultText: 'all',
  parse: kindsOf('faults', FAULT_KINDS),
});
export const plantOption = option({
  name: 'plant',
  env: 'FLOWBARS_SAMPLE_PLANT',
  group: 'What:',
  help: `clean episodes of patterns: ${helpOfKinds(EPISODE_KINDS)}`,
  words: ['all', 'none', ...EPISODE_KINDS],
  defaultText: 'none',
  parse: kindsOf('episodes', EPISODE_KINDS),
});
export const noTradeIdsOption = flag({
  name: 'no-trade-ids',
  env: 'FLOWBARS_SAMPLE_NO_TRADE_IDS',
  group: 'What:',
  help: 'leave out the columns trade_id and exec_type',
});
export const gzipOption = flag({
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
    snapshotMsOption,
    marketOption,
    faultsOption,
    plantOption,
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
    {
      line: 'sample --raw raw --minutes 97 --plant all',
      does: 'plant one clean episode of each pattern',
    },
  ],
  execute: async (given, world) => {
    const { executeSample } = await import('./record-sample.js');
    return await executeSample(given, world);
  },
};

function helpOfKinds(kinds: readonly string[]): string {
  return `'all', 'none', or some of ${kinds.join(', ')}`;
}

/** A reader of `all`, `none` or some kinds. */
function kindsOf<Kind extends string>(
  what: string,
  all: readonly Kind[],
): TextReader<readonly Kind[]> {
  return (text, where) => {
    if (text === 'all') return all;
    if (text === 'none') return [];
    return text.split(',').map((word) => {
      const known = all.find((kind) => kind === word);
      return known ?? refuse(where, what, `'${word}'`, helpOfKinds(all));
    });
  };
}
