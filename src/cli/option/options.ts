/** Options of the computing commands, declared once. */
import { availableParallelism } from 'node:os';
import { COVERAGE_MIN_DEFAULT } from '../../core/run/good.js';
import { USUAL_PRODUCTS } from '../../core/rule/products.js';
import { WINDOWS_MAX } from '../../core/plan/windows.js';
import { parseResolutions } from '../../core/unit/resolution.js';
import { DAY_WORDS } from '../../core/plan/relative-days.js';
import {
  parseAllowEmpty,
  parseDay,
  parseDayChoice,
  parseLast,
  parseRunId,
  parseSymbolPatterns,
} from './option-forms.js';
import { formatsOption, outputsOption } from './product-options.js';
import { flag, type Option, option } from './option.js';
import { ruleOption, ruleOptions } from './rule-options.js';
import { decimalNumber, oneOf, parseText, wholeNumber } from '../../core/unit/typed-text.js';

export const RETRIES_MAX = 10;
/** More would only share the memory of a process. */
export const THREADS_MAX = 64;
export const RESOLUTION_WORDS: readonly string[] = [
  '1s',
  '5s',
  '1m',
  '5m',
  '15m',
  '1h',
  '4h',
  '1d',
];

export const rawOption = option({
  name: 'raw',
  env: 'FLOWBARS_RAW',
  group: 'Where:',
  help: 'raw root: a folder or gs://bucket/prefix',
  parse: parseText,
});
export const outOption = option({
  name: 'out',
  env: 'FLOWBARS_OUT',
  group: 'Where:',
  help: 'output root: a folder or gs://bucket/prefix',
  parse: parseText,
});
export const gcsEndpointOption = option({
  name: 'gcs-endpoint',
  env: 'FLOWBARS_GCS_ENDPOINT',
  group: 'Where:',
  help: 'address of the storage service, such as an emulator',
  defaultHelp: "Google's",
  parse: parseText,
});

export const symbolsOption = option({
  name: 'symbols',
  env: 'FLOWBARS_SYMBOLS',
  group: 'What:',
  help: "A,B or a JSON list, also patterns such as 'BTC*', or 'all': every symbol in the raw root",
  words: ['all'],
  parse: parseSymbolPatterns,
});
export const fromOption = option({
  name: 'from',
  env: 'FLOWBARS_FROM',
  group: 'What:',
  help: 'first UTC day: YYYY-MM-DD, yesterday, or first recorded',
  defaultHelp: 'yesterday',
  words: [...DAY_WORDS.slice(0, 1), 'first'],
  parse: parseDayChoice,
});
export const toOption = option({
  name: 'to',
  env: 'FLOWBARS_TO',
  group: 'What:',
  help: 'last UTC day, inclusive: YYYY-MM-DD, yesterday, or last recorded',
  defaultHelp: 'same as --from',
  words: [...DAY_WORDS.slice(0, 1), 'last'],
  parse: parseDayChoice,
});
export const lastOption = option({
  name: 'last',
  env: 'FLOWBARS_LAST',
  group: 'What:',
  help: 'in place of --from and --to: the last days up to yesterday, such as 7d',
  words: ['1d', '7d', '30d'],
  excludes: ['from', 'to'],
  parse: parseLast,
});
/** The same two for a command that looks back over published days. */
export const recentFromOption = option({
  ...fromOption,
  help: 'first UTC day: YYYY-MM-DD or yesterday',
  defaultHelp: '30 days up to --to',
  words: DAY_WORDS.slice(0, 1),
  parse: parseDay,
});
export const recentToOption = option({
  ...toOption,
  help: 'last UTC day, inclusive: YYYY-MM-DD or yesterday',
  defaultHelp: 'yesterday',
  words: DAY_WORDS.slice(0, 1),
  parse: parseDay,
});
export const recordedOption = flag({
  name: 'recorded',
  env: 'FLOWBARS_RECORDED',
  group: 'What:',
  help: 'only symbol-days of which something is recorded',
});
export const resolutionsOption = option({
  name: 'resolutions',
  env: 'FLOWBARS_RESOLUTIONS',
  group: 'What:',
  help: 'bar lengths that divide a day, such as 1s,1m,5m,1h',
  defaultText: USUAL_PRODUCTS.resolutions.map(({ name }) => name).join(','),
  words: RESOLUTION_WORDS,
  parse: parseResolutions,
});
export const forceOption = flag({
  name: 'force',
  env: 'FLOWBARS_FORCE',
  group: 'What:',
  help: 'also compute unchanged symbol-days',
});
export const acceptRemovedOption = flag({
  name: 'accept-removed',
  env: 'FLOWBARS_ACCEPT_REMOVED',
  group: 'What:',
  help: 'also compute days of which chunks are gone, from what is left',
});

export const coverageMinOption = option({
  name: 'coverage-min',
  env: 'FLOWBARS_COVERAGE_MIN',
  group: 'Rules of the recording:',
  help: 'minimum coverage of a good symbol-day, 0 to 1',
  defaultText: String(COVERAGE_MIN_DEFAULT),
  parse: decimalNumber(0, 1),
});
export const allowEmptyOption = option({
  name: 'allow-empty',
  env: 'FLOWBARS_ALLOW_EMPTY',
  group: 'Rules of the recording:',
  help: "symbols that may have no data: A,B or 'all'",
  defaultHelp: 'none',
  parse: parseAllowEmpty,
});

export const jobsOption = option({
  name: 'jobs',
  env: 'FLOWBARS_JOBS',
  group: 'How:',
  help: 'processes at once',
  defaultHelp: 'CPU cores',
  defaultText: String(availableParallelism()),
  parse: wholeNumber(1, 1_024),
});
export const threadsOption = option({
  name: 'threads',
  env: 'FLOWBARS_THREADS',
  group: 'How:',
  help: 'threads of a process that compute a day; no result depends on it',
  defaultHelp: 'CPU cores, shared among processes',
  parse: wholeNumber(1, THREADS_MAX),
});
export const retriesOption = option({
  name: 'retries',
  env: 'FLOWBARS_RETRIES',
  group: 'How:',
  help: 'retries of a process after storage or network fails',
  defaultText: '3',
  parse: wholeNumber(0, RETRIES_MAX),
});
/** For a command that is one step of a run, which has its name already. */
export const ownRunIdOption = option({
  name: 'run-id',
  env: 'FLOWBARS_RUN_ID',
  group: 'How:',
  help: 'name of the run that this step belongs to',
  parse: parseRunId,
});
export const runIdOption = option({
  ...ownRunIdOption,
  help: 'name of the run; reuse it to continue the run',
  defaultHelp: 'time and random suffix',
});
export const windowOption = option({
  name: 'window',
  env: 'FLOWBARS_WINDOW',
  group: 'What:',
  help: 'window of the plan that the task works on, from 1',
  parse: wholeNumber(1, WINDOWS_MAX),
});
export const progressMsOption = option({
  name: 'progress-ms',
  env: 'FLOWBARS_PROGRESS_MS',
  group: 'Output:',
  help: 'milliseconds between progress lines of a symbol-day',
  defaultText: '10000',
  parse: wholeNumber(0, 86_400_000),
});

/** How a result is printed: a page for a person, one JSON document, or one JSON object a line. */
export type Format = (typeof FORMATS)[number];
const FORMATS = ['table', 'json', 'jsonl'] as const;

export const formatOption = option<Format>({
  name: 'format',
  env: 'FLOWBARS_FORMAT',
  group: 'Output:',
  help: "result on stdout: 'table', 'json' (a document) or 'jsonl' (an object a line)",
  defaultHelp: 'table on a terminal, json in a pipe',
  words: FORMATS,
  parse: oneOf(FORMATS),
});
export const jsonOption = flag({
  name: 'json',
  env: 'FLOWBARS_JSON',
  group: 'Output:',
  help: 'the same as --format json',
  excludes: ['format'],
});
/** Options of every command that prints a result. */
export const outputOptions: readonly Option<unknown>[] = [formatOption, jsonOption];
/** For commands that print their page in a pipe too. */
export const pageOutputOptions: readonly Option<unknown>[] = [
  { ...formatOption, defaultHelp: 'table' },
  jsonOption,
];
/** NO_COLOR of the environment is read by Node itself. */
export const noColorOption = flag({
  name: 'no-color',
  env: 'FLOWBARS_NO_COLOR',
  group: 'Output:',
  help: 'print no colours; NO_COLOR does the same',
});

/** Rules for commands that take only one or two of them. */
export const rawLayoutOption = ruleOption('rawLayout');
export const streamNamesOption = ruleOption('streamNames');
export const streamsOption = ruleOption('streams');

/** Which symbol-days to compute and how: options of every computing command. */
export const computeOptions: readonly Option<unknown>[] = [
  rawOption,
  outOption,
  gcsEndpointOption,
  symbolsOption,
  fromOption,
  toOption,
  lastOption,
  recordedOption,
  resolutionsOption,
  outputsOption,
  formatsOption,
  forceOption,
  acceptRemovedOption,
  ...ruleOptions(),
  runIdOption,
  noColorOption,
];

/** The same for a command that is one step of a run. */
export const stepOptions: readonly Option<unknown>[] = computeOptions.map((one) =>
  one === runIdOption ? ownRunIdOption : one,
);

/** Options of a task; its work is in the plan of its run. */
export const taskOptions: readonly Option<unknown>[] = [
  rawOption,
  outOption,
  gcsEndpointOption,
  ownRunIdOption,
  windowOption,
  threadsOption,
  progressMsOption,
  noColorOption,
];

/** Options that decide whether a run is good, for commands that summarize. */
export const goodOptions: readonly Option<unknown>[] = [coverageMinOption, allowEmptyOption];
