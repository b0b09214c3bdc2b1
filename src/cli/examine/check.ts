/** `flowbars check`: bars against Binance's official klines. */
import { parseInstant } from '../option/option-forms.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { CHECK_FILES_MAX, checkKlines } from '../../jobs/examine/check-klines.js';
import type { NamedFile } from '../../jobs/examine/read-named-file.js';
import { printCheck } from './check-page.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { openNamedFile } from './open-named-file.js';
import { type Given, type Option, option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import { dayRange, type TimeRange } from '../../core/unit/utc-date.js';
import { lastDays } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import {
  gcsEndpointOption,
  lastOption,
  noColorOption,
  pageOutputOptions,
} from '../option/options.js';

const barsOption = option({
  name: 'bars',
  env: 'FLOWBARS_BARS',
  group: 'Where:',
  help: '1m or 1s bar files, one per day: A,B, each a path or gs://bucket/name',
  parse: parseFiles,
});
const klinesOption = option({
  name: 'klines',
  env: 'FLOWBARS_KLINES',
  group: 'Where:',
  help: 'official 1m klines, unpacked csv files: A,B as above',
  parse: parseFiles,
});
const fromOption = option({
  name: 'from',
  env: 'FLOWBARS_CHECK_FROM',
  group: 'What:',
  help: 'first minute, such as 2024-07-18T23:58:00Z',
  defaultHelp: 'start of the klines',
  parse: parseInstant,
});
const toOption = option({
  name: 'to',
  env: 'FLOWBARS_CHECK_TO',
  group: 'What:',
  help: 'end, exclusive, such as 2024-07-19T00:00:00Z',
  defaultHelp: 'end of the klines',
  parse: parseInstant,
});

const checkLastOption = option({ ...lastOption, env: 'FLOWBARS_CHECK_LAST' });

export const checkCommand: Command = {
  name: 'check',
  summary: "compare bars with Binance's official 1m klines, minute by minute",
  required: [{ option: barsOption }, { option: klinesOption }],
  options: [
    barsOption,
    klinesOption,
    gcsEndpointOption,
    fromOption,
    toOption,
    checkLastOption,
    ...pageOutputOptions,
    noColorOption,
  ],
  examples: [
    {
      line: 'check --bars aggregated/BTCUSDT/2024-07-18_1m.csv --klines BTCUSDT-1m-2024-07-18.csv',
      does: 'all minutes of the klines',
    },
    {
      line: 'check --bars A_1m.csv,B_1m.csv --klines K.csv --from 2024-07-18T23:58:00Z',
      does: 'two days, from an instant on',
    },
  ],
  execute: async (given, world) => {
    const { fromMs, toMs } = readRange(given, world.clock);
    if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
      refuse('--to', 'instant', `'${given.text(toOption) ?? ''}'`, 'one after --from');
    }
    const asked = askedFormat(given) ?? 'table';
    const bars = openFiles(given, barsOption);
    const klines = openFiles(given, klinesOption);
    const request = { bars, klines, fromMs, toMs };
    const check = await checkKlines(request, { codec, tables: csvTables });
    const exitCode = check.good ? EXIT_GOOD : EXIT_NOT_GOOD;
    const page = (terminal: Terminal): void => printCheck(check, exitCode, terminal);
    printOutput({ document: check, rows: check.differences, page }, asked, world);
    return exitCode;
  },
};

/** Both undefined: all minutes of the klines. */
function readRange(given: Given, clock: Clock): Partial<TimeRange> {
  const days = given.optional(checkLastOption);
  if (days === undefined) {
    const [fromMs, toMs] = [given.optional(fromOption), given.optional(toOption)];
    return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
  }
  const { from, to } = lastDays(days, clock.nowMs());
  return { fromMs: dayRange(from).fromMs, toMs: dayRange(to).toMs };
}

/** `A,B`. */
function parseFiles(text: string, where: string): string[] {
  const uris = text.split(',').map((uri) => uri.trim());
  if (uris.includes('')) refuse(where, 'files', `'${text}'`, 'paths separated by single commas');
  if (uris.length > CHECK_FILES_MAX) {
    refuse(where, 'files', `${uris.length} files`, `at most ${CHECK_FILES_MAX}`);
  }
  return uris;
}

function openFiles(given: Given, filesOption: Option<string[]>): NamedFile[] {
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const uris = given.value(filesOption);
  return uris.map((uri) => openNamedFile(uri, `--${filesOption.name}`, gcsEndpoint));
}
