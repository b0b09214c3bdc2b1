/** Options of the computing commands, declared once. */
import { availableParallelism } from 'node:os';
import { COVERAGE_MIN_DEFAULT } from '../../core/run/good.js';
import { WINDOWS_MAX } from '../../core/plan/windows.js';
import { parseResolutions } from '../../core/unit/resolution.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { parseAllowEmpty, parseDayChoice, parseRunId, parseSymbols } from './option-forms.js';
import { flag, type Option, option } from './option.js';
import { ruleOption, ruleOptions } from './rule-options.js';
import { decimalNumber, parseText, wholeNumber } from '../../core/unit/typed-text.js';

export const RETRIES_MAX = 10;

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
  help: "A,B or a JSON list, or 'all': every symbol in the raw root",
  parse: parseSymbols,
});
export const fromOption = option({
  name: 'from',
  env: 'FLOWBARS_FROM',
  group: 'What:',
  help: "first UTC day, YYYY-MM-DD, or 'first' recorded",
  defaultHelp: 'yesterday',
  parse: parseDayChoice,
});
export const toOption = option({
  name: 'to',
  env: 'FLOWBARS_TO',
  group: 'What:',
  help: "last UTC day, inclusive, YYYY-MM-DD, or 'last' recorded",
  defaultHelp: 'same as --from',
  parse: parseDayChoice,
});
/** The same two for a command that looks back over published days. */
export const recentFromOption = option({
  ...fromOption,
  help: 'first UTC day, YYYY-MM-DD',
  defaultHelp: '30 days up to --to',
  parse: utcDate,
});
export const recentToOption = option({
  ...toOption,
  help: 'last UTC day, inclusive, YYYY-MM-DD',
  defaultHelp: 'yesterday',
  parse: utcDate,
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
  defaultText: '1s,1m',
  parse: parseResolutions,
});
export const forceOption = flag({
  name: 'force',
  env: 'FLOWBARS_FORCE',
  group: 'What:',
  help: 'also compute unchanged symbol-days',
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

export const jsonOption = flag({
  name: 'json',
  env: 'FLOWBARS_JSON',
  group: 'Output:',
  help: 'print one JSON document on stdout, as in a pipe',
});
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
  recordedOption,
  resolutionsOption,
  forceOption,
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
  progressMsOption,
  noColorOption,
];

/** Options that decide whether a run is good, for commands that summarize. */
export const goodOptions: readonly Option<unknown>[] = [coverageMinOption, allowEmptyOption];
