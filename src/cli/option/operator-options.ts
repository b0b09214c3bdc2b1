/** Options of the commands that drive a deployed workflow, declared once. */
import { parseEndpoint } from '../../edge/gcs/gcs-endpoint.js';
import { workflowName } from '../../edge/google/workflow-name.js';
import {
  LOOKBACK_DAYS_MAX,
  WINDOW_DAYS_DEFAULT,
  WINDOW_DAYS_MAX,
} from '../../core/plan/windows.js';
import { PARALLELISM_DEFAULT, PARALLELISM_MAX } from '../../core/cost/estimate.js';
import { parseResolutions } from '../../core/unit/resolution.js';
import { symbolName } from '../../core/unit/symbol.js';
import { flag, option, type Option } from './option.js';
import { parseText, wholeNumber } from '../../core/unit/typed-text.js';
import { parseDay, parseSymbolPatterns } from './option-forms.js';
import { gcsEndpointOption, RESOLUTION_WORDS, symbolsOption } from './options.js';
import { formatsOption, outputsOption } from './product-options.js';

export const workflowOption = option({
  name: 'workflow',
  env: 'FLOWBARS_WORKFLOW',
  group: 'Where:',
  help: 'the deployed workflow: projects/P/locations/L/workflows/W',
  parse: workflowName,
});
export const workflowsEndpointOption = option({
  name: 'workflows-endpoint',
  env: 'FLOWBARS_WORKFLOWS_ENDPOINT',
  group: 'Where:',
  help: 'address of the Workflows service, such as an emulator',
  defaultHelp: "Google's",
  parse: parseEndpoint,
});

/** A root, and the option or variable that named it. */
export interface NamedRoot {
  readonly root: string;
  readonly where: string;
}

export const rawOfWorkflowOption = option<NamedRoot>({
  name: 'raw',
  env: 'FLOWBARS_RAW',
  group: 'Where:',
  help: 'raw root: gs://bucket/prefix',
  defaultHelp: "the workflow's RAW_ROOT",
  parse: parseRoot,
});
export const outOfWorkflowOption = option<NamedRoot>({
  name: 'out',
  env: 'FLOWBARS_OUT',
  group: 'Where:',
  help: 'output root: gs://bucket/prefix',
  defaultHelp: "the workflow's OUT_ROOT",
  parse: parseRoot,
});
export const symbolsOfWorkflowOption = option({
  name: 'symbols',
  env: 'FLOWBARS_SYMBOLS',
  group: 'What:',
  help: symbolsOption.help,
  defaultHelp: "the deployment's list",
  words: ['all'],
  parse: parseSymbolPatterns,
});
export const resolutionsOfJobOption = option({
  name: 'resolutions',
  env: 'FLOWBARS_RESOLUTIONS',
  group: 'What:',
  help: 'bar lengths that divide a day, such as 1s,1m,5m,1h',
  defaultHelp: "the job's",
  words: RESOLUTION_WORDS,
  parse: parseResolutions,
});
export const outputsOfJobOption = option({ ...outputsOption, defaultHelp: "the job's" });
const { defaultText: _default, ...formats } = formatsOption;
export const formatsOfJobOption = option({ ...formats, defaultHelp: "the job's" });
export const symbolOption = option({
  name: 'symbol',
  env: 'FLOWBARS_SYMBOL',
  group: 'What:',
  help: 'the symbol',
  parse: symbolName,
});
export const dateOption = option({
  name: 'date',
  env: 'FLOWBARS_DATE',
  group: 'What:',
  help: 'the UTC day, YYYY-MM-DD or yesterday',
  words: ['yesterday'],
  parse: parseDay,
});
export const windowDaysOption = option({
  name: 'window-days',
  env: 'FLOWBARS_WINDOW_DAYS',
  group: 'How:',
  help: 'days to aggregate and finalize before the next window',
  defaultText: String(WINDOW_DAYS_DEFAULT),
  parse: wholeNumber(1, WINDOW_DAYS_MAX),
});
/** A field of an execution's arguments only: on a command line a person names the first day. */
export const lookbackDaysOption = option({
  name: 'lookback-days',
  env: 'FLOWBARS_LOOKBACK_DAYS',
  group: 'What:',
  help: 'days before the first day to run as well',
  defaultText: '0',
  parse: wholeNumber(0, LOOKBACK_DAYS_MAX),
});
export const parallelismOption = option({
  name: 'parallelism',
  env: 'FLOWBARS_PARALLELISM',
  group: 'How:',
  help: 'tasks that the job runs at once, for the estimate',
  defaultText: String(PARALLELISM_DEFAULT),
  parse: wholeNumber(1, PARALLELISM_MAX),
});
export const dryRunOption = flag({
  name: 'dry-run',
  env: 'FLOWBARS_DRY_RUN',
  group: 'How:',
  help: 'print what would run and what it would cost; start nothing',
});
export const waitOption = flag({
  name: 'wait',
  env: 'FLOWBARS_WAIT',
  group: 'How:',
  help: 'follow the execution to its end',
});

function parseRoot(text: string, where: string): NamedRoot {
  return { root: parseText(text, where), where };
}

/** The workflow, and its roots in case the caller may not read them from it. */
export const workflowOptions: readonly Option<unknown>[] = [
  workflowOption,
  workflowsEndpointOption,
  rawOfWorkflowOption,
  outOfWorkflowOption,
  gcsEndpointOption,
];

export const removedOption = flag({
  name: 'removed',
  env: 'FLOWBARS_REMOVED',
  group: 'What:',
  help: 'also symbol-days whose raw chunks are gone, from what is left',
});
