/** `flowbars record`: records an exchange's streams into raw chunks, until it is told to stop. */
import { decimalNumber, oneOf, parseText, refuse } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { parseLength, parseSymbols } from '../option/option-forms.js';
import { flag, option } from '../option/option.js';
import { gcsEndpointOption, noColorOption, rawOption } from '../option/options.js';
import {
  parseAddress,
  parseEndpoint,
  parseRecorderName,
  parseRenewal,
  parseStreams,
} from './record-forms.js';

export const symbolsOption = option({
  name: 'symbols',
  env: 'FLOWBARS_SYMBOLS',
  group: 'What:',
  help: "the exchange's names: A,B or a JSON list",
  parse: (text, where) => {
    const symbols = parseSymbols(text, where);
    return symbols === 'all' ? refuse(where, 'symbols', "'all'", 'names of symbols') : symbols;
  },
});
export const streamsOption = option({
  name: 'streams',
  env: 'FLOWBARS_STREAMS',
  group: 'What:',
  help: "'both', 'trades', 'depth'; 'aggTrade' or 'aggTrade,depth' for aggregates in place of trades",
  defaultText: 'both',
  words: ['both', 'trades', 'depth', 'aggTrade'],
  parse: parseStreams,
});
export const marketOption = option({
  name: 'market',
  env: 'FLOWBARS_MARKET',
  group: 'What:',
  help: "market of the symbols: 'usdm', 'coinm' or 'spot' (which gives trades alone)",
  defaultText: 'usdm',
  words: ['usdm', 'coinm', 'spot'],
  parse: oneOf(['usdm', 'coinm', 'spot']),
});
export const forOption = option({
  name: 'for',
  env: 'FLOWBARS_FOR',
  group: 'What:',
  help: 'stop after so long, such as 10m',
  defaultHelp: 'until stopped',
  parse: parseLength,
});
export const chunkOption = option({
  name: 'chunk',
  env: 'FLOWBARS_CHUNK',
  group: 'How:',
  help: "what arrives in a minute or in an hour is one chunk: '1m' or '1h'",
  defaultText: '1m',
  words: ['1m', '1h'],
  parse: oneOf(['1m', '1h']),
});
export const noGzipOption = flag({
  name: 'no-gzip',
  env: 'FLOWBARS_NO_GZIP',
  group: 'How:',
  help: 'write .csv instead of .csv.gz',
});
export const spoolOption = option({
  name: 'spool',
  env: 'FLOWBARS_SPOOL',
  group: 'Where:',
  help: 'folder of a local disk for what is not stored yet; one recorder each',
  defaultText: 'spool',
  parse: parseText,
});
export const spoolMaxOption = option({
  name: 'spool-max',
  env: 'FLOWBARS_SPOOL_MAX',
  group: 'Where:',
  help: 'gigabytes at which a spool that cannot be stored stops the recorder',
  defaultText: '10',
  parse: decimalNumber(0.001, 100_000, 'gigabytes'),
});
export const endpointOption = option({
  name: 'endpoint',
  env: 'FLOWBARS_ENDPOINT',
  group: 'Where:',
  help: "address of the exchange's streams, without a path",
  defaultHelp: "Binance's, by market",
  parse: parseEndpoint,
});
export const nameOption = option({
  name: 'name',
  env: 'FLOWBARS_RECORDER',
  group: 'How:',
  help: 'begins the part in the names of its chunks; a second recorder gets another one',
  defaultText: 'r',
  parse: parseRecorderName,
});
export const renewOption = option({
  name: 'renew',
  env: 'FLOWBARS_RENEW',
  group: 'How:',
  help: 'age at which a connection is replaced by an overlapping one; the exchange cuts after 24h',
  defaultText: '23h',
  parse: parseRenewal,
});
export const metricsOption = option({
  name: 'metrics',
  env: 'FLOWBARS_METRICS',
  group: 'How:',
  help: 'serve /metrics, /healthz and /readyz on this port, such as 9464 or 0.0.0.0:9464',
  defaultHelp: 'not served',
  parse: parseAddress,
});

export const recordCommand: Command = {
  name: 'record',
  summary:
    'record trades and snapshots of the exchange into raw chunks, with evidence for every gap',
  stopsItself: true,
  exitCodes: `0 stopped with everything stored, also by SIGINT or SIGTERM; 1 a symbol had no row, or a
file was set aside; 2 usage; 3 something waits in the spool, or the machine failed: start again.`,
  required: [{ option: symbolsOption }, { option: rawOption }],
  options: [
    rawOption,
    spoolOption,
    spoolMaxOption,
    endpointOption,
    gcsEndpointOption,
    symbolsOption,
    streamsOption,
    marketOption,
    forOption,
    chunkOption,
    noGzipOption,
    nameOption,
    renewOption,
    metricsOption,
    noColorOption,
  ],
  examples: [
    {
      line: 'record --symbols BTCUSDT,ETHUSDT --raw raw --for 10m',
      does: 'record two symbols for ten minutes into a folder',
    },
    {
      line: 'record --symbols BTCUSDT --raw gs://bucket/raw --spool /var/lib/flowbars --metrics 9464',
      does: 'record into a bucket until stopped, with metrics',
    },
    {
      line: 'record --symbols BTCUSD_PERP --market coinm --raw raw --chunk 1h',
      does: 'record a COIN-M market into chunks of an hour',
    },
  ],
  execute: async (given, world) => {
    const { executeRecord } = await import('./execute-record.js');
    return await executeRecord(given, world);
  },
};
